"""Small problems as plain lists of people, drawn so that a failing one shrinks to few of them."""

from collections.abc import Callable, Sequence
from dataclasses import dataclass, replace
from typing import Any

from hypothesis import strategies as st

from pairmatch import Plan, Problem

Name = Callable[[str], str]
Pair = tuple[int, int]
Column = list[Any]
Tables = dict[str, Any]

AREAS: Tables = {
    "area": ["P", "P0", "A", "B", "A1", "A2", "B1"],
    "parent": [None, "P", "P0", "P0", "A", "A", "B"],
    "level": ["province", "prefecture", "county", "county", "township", "township", "township"],
    "lon": [103.0, 103.2, 103.3, 103.9, None, 103.4, 103.95],
    "lat": [36.0, 36.0, 36.1, 36.1, None, 36.3, 36.05],
}
PLACES = ("A1", "A2", "B1", "B")
RANKS = ("staff", "division")
CATEGORIES = ("severely_disabled", "orphan")


@dataclass(frozen=True)
class CadreCase:
    """A cadre in small integers; ``capacity`` None is the policy's."""

    place: int = 0
    rank: int = 0
    unit: int = 0
    capacity: int | None = None
    min_load: int = 0


@dataclass(frozen=True)
class RecipientCase:
    """A recipient in small integers."""

    place: int = 0
    category: int = 0
    demand: int = 1
    priority: int = 1


@dataclass(frozen=True)
class Case:
    """A problem; pairs are (recipient, cadre) by position, without repetitions."""

    cadres: tuple[CadreCase, ...]
    recipients: tuple[RecipientCase, ...]
    current: tuple[Pair, ...] = ()
    bans: tuple[Pair, ...] = ()
    locks: tuple[Pair, ...] = ()
    adjustments: tuple[tuple[Pair, int], ...] = ()
    default_capacity: int = 2
    marginal_km: tuple[int, ...] = (0, 15)
    priced_km: int | None = None
    keep_km: int = 50
    max_km: int | None = None
    outside: str = "prefer"

    def tables(self, name: Name = str) -> Tables:
        """Return the tables, every id passed through ``name``."""

        def pairs(rows: Sequence[Pair]) -> dict[str, Column]:
            return {
                "recipient_id": [name(f"r{r}") for r, _ in rows],
                "cadre_id": [name(f"c{c}") for _, c in rows],
            }

        tables: Tables = {
            "cadres": {
                "cadre_id": [name(f"c{n}") for n in range(len(self.cadres))],
                "unit_id": [f"u{cadre.unit}" for cadre in self.cadres],
                "rank": [RANKS[cadre.rank] for cadre in self.cadres],
                "area": [PLACES[cadre.place] for cadre in self.cadres],
                "capacity": [cadre.capacity for cadre in self.cadres],
                "min_load": [
                    min(
                        cadre.min_load,
                        self.default_capacity if cadre.capacity is None else cadre.capacity,
                    )
                    for cadre in self.cadres
                ],
            },
            "recipients": {
                "recipient_id": [name(f"r{n}") for n in range(len(self.recipients))],
                "category": [CATEGORIES[one.category] for one in self.recipients],
                "area": [PLACES[one.place] for one in self.recipients],
                "demand": [one.demand for one in self.recipients],
                "priority": [one.priority for one in self.recipients],
            },
            "units": {
                "unit_id": ["u0", "u1"],
                "area": ["A1", "B1"],
                "level": ["county", "county"],
                "sponsors": [[], ["B"]],
            },
            "areas": AREAS,
            "policy": self.policy(),
        }
        for table in ("current", "bans", "locks"):
            if getattr(self, table):
                tables[table] = pairs(getattr(self, table))
        if self.adjustments:
            tables["adjustments"] = {
                **pairs([pair for pair, _ in self.adjustments]),
                "extra_km": [float(extra) for _, extra in self.adjustments],
            }
        return tables

    def policy(self) -> dict[str, Any]:
        """Return the policy's fields."""
        coverage: dict[str, Any] = {"mode": "first"}
        if self.priced_km is not None:
            coverage = {"mode": "priced", "price_km": self.priced_km}
        return {
            "load": {
                "default_capacity": self.default_capacity,
                "marginal_km": list(self.marginal_km),
            },
            "coverage": coverage,
            "continuity": {"keep_km": self.keep_km},
            "distance": {"max_km": self.max_km},
            "sponsorship": {"mode": self.outside},
        }

    def problem(self, name: Name = str) -> Problem:
        """Return the checked problem."""
        return Problem.from_tables(**self.tables(name))

    def every_pair(self) -> list[Pair]:
        """Return all pairs of positions."""
        return [(r, c) for r in range(len(self.recipients)) for c in range(len(self.cadres))]

    def with_cadre(self, at: int, **changes: Any) -> "Case":
        """Return the case with one cadre changed."""
        cadres = list(self.cadres)
        cadres[at] = replace(cadres[at], **changes)
        return replace(self, cadres=tuple(cadres))


def standing(plan: Plan) -> tuple[int, ...]:
    """Return the levels to be compared in order, what is missing by priority, the highest first.

    Priorities that nobody has are told apart from those of whom nobody is missing by the problem,
    which must have the same recipients where two standings are compared.
    """
    values = {level.name: level.value for level in plan.levels}
    missing = plan.missing_by_priority()
    priorities = sorted(set(plan.problem.recipients.column("priority").to_pylist()), reverse=True)
    by_priority = [missing.get(priority, 0) for priority in priorities]
    if "missing" not in values:
        by_priority = []
    return (values.get("violation", 0), *by_priority, values["cost"])


_INDEX = st.integers(0, 6)


def _pairs(most: int) -> st.SearchStrategy[list[Pair]]:
    return st.lists(st.tuples(_INDEX, _INDEX), max_size=most)


@st.composite
def cases(draw: st.DrawFn) -> Case:
    """Draw a case; everything shrinks to fewer people and smaller numbers."""
    cadres = draw(
        st.lists(
            st.builds(
                CadreCase,
                place=st.integers(0, 3),
                rank=st.integers(0, 1),
                unit=st.integers(0, 1),
                capacity=st.none() | st.integers(0, 3),
                min_load=st.sampled_from([0, 0, 0, 1, 2]),
            ),
            min_size=1,
            max_size=6,
        )
    )
    recipients = draw(
        st.lists(
            st.builds(
                RecipientCase,
                place=st.integers(0, 3),
                category=st.integers(0, 1),
                demand=st.sampled_from([1, 1, 2, 3]),
                priority=st.sampled_from([1, 1, 2, 7]),
            ),
            min_size=1,
            max_size=7,
        )
    )

    def there(pairs: list[Pair]) -> tuple[Pair, ...]:
        return tuple(dict.fromkeys((r % len(recipients), c % len(cadres)) for r, c in pairs))

    locks = there(draw(_pairs(3)))
    bans = tuple(pair for pair in there(draw(_pairs(3))) if pair not in locks)
    extra = st.integers(-150, 150)
    adjusted = there(draw(_pairs(3)))
    return Case(
        cadres=tuple(cadres),
        recipients=tuple(recipients),
        current=there(draw(_pairs(8))),
        bans=bans,
        locks=locks,
        adjustments=tuple((pair, draw(extra)) for pair in adjusted),
        default_capacity=draw(st.integers(0, 3)),
        marginal_km=tuple(sorted(draw(st.lists(st.integers(0, 60), min_size=1, max_size=3)))),
        priced_km=draw(st.none() | st.none() | st.integers(0, 200)),
        keep_km=draw(st.sampled_from([0, 50])),
        max_km=draw(st.none() | st.integers(20, 90)),
        outside=draw(st.sampled_from(["prefer", "ignore", "require"])),
    )
