"""``python -m benchmarks.stopped``: what solves are worth that are stopped by a limit.

Each province is solved to its end, and then again with parts of that time as limits, kernels warm.
Held against what was to be reached: everybody served who can be, how far above the optimum, how far
the bound is off, and how late the plan comes. 1 if anything was missed.
"""

import argparse
import sys
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path
from time import perf_counter

import pairmatch as pm
from benchmarks.machine import commit, describe_machine
from benchmarks.province import province_tables
from pairmatch.synth import Geometry

RESULTS = Path(__file__).parent / "results" / "stopped.md"
# a plan may come that part of the limit later, and that many seconds
_LATER, _LATER_S = 0.15, 0.3
# the gap that is shown may be this multiple of the true one, and that part of the optimum besides
_TIMES, _BESIDES = 3, 0.1


@dataclass(frozen=True)
class Instance:
    """A province, and how far above the optimum it may be after which part of its time."""

    geometry: Geometry
    scale: float
    worst: dict[float, float]


INSTANCES = (
    Instance("household", 1.0, {0.5: 0.1, 0.75: 0.02}),
    Instance("codes", 10.0, {0.5: 0.1, 0.75: 0.02}),
    Instance("point", 1.0, {0.25: 0.1, 0.5: 0.02}),
)


@dataclass(frozen=True)
class Stopped:
    """A solve with a limit, beside the optimum.

    ``above`` and ``gap`` are shares of the optimum; ``gap`` is None if the plan shows none.
    """

    part: float
    limit: float
    seconds: float
    status: str
    missing: int
    above: float
    gap: float | None
    worst: float

    def missed(self) -> list[str]:
        """Say what was to be reached and was not."""
        found = []
        if self.missing:
            found.append(f"{self.missing} are left out who can be served")
        if self.above > self.worst:
            found.append(f"more than {self.worst:.0%} above the optimum")
        if self.gap is None or self.gap > _TIMES * self.above + _BESIDES:
            found.append("the gap says too little")
        if self.seconds > (1 + _LATER) * self.limit + _LATER_S:
            found.append("late")
        return found


def run(instance: Instance) -> Iterator[Stopped]:
    """Solve a province to its end, and with each limit."""
    problem = pm.Problem.from_tables(**province_tables(instance.geometry, instance.scale))
    # memory that has been touched, as for every other run
    best = pm.solve(problem)
    begin = perf_counter()
    best = pm.solve(problem)
    whole = perf_counter() - begin
    for part, worst in instance.worst.items():
        begin = perf_counter()
        plan = pm.solve(problem, time_limit=part * whole)
        seconds = perf_counter() - begin
        gap = plan.certificate.gap
        yield Stopped(
            part=part,
            limit=part * whole,
            seconds=seconds,
            status=str(plan.status),
            missing=plan.missing - best.missing,
            above=plan.objective / best.objective - 1,
            gap=None if gap is None else gap / best.objective,
            worst=worst,
        )


def main(arguments: list[str] | None = None) -> int:
    """Run all instances, print and write the table."""
    parser = argparse.ArgumentParser(prog="python -m benchmarks.stopped", description=__doc__)
    parser.add_argument("--only", default="", help="provinces whose name holds this text")
    parser.add_argument("--out", type=Path, default=RESULTS, help="where the table goes")
    asked = parser.parse_args(arguments)
    pm.warm_up()
    lines = [
        f"Commit {commit()}; " + ", ".join(describe_machine().values()) + ".",
        "",
        "| province | part of its time | limit, s | back, s | status | left out | above | gap | |",
        "|---|---|---|---|---|---|---|---|---|",
    ]
    print("\n".join(lines))
    missed = False
    for instance in INSTANCES:
        name = f"{instance.geometry} {instance.scale:g}"
        for stopped in run(instance) if asked.only in name else ():
            lines.append(_line(name, stopped))
            print(lines[-1], flush=True)
            missed |= bool(stopped.missed())
    asked.out.write_text("\n".join(lines) + "\n", encoding="utf-8")
    return 1 if missed else 0


def _line(name: str, stopped: Stopped) -> str:
    gap = "none" if stopped.gap is None else f"{stopped.gap:.2%}"
    return (
        f"| {name} | {stopped.part:g} | {stopped.limit:.2f} | {stopped.seconds:.2f} "
        f"| {stopped.status} | {stopped.missing} | {stopped.above:.2%} | {gap} "
        f"| {'; '.join(stopped.missed()) or 'reached'} |"
    )


if __name__ == "__main__":
    sys.exit(main())
