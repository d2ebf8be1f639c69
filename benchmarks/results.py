"""What a run of the benchmarks found, as plain data and as JSON."""

import json
from dataclasses import asdict, dataclass, field
from pathlib import Path
from statistics import median
from typing import Any

SCHEMA_VERSION = 1


@dataclass(frozen=True)
class Timing:
    """One solver on one instance.

    Attributes
    ----------
    seconds
        Of every counted run, in the order in which they were made.
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
    """

    solver: str
    seconds: tuple[float, ...]
    objective: int
    gap: int | None
    scope: str
    peak_mb: float | None = None
    detail: dict[str, float] = field(default_factory=dict)

    @property
    def median(self) -> float:
        """Median of the runs in seconds."""
        return median(self.seconds)


@dataclass(frozen=True)
class Outcome:
    """All solvers on one instance.

    Attributes
    ----------
    phase
        ``engine``, ``solve``, ``shortage`` or ``warm``.
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
    seconds: float
    outcomes: tuple[Outcome, ...]
    schema_version: int = SCHEMA_VERSION
    interrupted: bool = False

    def write(self, path: Path) -> None:
        """Write the report as JSON."""
        path.write_text(json.dumps(asdict(self), indent=1) + "\n", encoding="utf-8")

    @classmethod
    def read(cls, path: Path) -> "Report":
        """Read what `write` wrote."""
        data: dict[str, Any] = json.loads(path.read_text(encoding="utf-8"))
        outcomes = tuple(
            Outcome(
                **{
                    **outcome,
                    "timings": tuple(
                        Timing(**{**timing, "seconds": tuple(timing["seconds"])})
                        for timing in outcome["timings"]
                    ),
                    "wrong": tuple(outcome["wrong"]),
                    "auto": tuple(outcome.get("auto", ())),
                }
            )
            for outcome in data["outcomes"]
        )
        return cls(**{**data, "outcomes": outcomes})
