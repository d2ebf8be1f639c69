"""The benchmark of stopped solves calls a miss a miss."""

from dataclasses import replace
from pathlib import Path

import pytest
from benchmarks.stopped import Instance, Stopped

from benchmarks import stopped

GOOD = Stopped(0.5, 10.0, 11.7, "FEASIBLE", 0, 0.05, 0.24, 0.1)


def test_a_solve_within_every_limit_has_missed_nothing() -> None:
    assert GOOD.missed() == []


@pytest.mark.parametrize(
    ("change", "says"),
    [
        ({"missing": 1}, "1 are left out"),
        ({"above": 0.11, "gap": 0.2}, "more than 10% above"),
        ({"gap": 0.26}, "the gap says too little"),
        ({"gap": None}, "the gap says too little"),
        ({"seconds": 11.9}, "late"),
    ],
)
def test_what_is_missed_is_said(change: dict[str, float | int | None], says: str) -> None:
    (missed,) = replace(GOOD, **change).missed()  # type: ignore[arg-type]  # by name
    assert says in missed


def test_a_small_province_is_measured_from_end_to_end(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(stopped, "INSTANCES", (Instance("codes", 0.005, {0.5: 9.0}),))
    out = tmp_path / "stopped.md"
    assert stopped.main(["--out", str(out)]) in (0, 1)
    assert "| codes 0.005 | 0.5 |" in out.read_text()
