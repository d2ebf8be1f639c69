from dataclasses import replace
from pathlib import Path

import pytest
from benchmarks.__main__ import committed, main
from benchmarks.engine_phase import run_engines
from benchmarks.page import PAGE, page_of
from benchmarks.registry import SETS, FlowInstance
from benchmarks.results import Outcome, Report, Timing
from benchmarks.solve_phase import BASELINE, SOLVE
from benchmarks.targets import targets

COMMITTED = committed()


def test_the_page_is_what_the_committed_results_make() -> None:
    assert COMMITTED, "no results are committed"
    assert PAGE.read_text(encoding="utf-8") == page_of(COMMITTED)


@pytest.mark.parametrize("report", COMMITTED, ids=lambda report: str(report.which))
def test_nothing_disagrees_in_the_committed_results(report: Report) -> None:
    assert report.outcomes
    for outcome in report.outcomes:
        assert outcome.wrong == (), outcome.instance


@pytest.mark.parametrize("report", COMMITTED, ids=lambda report: str(report.which))
def test_committed_engines_agree_on_every_objective(report: Report) -> None:
    for outcome in report.outcomes:
        if outcome.phase == "engine":
            found = {timing.objective for timing in outcome.timings}
            assert len(found) == 1, outcome.instance
            assert outcome.published is None or found == {outcome.published}


def test_a_report_comes_back_from_json(tmp_path: Path) -> None:
    timing = Timing.of("ours", [1.0, 2.0, 4.0], 5, gap=None, peak_mb=1.5, detail={"rounds": 2.0})
    outcome = Outcome("a", "b", "engine", {"arcs": 3}, (timing,), {"p": "no"}, 5, ("x",))
    report = Report("quick", {"m": "n"}, {"v": "1"}, "abc", 2.5, (outcome,))
    report.write(tmp_path / "every_run.json", every_run=True)
    assert Report.read(tmp_path / "every_run.json") == report
    report.write(tmp_path / "medians.json", every_run=False)
    (kept,) = Report.read(tmp_path / "medians.json").outcomes[0].timings
    assert kept == replace(timing, seconds=())
    assert (kept.median, kept.runs) == (2.0, 3)


def solved(seconds: float, baseline: float, peak_mb: float) -> Report:
    ours = Timing(
        SOLVE, seconds, 1, 10, 0, "ALL_PAIRS", peak_mb, {"checking": 0.25, "missing": 0.0}
    )
    theirs = Timing(BASELINE, baseline, 1, 12, None, "its arcs only")
    outcome = Outcome("solve_codes_1", "solve codes", "solve", {"cadres": 1}, (ours, theirs))
    return Report("quick", {}, {}, "abc", 1.0, (outcome,))


@pytest.mark.parametrize(
    ("seconds", "peak_mb", "reached"),
    [(1.0, 1000.0, [True, True]), (1.01, 1000.0, [False, True]), (1.0, 1431.0, [True, False])],
)
def test_a_missed_target_is_called_missed(
    seconds: float, peak_mb: float, reached: list[bool]
) -> None:
    report = solved(seconds, 10.0, peak_mb)
    assert [target.reached for target in targets(report)][:2] == reached
    # what was not measured is neither
    assert {target.reached for target in targets(report)[2:]} == {None}


def test_the_command_runs_a_set_and_writes_what_the_page_reads(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    assert main([SETS[0], "--only", "goto_08", "--out", str(tmp_path)]) == 0
    for folder, kept in (("results", False), ("raw", True)):
        (outcome,) = Report.read(tmp_path / folder / "smoke.json").outcomes
        assert outcome.instance == "goto_08"
        assert all(len(timing.seconds) == kept * timing.runs for timing in outcome.timings)
    assert "goto_08" in capsys.readouterr().out


def test_ctrl_c_keeps_what_was_measured(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    left = [1]

    def run_or_stop(instance: FlowInstance, which: str, *, memory: bool) -> Outcome:
        if not left:
            raise KeyboardInterrupt
        left.pop()
        return run_engines(instance, which, memory=memory)

    monkeypatch.setattr("benchmarks.__main__.run_engines", run_or_stop)
    assert main([SETS[0], "--only", "_08", "--out", str(tmp_path)]) == 130
    report = Report.read(tmp_path / "results" / "smoke.json")
    assert report.interrupted
    assert len(report.outcomes) == 1
    assert "interrupted" in page_of([report])
