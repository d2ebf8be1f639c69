"""What a run of the benchmarks found, as plain data and as JSON."""

import json
from dataclasses import dataclass, field
from pathlib import Path
from statistics import median
from typing import Annotated, Any

from pydantic import PlainSerializer, TypeAdapter

SCHEMA_VERSION = 2

# a measured number has no more than eight digits worth keeping
Measured = Annotated[float, PlainSerializer(lambda value: float(f"{value:.8g}"))]


@dataclass(frozen=True)
class Timing:
    """One solver on one instance; `of` makes it from its runs.

    Attributes
    ----------
    median, runs
        Median of all counted runs in seconds, and how many there were.
    objective
        Cost of what it found.
    gap
        To the bound that it gives itself; None if it gives none.
    scope
        What its optimum is the optimum of.
    peak_mb
        Peak memory of a process that does nothing else, all of it; None if not measured.
    detail
        Whatever else is worth a look.
    seconds
        Of every counted run, in the order in which they were made; empty where medians alone
        were kept.
    """

    solver: str
    median: Measured
    runs: int
    objective: int
    gap: int | None = 0
    scope: str = "these arcs"
    peak_mb: Measured | None = None
    detail: dict[str, Measured] = field(default_factory=dict)
    seconds: tuple[Measured, ...] = ()

    @classmethod
    def of(cls, solver: str, seconds: list[float], objective: int, **more: Any) -> "Timing":
        """Return what one solver took in all its runs; ``more`` are further fields."""
        return cls(solver, median(seconds), len(seconds), objective, seconds=tuple(seconds), **more)


@dataclass(frozen=True)
class Outcome:
    """All solvers on one instance.

    Attributes
    ----------
    phase
        ``engine``, ``solve``, ``shortage``, ``stopped``, ``whatif``, ``read`` or ``warm``.
    size
        Counts by name: nodes and arcs, or cadres and recipients.
    timings
        The first one is pairmatch's.
    skipped
        Solvers that were left out, and why.
    published
        The optimum as others published it.
    wrong
        What does not agree; empty if all is well.
    auto
        The engine that pairmatch takes by itself, and why; empty for other phases.
    """

    instance: str
    family: str
    phase: str
    size: dict[str, int]
    timings: tuple[Timing, ...]
    skipped: dict[str, str] = field(default_factory=dict)
    published: int | None = None
    wrong: tuple[str, ...] = ()
    auto: tuple[str, ...] = ()

    def of(self, solver: str) -> Timing | None:
        """Return what a solver found, None if it took no part."""
        return next((timing for timing in self.timings if timing.solver == solver), None)


@dataclass(frozen=True)
class Report:
    """A run, whole unless it was ``interrupted``."""

    which: str
    machine: dict[str, str]
    versions: dict[str, str]
    commit: str
    seconds: Measured
    outcomes: tuple[Outcome, ...]
    schema_version: int = SCHEMA_VERSION
    interrupted: bool = False

    def write(self, path: Path, *, every_run: bool) -> None:
        """Write the report as JSON, a line for each instance; medians alone or every run."""
        whole = _REPORT.dump_python(
            self,
            mode="json",
            exclude_defaults=True,
            exclude=None if every_run else {"outcomes": {"__all__": {"timings": _SECONDS}}},
        )
        whole["schema_version"] = self.schema_version
        lines = [json.dumps(outcome, separators=(",", ":")) for outcome in whole.pop("outcomes")]
        head = json.dumps(whole, indent=1).removesuffix("\n}")
        text = f'{head},\n "outcomes": [\n' + ",\n".join(lines) + "\n]\n}\n"
        path.write_text(text, encoding="utf-8")

    @classmethod
    def read(cls, path: Path) -> "Report":
        """Read what `write` wrote."""
        return _REPORT.validate_json(path.read_bytes())


_SECONDS = {"__all__": {"seconds"}}
_REPORT = TypeAdapter(Report)
