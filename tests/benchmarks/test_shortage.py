from dataclasses import replace

from benchmarks.page import page_of
from benchmarks.registry import SHORTAGE, SHORTAGES, chosen
from benchmarks.results import Report
from benchmarks.shortage import SHORT, TWIN, ratio_of, run_shortage, shortage_lines, shortage_tables

import pairmatch as pm


def test_a_small_cell_of_the_sweep_is_short_and_proven_and_its_twin_serves_everybody() -> None:
    outcomes = [run_shortage(cell) for cell in chosen(SHORTAGES, "smoke")]
    assert len(outcomes) == 2
    for outcome in outcomes:
        assert outcome.wrong == ()
        short, twin = outcome.of(SHORT), outcome.of(TWIN)
        assert short is not None
        assert twin is not None
        assert (short.gap, twin.gap) == (0, 0)
        assert (short.scope, twin.scope) == ("ALL_PAIRS", "ALL_PAIRS")
        assert (short.detail["missing"], twin.detail["missing"]) == (80.0, 0.0)
        assert ratio_of(outcome) == short.median / twin.median
    lines = shortage_lines(outcomes)
    assert sum(line.startswith("| shortage_codes_0.005_6_") for line in lines) == 2
    assert "all distinct" in lines[-1]


def test_the_sweep_has_every_cell() -> None:
    cells = {
        (cell.geometry, cell.scale, cell.percent, cell.priorities)
        for cell in chosen(SHORTAGES, SHORTAGE)
    }
    assert cells == {
        (geometry, scale, percent, priorities)
        for geometry, scale in (("point", 0.1), ("codes", 1), ("household", 1))
        for percent in (1, 6, 20, 50)
        for priorities in (1, 3, 101, 0)
    }


def test_a_ratio_above_the_limit_is_called_missed_on_the_page() -> None:
    cell = chosen(SHORTAGES, "smoke")[0]
    outcome = run_shortage(cell)
    short, twin = outcome.timings
    slow = replace(outcome, timings=(replace(short, median=7.0), replace(twin, median=2.0)))
    report = Report(
        which=SHORTAGE,
        machine={"processor": "", "cores": "2", "memory": "", "system": "", "python": ""},
        versions={},
        commit="none",
        seconds=1.0,
        outcomes=(slow,),
    )
    page = page_of([report])
    assert "the largest ratio is 3.50" in page
    assert "| 3.50 |" in page
    assert "**missed**" in page


def test_tables_are_short_by_the_share_that_is_asked_for() -> None:
    for percent, missing in ((1, 13), (6, 80), (20, 267), (50, 667)):
        short, _ = shortage_tables("codes", 0.005, percent, 3)
        places = sum(short["cadres"].column("capacity").to_pylist())
        assert short["recipients"].num_rows - places == missing
        assert len(set(short["recipients"].column("priority").to_pylist())) == 3
    assert pm.Problem.from_tables(**short).recipients.num_rows == 1335
