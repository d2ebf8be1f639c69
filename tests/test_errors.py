import pickle

import numpy as np
import pytest

from pairmatch.errors import (
    CertificateError,
    CostRangeError,
    Finding,
    InputError,
    PairmatchError,
    PlanFileError,
)
from pairmatch.words import say


def error() -> InputError:
    return InputError(
        [
            Finding("bad_header", "units"),
            Finding("null_value", "cadres", "rank", rows=np.arange(2, 9), ids=("a1",)),
            Finding("null_value", "cadres", "unit_id", rows=np.array([4])),
        ]
    )


@pytest.mark.parametrize("kind", [CertificateError, CostRangeError, InputError, PlanFileError])
def test_there_is_one_root(kind: type[Exception]) -> None:
    assert issubclass(kind, PairmatchError)


def test_failures_are_counted_by_code_most_first() -> None:
    assert list(error().counts.items()) == [("null_value", 8), ("bad_header", 1)]


def test_every_single_failure_has_its_place() -> None:
    found = [(one.code, one.table, one.column, one.row) for one in error().failures()]
    assert found == [
        ("bad_header", "units", None, None),
        *(("null_value", "cadres", "rank", row) for row in range(2, 9)),
        ("null_value", "cadres", "unit_id", 4),
    ]
    assert all(one.found and one.advice for one in error().failures())


def test_the_text_has_counts_then_places_with_advice() -> None:
    assert str(error()).splitlines() == [
        "9 failures in the input: null_value 8, bad_header 1",
        "bad_header: units: a file without a header",
        "    -> name every column in the first row",
        "null_value: cadres.rank, rows 2, 3, 4, 5, 6 and 2 more: empty cells (a1)",
        "    -> fill them in, or leave the rows out",
        "null_value: cadres.unit_id, row 4: empty cells",
        "    -> fill them in, or leave the rows out",
        say("finding.how_rows_count"),
    ]


def test_without_rows_nothing_is_said_of_how_they_are_counted() -> None:
    text = str(InputError([Finding("bad_header", "units")]))
    assert text.splitlines() == [
        "1 failure in the input: bad_header 1",
        "bad_header: units: a file without a header",
        "    -> name every column in the first row",
    ]


def test_many_kinds_of_failures_are_cut_short_in_the_text_alone() -> None:
    many = InputError([Finding("bad_header", f"t{n}") for n in range(1000)])
    assert len(str(many).splitlines()) == 82
    assert "and 960 more" in str(many)
    assert len(list(many.failures())) == 1000


def test_an_input_error_is_a_value_error_and_pickles() -> None:
    again = pickle.loads(pickle.dumps(error()))  # noqa: S301  # pickled on the line itself
    assert isinstance(again, ValueError)
    assert str(again) == str(error())
