"""All instances: what is made, of which size, in which set."""

from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass, replace
from functools import partial
from typing import TypeVar

from benchmarks.assignments import complete, nearest
from benchmarks.baseline import baseline_network
from benchmarks.grids import goto_like, gridgen_like
from benchmarks.netgen import PUBLISHED_FAMILY_8, family_8, netgen
from benchmarks.network import Network
from benchmarks.province import province_tables
from pairmatch.problem import Problem
from pairmatch.synth import Geometry

SETS = ("smoke", "quick", "full")
# what the targets speak of, and no more: a set that is not between two others
TARGETS = "targets"
# too few places, against a twin with enough: a set of its own, with one that is made in a test
SHORTAGE = "shortage"
# solves with a time limit, against the same ones without: a set of its own as well
STOPPED = "stopped"
# what-ifs of a plan, against cold solves: a set of its own as well
WHATIF = "whatif"
# offices' files, to a checked problem: a set of its own as well
READ = "read"
INLINE, SHARED, TEXT = ".xlsx, inline strings", ".xlsx, shared strings", ".csv in GB18030"
# most seconds for a whole province
READ_LIMITS = {INLINE: 5.0, SHARED: 5.0, TEXT: 2.0}
_OF_TARGETS = frozenset(
    (
        "people_codes_1",
        "people_household_1",
        "people_point_1",
        "netgen_8_14a",
        "gridgen_14",
        "goto_12",
        "solve_codes_1",
        "solve_household_1",
        "solve_point_0.1",
        "solve_point_1",
        "solve_codes_10",
        "solve_unservable_1",
    )
)
SMALLEST_SCALE = 0.005
# below it, memory is the interpreter and its libraries
_LARGE_SCALE = 0.1


@dataclass(frozen=True)
class FlowInstance:
    """Identical arcs for every solver.

    ``sets`` are those that it is in; ``published`` is the optimum that others found. Of a
    ``large`` one memory is measured: that takes a process of its own for each solver.
    """

    name: str
    family: str
    sets: frozenset[str]
    make: Callable[[], Network]
    published: int | None = None
    large: bool = False


@dataclass(frozen=True)
class SolveInstance:
    """Tables for a whole ``solve()``.

    ``against`` names the instance of family ``people`` that OR-Tools alone is timed on.
    """

    name: str
    geometry: Geometry
    scale: float
    variant: str
    sets: frozenset[str]
    against: str | None

    @property
    def family(self) -> str:
        """Geometry, and how the province was changed."""
        return f"solve {self.geometry}" if self.variant == "plain" else f"solve {self.variant}"

    @property
    def large(self) -> bool:
        """Whether peak memory, which takes a process of its own, is measured."""
        return self.scale >= (_LARGE_SCALE if self.variant == "plain" else 1)


@dataclass(frozen=True)
class WarmInstance:
    """Single edits on the last network of a solve; how many are made in each set."""

    name: str
    scale: float
    edits: dict[str, int]

    @property
    def sets(self) -> frozenset[str]:
        """Those that it is in."""
        return frozenset(self.edits)


@dataclass(frozen=True)
class ShortageInstance:
    """A province that is short of places; see `benchmarks.shortage`."""

    name: str
    geometry: Geometry
    scale: float
    percent: int
    priorities: int
    sets: frozenset[str]


@dataclass(frozen=True)
class StoppedInstance:
    """A province, and how far above the optimum it may be after which part of its time."""

    name: str
    geometry: Geometry
    scale: float
    worst: dict[float, float]
    sets: frozenset[str] = frozenset([STOPPED])


@dataclass(frozen=True)
class WhatIfInstance:
    """A province whose plan is asked what if; how many edits, and how many of them also cold."""

    name: str
    geometry: Geometry
    scale: float
    edits: int
    colds: int
    sets: frozenset[str] = frozenset([WHATIF])


@dataclass(frozen=True)
class ReadInstance:
    """A province as files of a kind."""

    name: str
    kind: str
    scale: float
    sets: frozenset[str] = frozenset([READ])


Instance = TypeVar("Instance", FlowInstance, SolveInstance)
AnyInstance = TypeVar(
    "AnyInstance",
    FlowInstance,
    SolveInstance,
    WarmInstance,
    ShortageInstance,
    StoppedInstance,
    WhatIfInstance,
    ReadInstance,
)


def people_network(geometry: Geometry, scale: float) -> Network:
    """Return the baseline network of a province."""
    return baseline_network(Problem.from_tables(**province_tables(geometry, scale)))


def _netgen_8(exponent: int) -> Network:
    return netgen(family_8(exponent))


def _sets(first: str) -> frozenset[str]:
    return frozenset(SETS[SETS.index(first) :])


def _flow_instances() -> Iterator[FlowInstance]:
    first = {8: "smoke", 10: "quick", 12: "quick", 14: "full", 16: "full"}
    # the largest one that an optimum is published for; the other two families end a size below
    yield FlowInstance(
        "netgen_8_18a", "netgen", _sets("full"), partial(_netgen_8, 18), PUBLISHED_FAMILY_8[18]
    )
    for exponent, begin in first.items():
        yield FlowInstance(
            f"netgen_8_{exponent:02}a",
            "netgen",
            # one of each kind is enough for the quick set, and this one has a published optimum
            _sets("quick" if exponent == 14 else begin),
            partial(_netgen_8, exponent),
            PUBLISHED_FAMILY_8.get(exponent),
        )
        yield FlowInstance(
            f"gridgen_{exponent:02}", "gridgen", _sets(begin), partial(gridgen_like, exponent)
        )
        yield FlowInstance(
            f"goto_{exponent:02}", "goto", _sets(begin), partial(goto_like, exponent)
        )
    for count, begin in {100: "smoke", 1000: "quick", 4000: "full"}.items():
        yield FlowInstance(f"complete_{count}", "complete", _sets(begin), partial(complete, count))
    for count, begin in {200: "smoke", 4000: "quick", 40_000: "full"}.items():
        yield FlowInstance(f"nearest_{count}", "nearest", _sets(begin), partial(nearest, count))
    geometries: tuple[Geometry, ...] = ("codes", "household", "point")
    for geometry in geometries:
        scales = {SMALLEST_SCALE: "smoke", 0.01: "quick", 0.1: "full", 1.0: "full"}
        for scale, begin in scales.items():
            yield FlowInstance(
                f"people_{geometry}_{scale:g}",
                f"people {geometry}",
                _sets(begin),
                partial(people_network, geometry, scale),
                large=scale >= _LARGE_SCALE,
            )


def _solve_instances() -> Iterator[SolveInstance]:
    plain: tuple[tuple[Geometry, float, str], ...] = (
        ("codes", SMALLEST_SCALE, "smoke"),
        ("codes", 0.1, "quick"),
        ("household", 0.1, "full"),
        ("point", 0.1, "quick"),
        ("codes", 1.0, "quick"),
        ("household", 1.0, "full"),
        ("point", 1.0, "full"),
        ("codes", 10.0, "full"),
    )
    for geometry, scale, begin in plain:
        yield SolveInstance(
            f"solve_{geometry}_{scale:g}",
            geometry,
            scale,
            "plain",
            _sets(begin),
            f"people_{geometry}_{scale:g}" if scale <= 1 else None,
        )
    for variant in ("year two", "earthquake", "hard sponsorship", "unservable"):
        for scale, begin in {0.01: "smoke", 0.1: "quick", 1.0: "full"}.items():
            yield SolveInstance(
                f"solve_{variant.replace(' ', '_')}_{scale:g}",
                "codes",
                scale,
                variant,
                _sets(begin),
                None,
            )


def _in_sets(instance: Instance) -> Instance:
    if instance.name not in _OF_TARGETS:
        return instance
    return replace(instance, sets=instance.sets | {TARGETS})


FLOWS = tuple(map(_in_sets, _flow_instances()))
SOLVES = tuple(map(_in_sets, _solve_instances()))
WARM = (
    WarmInstance("warm_codes_0.01", 0.01, {"smoke": 5, "quick": 100, "full": 100}),
    WarmInstance("warm_codes_1", 1.0, {"quick": 50, TARGETS: 100, "full": 100}),
)


def _shortage_instances() -> Iterator[ShortageInstance]:
    provinces: tuple[tuple[Geometry, float], ...] = (("codes", 1), ("point", 0.1), ("household", 1))
    # a run that is interrupted has something of everything
    for priorities in (1, 0, 101, 3):
        for percent in (6, 20, 50, 1):
            for geometry, scale in provinces:
                name = f"shortage_{geometry}_{scale:g}_{percent}_{priorities or 'distinct'}"
                yield ShortageInstance(
                    name, geometry, scale, percent, priorities, frozenset([SHORTAGE])
                )
    for priorities in (3, 0):
        name = f"shortage_codes_{SMALLEST_SCALE}_6_{priorities or 'distinct'}"
        yield ShortageInstance(name, "codes", SMALLEST_SCALE, 6, priorities, frozenset(["smoke"]))


SHORTAGES = tuple(_shortage_instances())
STOPPED_SOLVES = (
    StoppedInstance("stopped_household_1", "household", 1.0, {0.5: 0.1, 0.75: 0.02}),
    StoppedInstance("stopped_codes_10", "codes", 10.0, {0.5: 0.1, 0.75: 0.02}),
    StoppedInstance("stopped_point_1", "point", 1.0, {0.25: 0.1, 0.5: 0.02}),
)


def whatif_instances(scale: float = 1.0) -> tuple[WhatIfInstance, ...]:
    """Return a province of each geometry whose plan is asked what if."""
    geometries: tuple[tuple[Geometry, int], ...] = (("codes", 9), ("household", 5), ("point", 2))
    return tuple(
        WhatIfInstance(f"whatif_{geometry}_{scale:g}", geometry, scale, 100, colds)
        for geometry, colds in geometries
    )


def read_instances(scale: float = 1.0) -> tuple[ReadInstance, ...]:
    """Return a province as each kind of file."""
    kinds = {"xlsx_inline": INLINE, "xlsx_shared": SHARED, "csv_gb18030": TEXT}
    return tuple(
        ReadInstance(f"read_{name}_{scale:g}", kind, scale) for name, kind in kinds.items()
    )


def chosen(instances: Iterable[AnyInstance], which: str, only: str = "") -> list[AnyInstance]:
    """Return the instances of a set whose name holds a text."""
    return [item for item in instances if which in item.sets and only in item.name]


def flow_instance(name: str) -> FlowInstance:
    """Return the instance of a name."""
    return next(instance for instance in FLOWS if instance.name == name)
