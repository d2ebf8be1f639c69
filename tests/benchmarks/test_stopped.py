"""The benchmark of stopped solves calls a miss a miss."""

from dataclasses import replace

import pytest
from benchmarks.registry import StoppedInstance
from benchmarks.results import Timing
from benchmarks.stopped import WHOLE, missed_by, run_stopped, stopped_lines

BEST = Timing(WHOLE, 20.0, 1, 1000, 0, "OPTIMAL, ALL_PAIRS")
DETAIL = {"part": 0.5, "limit": 10.0, "missing": 0, "worst": 0.1}
GOOD = Timing("stopped", 11.7, 1, 1050, 240, "FEASIBLE, ALL_PAIRS", detail=DETAIL)


def test_a_solve_within_every_limit_has_missed_nothing() -> None:
    assert missed_by(GOOD, BEST) == []


@pytest.mark.parametrize(
    ("changed", "says"),
    [
        (replace(GOOD, detail={**DETAIL, "missing": 1}), "1 are left out"),
        (replace(GOOD, objective=1110, gap=200), "more than 10% above"),
        (replace(GOOD, gap=260), "the gap says too little"),
        (replace(GOOD, gap=None), "the gap says too little"),
        (replace(GOOD, median=11.9), "late"),
    ],
)
def test_what_is_missed_is_said(changed: Timing, says: str) -> None:
    (missed,) = missed_by(changed, BEST)
    assert says in missed


def test_a_small_province_is_measured_from_end_to_end() -> None:
    outcome = run_stopped(StoppedInstance("stopped_codes_0.005", "codes", 0.005, {0.5: 9.0}))
    best, stopped = outcome.timings
    assert stopped.detail["limit"] == 0.5 * best.median
    assert "| stopped_codes_0.005 | 0.5 |" in stopped_lines([outcome])[-1]
