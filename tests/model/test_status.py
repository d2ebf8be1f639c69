import json

from pairmatch.model import Status


def test_the_statuses_are_the_promised_ones_and_are_text() -> None:
    names = ["OPTIMAL", "FEASIBLE", "INFEASIBLE", "CANCELLED", "UNSOLVED"]
    assert [status.value for status in Status] == names
    assert json.loads(json.dumps(list(Status))) == names
