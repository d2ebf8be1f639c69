"""What is short or clashes, in the planner's words."""

from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np
import pyarrow as pa
import pyarrow.compute as pc

from pairmatch.arrays import IntArray
from pairmatch.diagnosis.cures import Cure, Cures, cures_text, find_cures
from pairmatch.diagnosis.cut import Cut, minimum_cut
from pairmatch.diagnosis.pairing import Pairing
from pairmatch.diagnosis.reach import Crowds
from pairmatch.errors import check_language
from pairmatch.formulate.columns import ids_at
from pairmatch.formulate.formulation import Formulation
from pairmatch.model.labels import COMMON_LABELS, LabelsPolicy
from pairmatch.problem import Problem
from pairmatch.words import Value, say, shown

_LISTED = 10


@dataclass(frozen=True)
class Shortage:
    """People who compete for the same places, of which there are too few.

    ``wanted - places == short``, and no plan that keeps the locks gives this group more. Bans,
    locks and distinct partners are taken off already: what one cadre can give to one recipient is
    one place, whatever its capacity. (Minimum loads never take a place off.)

    Attributes
    ----------
    recipients, wanted
        Recipients in the group, served or not, and cadres they want in all.
    cadres, places
        Cadres who may be paired with any of them, full or not, and how many places these can give
        to this group.
    short
        Cadres missing in the group: the plan attains it, and no plan has fewer in all.
    areas
        The counties (or the lowest known areas above) of those who go without, most first.
    categories
        How many of those who go without are of each category.
    cures
        Changes that were solved with, the most helpful first; see `Cure`. Empty where no place
        more and no ban or lock less helps this group, where the ten largest groups were looked at
        and this is none of them, or where hard rules are broken, which comes first.
    """

    areas: tuple[tuple[str, int], ...]
    categories: tuple[tuple[str, int], ...]
    recipients: int
    wanted: int
    cadres: int
    places: int
    short: int
    cures: tuple[Cure, ...] = ()

    def text(self, language: str = "en", labels: LabelsPolicy = COMMON_LABELS) -> str:
        """Return a short paragraph; ``labels`` are the policy's."""
        check_language(language)
        called = [(labels.category(name, language), count) for name, count in self.categories]
        who = _named("diagnosis.category", called, language)
        where = _named("diagnosis.area", self.areas[:_LISTED], language)
        parameters: dict[str, Value] = {
            name: getattr(self, name)
            for name in ("recipients", "wanted", "cadres", "places", "short")
        }
        parameters |= {"who": who, **shown(where, len(self.areas), _LISTED)}
        key = "diagnosis.shortage_somewhere" if where else "diagnosis.shortage"
        text = say(key, parameters, language)
        if not self.cures:
            return text
        cures = {"cures": cures_text(self.cures, language, labels)}
        return text + say("diagnosis.cures", cures, language)

    __str__ = text


def _named(key: str, counts: Sequence[tuple[str, int]], language: str) -> tuple[str, ...]:
    return tuple(say(key, {"name": name, "count": count}, language) for name, count in counts)


@dataclass(frozen=True)
class Diagnosis:
    """What is short, and which hard rules are broken.

    Attributes
    ----------
    shortages
        Groups of people who compete for the same places, the largest shortage first.
    policy_cures
        Changes of the policy that were solved with, the most helpful first.
    below_min_load
        (cadre_id, recipients short) of each cadre below its minimum load.
    broken_locks
        (recipient_id, cadre_id) of each lock that the plan does not keep.
    """

    shortages: tuple[Shortage, ...]
    below_min_load: tuple[tuple[str, int], ...]
    broken_locks: tuple[tuple[str, str], ...]
    policy_cures: tuple[Cure, ...] = ()

    def text(self, language: str = "en", labels: LabelsPolicy = COMMON_LABELS) -> str:
        """Return a paragraph for each finding; ``labels`` are the policy's."""
        check_language(language)
        lines = [shortage.text(language, labels) for shortage in self.shortages]
        if self.policy_cures:
            cures = {"cures": cures_text(self.policy_cures, language, labels)}
            lines.append(say("diagnosis.policy_cures", cures, language))
        if self.below_min_load:
            below: dict[str, Value] = {
                "count": len(self.below_min_load),
                "short": sum(short for _, short in self.below_min_load),
                "first": tuple(cadre for cadre, _ in self.below_min_load[:_LISTED]),
            }
            lines.append(say("diagnosis.below_min_load", below, language))
        if self.broken_locks:
            first = tuple(
                say("diagnosis.pair", {"recipient": recipient, "cadre": cadre}, language)
                for recipient, cadre in self.broken_locks[:_LISTED]
            )
            locks: dict[str, Value] = {"count": len(self.broken_locks), "first": first}
            lines.append(say("diagnosis.broken_locks", locks, language))
        if self.below_min_load or self.broken_locks:
            locks_too = "without_both" if self.broken_locks else "without_min_load"
            key = locks_too if self.below_min_load else "without_locks"
            lines.append(say(f"diagnosis.{key}", language=language))
        return "\n".join(lines)

    __str__ = text


def diagnose(
    problem: Problem,
    formulation: Formulation,
    pairs: Pairing,
    crowds: Crowds,
    *,
    fewest_missing: bool,
) -> Diagnosis | None:
    """Explain a shortage by a minimum cut, and list broken rules.

    Parameters
    ----------
    fewest_missing
        Whether it is proven that no plan serves more; a shortage is explained only then.
    """
    short = np.maximum(formulation.min_load - pairs.load, 0)
    below = np.flatnonzero(short)
    broken = np.flatnonzero(formulation.special_pairs.locked & ~pairs.made)
    shortages: tuple[Shortage, ...] = ()
    cures = Cures()
    if fewest_missing and formulation.coverage_first and pairs.missing.any():
        cut = minimum_cut(formulation, pairs, crowds)
        if not below.shape[0] and not broken.shape[0]:
            cures = find_cures(problem, formulation, pairs, crowds, cut)
        shortages = _shortages(problem, formulation, pairs, cut, cures)
    if not shortages and not below.shape[0] and not broken.shape[0]:
        return None
    cadre_ids = problem.cadres.column("cadre_id")
    recipient_ids = problem.recipients.column("recipient_id")
    special_pairs = formulation.special_pairs
    return Diagnosis(
        shortages,
        tuple(zip(ids_at(cadre_ids, below), short[below].tolist(), strict=True)),
        tuple(
            zip(
                ids_at(recipient_ids, special_pairs.recipient[broken]),
                ids_at(cadre_ids, special_pairs.cadre[broken]),
                strict=True,
            )
        ),
        cures.of_policy,
    )


def _shortages(
    problem: Problem, formulation: Formulation, pairs: Pairing, cut: Cut, cures: Cures
) -> tuple[Shortage, ...]:
    helpers, places = _capacity_of_cut(formulation, pairs, cut)
    group_of = cut.recipient_group
    recipients = _sums(group_of, np.ones_like(group_of), cut.groups)
    wanted = _sums(group_of, formulation.demand, cut.groups)
    short = _sums(group_of, pairs.missing, cut.groups)
    if not np.array_equal(wanted - places, short):
        raise RuntimeError("a group of the cut is not short by what it wants beyond its places")
    out = np.flatnonzero(pairs.missing > 0)
    out = out[np.argsort(group_of[out], kind="stable")]
    people = np.split(out, np.flatnonzero(np.diff(group_of[out])) + 1)
    found = [
        Shortage(
            areas=_areas(problem, formulation, people[group]),
            categories=_categories(problem, people[group]),
            recipients=int(recipients[group]),
            wanted=int(wanted[group]),
            cadres=int(helpers[group]),
            places=int(places[group]),
            short=int(short[group]),
            cures=cures.of_group.get(group, ()),
        )
        for group in range(cut.groups)
    ]
    return tuple(sorted(found, key=lambda shortage: (-shortage.short, shortage.areas)))


def _capacity_of_cut(
    formulation: Formulation, pairs: Pairing, cut: Cut
) -> tuple[IntArray, IntArray]:
    """Count the cadres of each group, and the places they can give to it.

    Cadres of the cut give whatever they may take, but for locks with people outside. Of the
    others every pair with the group that may be made is made, be it a lock or not.
    """
    group = cut.recipient_group[pairs.recipient]
    own = cut.cadre_group[pairs.cadre]
    elsewhere = pairs.locked & (own >= 0) & (group != own)
    across = (group >= 0) & (group != own)
    places = (
        _sums(cut.cadre_group, formulation.capacity, cut.groups)
        - np.bincount(own[elsewhere], minlength=cut.groups)
        + np.bincount(group[across], minlength=cut.groups)
    )
    outside = np.unique(np.stack([group[across], pairs.cadre[across]]), axis=1)
    helpers = np.bincount(cut.cadre_group[cut.cadres], minlength=cut.groups) + np.bincount(
        outside[0], minlength=cut.groups
    )
    return helpers, places


def _sums(group: IntArray, values: IntArray, groups: int) -> IntArray:
    inside = group >= 0
    return np.bincount(group[inside], weights=values[inside], minlength=groups).astype(np.int64)


def _areas(
    problem: Problem, formulation: Formulation, people: IntArray
) -> tuple[tuple[str, int], ...]:
    """Count people by county; by the lowest known area above where there is none."""
    if not problem.has_areas:
        return ()
    ancestor = formulation.costs.recipients.ancestor[:, people]
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
    names = problem.recipients.column("category").take(pa.array(people))
    counted_names = pc.value_counts(names)
    return _most_first(
        counted_names.field("values").to_pylist(), counted_names.field("counts").to_numpy()
    )


def _most_first(names: list[str], counts: IntArray) -> tuple[tuple[str, int], ...]:
    pairs = zip(names, counts.tolist(), strict=True)
    return tuple(sorted(pairs, key=lambda pair: (-pair[1], pair[0])))
