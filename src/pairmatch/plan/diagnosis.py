"""What is short or clashes, in the planner's words."""

from dataclasses import dataclass

import numpy as np
import pyarrow as pa

from pairmatch._kernels import kernel
from pairmatch.column_generation import Outcome
from pairmatch.formulate.arrays import BoolArray, IntArray
from pairmatch.formulate.costs import (
    CadreSide,
    CostTables,
    RecipientSide,
    distance_m,
    eligibility_kinds,
    look_ups_m,
)
from pairmatch.formulate.persons import Persons
from pairmatch.tables import Problem

_LISTED = 10


@dataclass(frozen=True)
class Shortage:
    """People who compete for the same places, of which there are too few.

    Attributes
    ----------
    areas
        The counties (or the lowest known areas above) of those who go without, most first.
    categories
        How many of those who go without are of each category.
    recipients, wanted
        Recipients in the group, and cadres they want in all.
    cadres, places
        Cadres in reach of any of them, and what these can take in all.
    short
        Cadres missing in all, at least; the plan attains it.
    """

    areas: tuple[tuple[str, int], ...]
    categories: tuple[tuple[str, int], ...]
    recipients: int
    wanted: int
    cadres: int
    places: int
    short: int

    @property
    def cures(self) -> tuple[str, ...]:
        """The smallest changes that would help."""
        places = _counted(self.short, "place")
        wider = f"{places} of cadres out of reach (eligibility, sponsorship, max_km, bans)"
        if not self.cadres:
            return (wider,)
        more = _counted(self.short, "more place")
        return (f"{more} among the {_counted(self.cadres, 'cadre')} in reach (capacity)", wider)

    def __str__(self) -> str:
        """Return a short paragraph."""
        who = ", ".join(f"{count} {name}" for name, count in self.categories)
        where = ", ".join(f"{name} ({count})" for name, count in self.areas[:_LISTED])
        more = len(self.areas) - _LISTED
        if more > 0:
            where += f" and {more} more"
        short = f"{who}; {where}" if where else who
        return (
            f"{_counted(self.recipients, 'recipient')} together want "
            f"{_counted(self.wanted, 'cadre')}; {_counted(self.cadres, 'cadre')} in reach "
            f"with {_counted(self.places, 'place')}: {self.short} short ({short}). "
            f"Smallest cures: {'; or '.join(self.cures)}."
        )


def _counted(count: int, noun: str) -> str:
    return f"{count} {noun}{'' if count == 1 else 's'}"


@dataclass(frozen=True)
class Diagnosis:
    """What is short, and which hard rules are broken.

    ``below_min_load`` lists (cadre_id, recipients short), ``broken_locks`` (recipient_id,
    cadre_id).
    """

    shortages: tuple[Shortage, ...]
    below_min_load: tuple[tuple[str, int], ...]
    broken_locks: tuple[tuple[str, str], ...]

    def __str__(self) -> str:
        """Return a paragraph for each finding."""
        lines = [str(shortage) for shortage in self.shortages]
        if self.below_min_load:
            total = sum(short for _, short in self.below_min_load)
            first = ", ".join(cadre for cadre, _ in self.below_min_load[:_LISTED])
            lines.append(
                f"{len(self.below_min_load)} cadres are {total} recipients short of their minimum "
                f"loads (first: {first}). Lower min_load, or let them reach more recipients."
            )
        if self.broken_locks:
            first = ", ".join(
                f"{recipient} with {cadre}" for recipient, cadre in self.broken_locks[:_LISTED]
            )
            lines.append(
                f"{len(self.broken_locks)} locks cannot be kept (first: {first}). Lift one of the "
                "locks that compete, raise the capacity or demand they exceed, or allow the pair."
            )
        return "\n".join(lines)


def diagnose(
    problem: Problem,
    persons: Persons,
    outcome: Outcome,
    missing: IntArray,
    load: IntArray,
    made: BoolArray,
) -> Diagnosis | None:
    """Explain a shortage from the proof of the level 'missing', and list broken rules."""
    shortages: tuple[Shortage, ...] = ()
    for proof in outcome.proofs:
        if proof.name == "missing" and missing.any():
            shortages = _shortages(problem, persons, outcome, proof.run.u, proof.run.v, missing)
    short = np.maximum(persons.min_load - load, 0)
    below = np.flatnonzero(short)
    broken = np.flatnonzero(persons.exceptions.locked & ~made)
    if not shortages and not below.shape[0] and not broken.shape[0]:
        return None
    cadre_ids = problem.cadres.column("cadre_id")
    recipient_ids = problem.recipients.column("recipient_id")
    return Diagnosis(
        shortages,
        tuple(zip(cadre_ids.take(pa.array(below)).to_pylist(), short[below].tolist(), strict=True)),
        tuple(
            zip(
                recipient_ids.take(pa.array(persons.exceptions.recipient[broken])).to_pylist(),
                cadre_ids.take(pa.array(persons.exceptions.cadre[broken])).to_pylist(),
                strict=True,
            )
        ),
    )


def _shortages(
    problem: Problem,
    persons: Persons,
    outcome: Outcome,
    u: IntArray,
    v: IntArray,
    missing: IntArray,
) -> tuple[Shortage, ...]:
    """Split the minimum cut into groups that do not touch.

    Classes with a dual of at least 1 are those that an unserved recipient can reach by moving
    others around: all their cadres are full, which is why nobody can be helped.
    """
    classes = outcome.problem
    cadre = np.flatnonzero(u >= 1)
    recipient = np.flatnonzero(v >= 1)
    tables = classes.costs.tables
    some_cadres, cadre_kind = eligibility_kinds(classes.costs.cadres, cadre, tables)
    some_recipients, kind = eligibility_kinds(classes.costs.recipients, recipient, tables)
    of_cadres, of_recipients = _components(*classes.costs, some_cadres, some_recipients)
    label_of_cadre, label_of_recipient = of_cadres[cadre_kind], of_recipients[kind]
    of_class = np.full(v.shape[0] + 1, -1, dtype=np.int64)
    of_class[recipient] = label_of_recipient
    of_person = of_class[classes.recipients.of_person]
    found: list[Shortage] = []
    for label in np.unique(of_person[(missing > 0) & (of_person >= 0)]):
        group = recipient[label_of_recipient == label]
        helpers = cadre[label_of_cadre == label]
        people = np.flatnonzero((of_person == label) & (missing > 0))
        found.append(
            Shortage(
                areas=_areas(problem, persons, people),
                categories=_categories(problem, people),
                recipients=int(classes.recipients.size[group].sum()),
                wanted=int(classes.wanted[group].sum()),
                cadres=int(classes.cadres.size[helpers].sum()),
                places=int(classes.supply[helpers].sum()),
                short=int(missing[people].sum()),
            )
        )
    return tuple(sorted(found, key=lambda shortage: (-shortage.short, shortage.areas)))


@kernel
def _components(
    cadres: CadreSide,
    recipients: RecipientSide,
    tables: CostTables,
    cadre_idx: IntArray,
    recipient_idx: IntArray,
) -> tuple[IntArray, IntArray]:
    """Label groups of classes joined by eligible pairs; union-find with path halving."""
    cadre_count = cadre_idx.shape[0]
    parent = np.arange(cadre_count + recipient_idx.shape[0])
    for column in range(recipient_idx.shape[0]):
        for row in range(cadre_count):
            i = cadre_idx[row]
            j = recipient_idx[column]
            a = row
            b = cadre_count + column
            while parent[a] != a:
                parent[a] = parent[parent[a]]
                a = parent[a]
            while parent[b] != b:
                parent[b] = parent[parent[b]]
                b = parent[b]
            if a == b or look_ups_m(cadres, i, recipients, j, tables) < 0:
                continue
            if tables.max_m >= 0 and distance_m(cadres, i, recipients, j, tables) > tables.max_m:
                continue
            parent[max(a, b)] = min(a, b)
    for node in range(parent.shape[0]):
        root = node
        while parent[root] != root:
            root = parent[root]
        parent[node] = root
    return parent[:cadre_count], parent[cadre_count:]


def _areas(problem: Problem, persons: Persons, people: IntArray) -> tuple[tuple[str, int], ...]:
    """Count people by county; by the lowest known area above where there is none."""
    if not problem.has_areas:
        return ()
    ancestor = persons.costs.recipients.ancestor[:, people]
    area = np.full(people.shape[0], -1, dtype=np.int64)
    for level in ancestor[:3]:
        area = np.where(level >= 0, level, area)
    values, counts = np.unique(area[area >= 0], return_counts=True)
    taken = problem.areas.take(pa.array(values))
    names = [
        name or code
        for name, code in zip(
            taken.column("name").to_pylist(), taken.column("area").to_pylist(), strict=True
        )
    ]
    return _most_first(names, counts)


def _categories(problem: Problem, people: IntArray) -> tuple[tuple[str, int], ...]:
    names = problem.recipients.column("category").take(pa.array(people)).to_pylist()
    values, counts = np.unique(np.array(names, dtype=object).astype(str), return_counts=True)
    return _most_first(values.tolist(), counts)


def _most_first(names: list[str], counts: IntArray) -> tuple[tuple[str, int], ...]:
    pairs = zip(names, counts.tolist(), strict=True)
    return tuple(sorted(pairs, key=lambda pair: (-pair[1], pair[0])))
