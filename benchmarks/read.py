"""Offices' files of a whole province, read to a checked problem, each time in a fresh process.

``python -m benchmarks.read FOLDER`` reads one folder and prints, as JSON, what came of it. A run
begins when pairmatch has been imported and ends with the checked problem: what is loaded on first
use is part of it.
"""

import json
import subprocess
import sys
from pathlib import Path
from tempfile import TemporaryDirectory
from time import perf_counter
from typing import Any

from benchmarks.memory import own_peak
from benchmarks.office_files import write_office_files
from benchmarks.province import province_tables
from benchmarks.registry import READ_LIMITS, ReadInstance
from benchmarks.results import Outcome, Timing
from pairmatch.problem import Problem

RUNS = 3
READ = "read_problem"


def run_read(instance: ReadInstance, runs: int = RUNS) -> Outcome:
    """Write a province's files, and read them in fresh processes."""
    tables = province_tables("codes", instance.scale)
    with TemporaryDirectory() as folder:
        write_office_files(tables, Path(folder), instance.kind)
        size = sum(path.stat().st_size for path in Path(folder).iterdir())
        done = [_in_a_process(folder) for _ in range(runs)]
    expected = Problem.from_tables(**tables).digest()
    wrong = () if all(run["digest"] == expected for run in done) else ("not the tables written",)
    timing = Timing.of(
        READ,
        [run["seconds"] for run in done],
        0,
        peak_mb=max(run["peak_mb"] for run in done),
        detail={"megabytes": size / 1e6, "limit": READ_LIMITS[instance.kind]},
    )
    rows = {name: tables[name].num_rows for name in ("cadres", "recipients")}
    return Outcome(
        instance=instance.name,
        family=instance.kind,
        phase="read",
        size=rows,
        timings=(timing,),
        wrong=wrong,
    )


def missed_by(outcome: Outcome) -> bool:
    """Tell whether reading took longer than it was to take."""
    timing = outcome.timings[0]
    return timing.median > timing.detail["limit"]


def read_lines(outcomes: list[Outcome]) -> list[str]:
    """Return the table of times."""
    lines = [
        (
            "From the files of an office, with Chinese headers and values, to a checked problem: "
            "medians of three runs, each in a fresh process, after the import of pairmatch."
        ),
        "",
        "| instance | files | MB | cadres | recipients | seconds | limit | reached | peak MB |",
        "|---" * 9 + "|",
    ]
    for outcome in outcomes:
        timing = outcome.timings[0]
        reached = "**missed**" if missed_by(outcome) else "yes"
        lines.append(
            f"| {outcome.instance} | {outcome.family} | {timing.detail['megabytes']:.1f} "
            f"| {outcome.size['cadres']:,} | {outcome.size['recipients']:,} "
            f"| {timing.median:.2f} | {timing.detail['limit']:g} "
            f"| {outcome.wrong[0] if outcome.wrong else reached} | {timing.peak_mb or 0:.0f} |"
        )
    return lines


def _in_a_process(folder: str) -> dict[str, Any]:
    answer = subprocess.run(  # noqa: S603  # this very interpreter
        [sys.executable, "-m", "benchmarks.read", folder],
        cwd=Path(__file__).parents[1],
        check=True,
        capture_output=True,
        text=True,
    )
    found: dict[str, Any] = json.loads(answer.stdout.strip().splitlines()[-1])
    return found


def _main(folder: str) -> None:
    import pairmatch as pm  # noqa: PLC0415  # not part of what is timed

    begin = perf_counter()
    problem = pm.read_problem(folder)
    seconds = perf_counter() - begin
    print(json.dumps({"seconds": seconds, "peak_mb": own_peak(), "digest": problem.digest()}))


if __name__ == "__main__":
    _main(*sys.argv[1:])
