"""``python -m benchmarks quick|targets|shortage|full|smoke``; ``page`` writes the page."""

import argparse
import sys
from collections.abc import Iterator
from pathlib import Path
from time import perf_counter

from benchmarks.engine_phase import run_engines
from benchmarks.machine import commit, describe_machine, versions
from benchmarks.page import PAGE, page_of, table_of
from benchmarks.plots import draw
from benchmarks.registry import FLOWS, SETS, SHORTAGE, SHORTAGES, SOLVES, TARGETS, WARM
from benchmarks.results import Outcome, Report
from benchmarks.shortage import run_shortage
from benchmarks.solve_phase import run_solve
from benchmarks.warm_phase import run_warm
from benchmarks.warm_up import warm_up

RESULTS = Path(__file__).parent / "results"


def main(arguments: list[str] | None = None) -> int:
    """Run a set, or write the page; 1 if anything disagrees, 130 if interrupted by Ctrl-C.

    What was measured until then is written all the same.
    """
    parser = argparse.ArgumentParser(prog="python -m benchmarks", description=__doc__)
    parser.add_argument("what", choices=[*SETS, TARGETS, SHORTAGE, "page"])
    parser.add_argument("--only", default="", help="instances whose name holds this text")
    parser.add_argument("--out", type=Path, default=RESULTS, help="folder of the results")
    asked = parser.parse_args(arguments)
    if asked.what == "page":
        PAGE.write_text(page_of(Report.read(asked.out / name) for name in _reports(asked.out)))
        return 0
    begin = perf_counter()
    outcomes = []
    interrupted = False
    # the commit as it was when the run began
    at = commit()
    try:
        for outcome in _run(asked.what, asked.only):
            outcomes.append(outcome)
            _show(outcome, perf_counter() - begin)
    except KeyboardInterrupt:
        interrupted = True
        print(f"interrupted; {len(outcomes)} instances are kept", file=sys.stderr)
    report = Report(
        which=asked.what,
        machine=describe_machine(),
        versions=versions(),
        commit=at,
        seconds=perf_counter() - begin,
        outcomes=tuple(outcomes),
        interrupted=interrupted,
    )
    asked.out.mkdir(parents=True, exist_ok=True)
    report.write(asked.out / f"{asked.what}.json")
    (asked.out / f"{asked.what}.md").write_text(table_of(report), encoding="utf-8")
    if asked.what != SHORTAGE:
        draw(report, asked.out)
    wrong = [f"{outcome.instance}: {text}" for outcome in outcomes for text in outcome.wrong]
    for text in wrong:
        print(f"WRONG {text}", file=sys.stderr)
    if interrupted:
        return 130
    return 1 if wrong else 0


def _run(which: str, only: str) -> Iterator[Outcome]:
    """Run whole solves, warm edits and networks, those that the targets speak of first."""
    warm_up()
    memory = which != "smoke"
    for solve in SOLVES:
        if which in solve.sets and only in solve.name:
            yield run_solve(solve, memory=memory and solve.large)
    for shortage in SHORTAGES:
        if which in shortage.sets and only in shortage.name:
            yield run_shortage(shortage)
    for warm in WARM:
        if which in warm.edits and only in warm.name:
            yield run_warm(warm, which)
    for flow in sorted(FLOWS, key=lambda flow: TARGETS not in flow.sets):
        if which in flow.sets and only in flow.name:
            yield run_engines(flow, which, memory=memory and flow.large)


def _show(outcome: Outcome, seconds: float) -> None:
    parts = [f"{timing.solver} {timing.median:.3f} s" for timing in outcome.timings]
    print(f"[{seconds:6.0f} s] {outcome.instance}: {', '.join(parts)}", flush=True)
    for text in outcome.wrong:
        print(f"  WRONG {text}", flush=True)


def _reports(folder: Path) -> list[str]:
    return [
        f"{name}.json"
        for name in ("full", TARGETS, "quick", SHORTAGE)
        if (folder / f"{name}.json").exists()
    ]


if __name__ == "__main__":
    sys.exit(main())
