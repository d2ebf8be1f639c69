"""``python -m benchmarks SET`` runs a set, ``python -m benchmarks page`` writes the page.

Sets are ``quick``, ``targets``, ``full``, ``shortage``, ``stopped``, ``whatif``, ``read`` and
``smoke``.

A run writes medians to ``results/``, which is committed, and every run to ``raw/``, which is not.
"""

import argparse
import sys
from collections.abc import Iterator
from pathlib import Path
from time import perf_counter

from benchmarks.engine_phase import run_engines
from benchmarks.machine import commit, describe_machine, versions
from benchmarks.page import PAGE, page_of
from benchmarks.plots import draw
from benchmarks.read import run_read
from benchmarks.registry import (
    FLOWS,
    READ,
    SETS,
    SHORTAGE,
    SHORTAGES,
    SOLVES,
    STOPPED,
    STOPPED_SOLVES,
    TARGETS,
    WARM,
    WHATIF,
    chosen,
    read_instances,
    whatif_instances,
)
from benchmarks.results import Outcome, Report
from benchmarks.shortage import run_shortage
from benchmarks.solve_phase import run_solve
from benchmarks.stopped import run_stopped
from benchmarks.warm_phase import run_warm
from benchmarks.warm_up import warm_up
from benchmarks.whatif import run_whatif

HERE = Path(__file__).parent
# the most complete first: the page shows them in this order
_ON_PAGE = ("full", TARGETS, "quick", SHORTAGE, STOPPED, WHATIF, READ)


def main(arguments: list[str] | None = None) -> int:
    """Run a set, or write the page; 1 if anything disagrees, 130 if interrupted by Ctrl-C.

    What was measured until then is written all the same.
    """
    parser = argparse.ArgumentParser(prog="python -m benchmarks", description=__doc__)
    parser.add_argument("what", choices=[*SETS, TARGETS, SHORTAGE, STOPPED, WHATIF, READ, "page"])
    parser.add_argument("--only", default="", help="instances whose name holds this text")
    parser.add_argument("--scale", type=float, default=1.0, help="of the sets whatif and read")
    parser.add_argument("--out", type=Path, default=HERE, help="holds results/ and raw/")
    asked = parser.parse_args(arguments)
    if asked.what == "page":
        reports = committed(asked.out / "results")
        PAGE.write_text(page_of(reports), encoding="utf-8")
        draw(reports[0], PAGE.parent)
        return 0
    begin = perf_counter()
    outcomes = []
    interrupted = False
    # the commit as it was when the run began
    at = commit()
    try:
        for outcome in _run(asked.what, asked.only, asked.scale):
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
    for name in ("results", "raw"):
        (asked.out / name).mkdir(parents=True, exist_ok=True)
        report.write(asked.out / name / f"{asked.what}.json", every_run=name == "raw")
    wrong = [f"{outcome.instance}: {text}" for outcome in outcomes for text in outcome.wrong]
    for text in wrong:
        print(f"WRONG {text}", file=sys.stderr)
    if interrupted:
        return 130
    return 1 if wrong else 0


def _run(which: str, only: str, scale: float) -> Iterator[Outcome]:
    """Run whole solves, warm edits and networks, those that the targets speak of first."""
    if which != READ:
        # what is read is read by fresh processes
        warm_up()
    memory = which != "smoke"
    for solve in chosen(SOLVES, which, only):
        yield run_solve(solve, memory=memory and solve.large)
    for shortage in chosen(SHORTAGES, which, only):
        yield run_shortage(shortage)
    for stopped in chosen(STOPPED_SOLVES, which, only):
        yield run_stopped(stopped)
    for whatif in chosen(whatif_instances(scale), which, only):
        yield run_whatif(whatif)
    for read in chosen(read_instances(scale), which, only):
        yield run_read(read)
    for warm in chosen(WARM, which, only):
        yield run_warm(warm, which)
    for flow in sorted(chosen(FLOWS, which, only), key=lambda flow: TARGETS not in flow.sets):
        yield run_engines(flow, which, memory=memory and flow.large)


def _show(outcome: Outcome, seconds: float) -> None:
    parts = [f"{timing.solver} {timing.median:.3f} s" for timing in outcome.timings]
    print(f"[{seconds:6.0f} s] {outcome.instance}: {', '.join(parts)}", flush=True)
    for text in outcome.wrong:
        print(f"  WRONG {text}", flush=True)


def committed(folder: Path = HERE / "results") -> list[Report]:
    """Return the reports of a folder, the most complete one first."""
    paths = [folder / f"{name}.json" for name in _ON_PAGE]
    return [Report.read(path) for path in paths if path.exists()]


if __name__ == "__main__":
    sys.exit(main())
