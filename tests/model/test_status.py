import json

import pytest

from pairmatch.model import Status


def test_the_statuses_are_the_promised_ones_and_are_text() -> None:
    names = ["OPTIMAL", "FEASIBLE", "INFEASIBLE", "CANCELLED", "UNSOLVED"]
    assert [status.value for status in Status] == names
    assert json.loads(json.dumps(list(Status))) == names


@pytest.mark.parametrize("status", Status)
def test_every_status_has_advice_of_its_own(status: Status) -> None:
    assert status.advice.endswith(".")
    assert [other for other in Status if other.advice == status.advice] == [status]
