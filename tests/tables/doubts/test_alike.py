import numpy as np
import pyarrow as pa
import pytest

from pairmatch.tables.doubts.alike import pairs_alike


def found(
    ids: list[str], group: list[int] | None = None, *, evident: bool = True
) -> set[frozenset[str]]:
    of = np.array(group or [0] * len(ids), dtype=np.int64)
    marked = np.full(len(ids), evident)
    one, other = pairs_alike(pa.array(ids, pa.string()), of, marked)
    return {frozenset((ids[a], ids[b])) for a, b in zip(one.tolist(), other.tolist(), strict=True)}


@pytest.mark.parametrize(
    ("one", "other"),
    [("r001", "R001"), ("r001", "r-001"), ("r001", "r1"), ("ｒ00１", "r001"), ("a-01/2", "A1.2")],
)
def test_ids_that_are_written_otherwise_are_alike_whatever_the_evidence(
    one: str, other: str
) -> None:
    if one == "a-01/2":
        assert found([one, "a-1.2"], evident=False) == {frozenset((one, "a-1.2"))}
        return
    assert found([one, other], evident=False) == {frozenset((one, other))}


@pytest.mark.parametrize(
    ("one", "other"), [("r0123", "r0132"), ("r123", "r1203"), ("r100", "r1000"), ("1234x", "2134x")]
)
def test_slips_are_alike_where_there_is_evidence(one: str, other: str) -> None:
    assert found([one, other]) == {frozenset((one, other))}
    assert found([other, one]) == {frozenset((one, other))}
    assert found([one, other], evident=False) == set()


@pytest.mark.parametrize(
    ("one", "other"),
    [
        ("r0123", "r0124"),
        ("r0123", "r0321"),
        ("1-12", "11-2"),
        ("rab1", "rba1"),
        ("r1", "r11"),
        ("r12", "r13"),
        ("大1", "小1"),
    ],
)
def test_others_are_not(one: str, other: str) -> None:
    assert found([one, other]) == set()


def test_rows_that_are_not_equal_are_not_compared() -> None:
    assert found(["r0123", "r0132", "R0123"], [0, 1, 1]) == set()


def test_many_rows_that_are_equal_are_no_evidence() -> None:
    ids = [f"r{number:03}" for number in range(10, 40)]
    assert found(ids) == set()
    assert found(["r012", "r021", *ids[5:8]]) == {frozenset(("r012", "r021"))}


def test_of_nobody_there_is_nothing() -> None:
    assert found([], []) == set()
    assert found(["大1", "小1"]) == set()
