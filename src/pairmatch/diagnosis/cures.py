"""What would help those who go without; nothing is offered that was not solved with.

A cure is a change of the tables or of the policy and of nothing else. ``serves`` is by how much
fewer are missing when the changed problem is solved.
"""

from collections.abc import Sequence
from dataclasses import dataclass, field, replace
from decimal import Decimal

import numpy as np

from pairmatch.arrays import BoolArray, IntArray
from pairmatch.diagnosis.cut import Cut
from pairmatch.diagnosis.pairing import Pairing
from pairmatch.diagnosis.picking import pick_partners
from pairmatch.diagnosis.reach import Barred, Crowds, barred_by
from pairmatch.diagnosis.relaxed import most_served
from pairmatch.errors import check_language
from pairmatch.formulate.columns import ids_at
from pairmatch.formulate.costs import CostTables
from pairmatch.formulate.eligibility import INELIGIBLE
from pairmatch.formulate.formulation import Formulation
from pairmatch.model.labels import COMMON_LABELS, LabelsPolicy
from pairmatch.problem import Problem
from pairmatch.words import Value, say

# bans and locks are looked at group by group, each a solve: only in the largest groups
_GROUPS = 10
# how far to go is found by halving, each step a solve: only where that is quick
_QUICK_PAIRS = 100_000

CURE_KINDS = (
    "capacity",
    "bans",
    "bans_and_capacity",
    "locks",
    "eligibility",
    "sponsorship",
    "max_km",
)


@dataclass(frozen=True)
class Cure:
    """A change that was solved with, and what it brings.

    Attributes
    ----------
    kind
        ``capacity``, ``bans``, ``bans_and_capacity``, ``locks``, ``eligibility``, ``sponsorship``
        or ``max_km``.
    serves
        How many more units of demand are served with it, in all.
    places
        (cadre_id, places more) of each cadre who gets any.
    pairs
        (recipient_id, cadre_id) of each ban or lock that is lifted.
    rules
        (rank, category) of each kind of pair that is allowed.
    max_km
        The new distance limit; None for no limit, and for cures of another kind.
    """

    kind: str
    serves: int
    places: tuple[tuple[str, int], ...] = ()
    pairs: tuple[tuple[str, str], ...] = ()
    rules: tuple[tuple[str, str], ...] = ()
    max_km: int | None = None

    def text(self, language: str = "en", labels: LabelsPolicy = COMMON_LABELS) -> str:
        """Return a phrase; ``labels`` are the policy's."""
        check_language(language)
        rules = tuple(
            say(
                "cure.rule",
                {
                    "rank": labels.rank(rank, language),
                    "category": labels.category(category, language),
                },
                language,
            )
            for rank, category in self.rules
        )
        parameters: dict[str, Value] = {
            "added": sum(added for _, added in self.places),
            "cadres": len(self.places),
            "pairs": len(self.pairs),
            "rules": rules,
            "max_km": self.max_km or 0,
        }
        kind = "no_max_km" if self.kind == "max_km" and self.max_km is None else self.kind
        cure = say(f"cure.{kind}", parameters, language)
        return say("cure.serves", {"cure": cure, "serves": self.serves}, language)

    __str__ = text


def cures_text(cures: Sequence[Cure], language: str, labels: LabelsPolicy) -> str:
    """Return phrases for several cures, of which one is enough."""
    return say("cure.or", language=language).join(cure.text(language, labels) for cure in cures)


@dataclass(frozen=True)
class Cures:
    """Cures of each group of a cut, by its number, and changes of the policy for all groups."""

    of_group: dict[int, tuple[Cure, ...]] = field(default_factory=dict)
    of_policy: tuple[Cure, ...] = ()


def find_cures(
    problem: Problem, formulation: Formulation, pairs: Pairing, crowds: Crowds, cut: Cut
) -> Cures:
    """Solve with whatever may help, and keep what does.

    The plan must serve as many as can be, and break no hard rule.
    """
    search = _Search(problem, formulation, pairs, crowds, cut)
    return Cures(
        {group: search.of_group(group) for group in range(cut.groups)},
        tuple(sorted(search.of_policy(), key=lambda cure: -cure.serves)),
    )


class _Search:
    def __init__(
        self, problem: Problem, formulation: Formulation, pairs: Pairing, crowds: Crowds, cut: Cut
    ) -> None:
        self._problem, self._formulation, self._pairs, self._cut = problem, formulation, pairs, cut
        self._crowds = crowds
        self._now = int(pairs.served.sum())
        self._short = np.bincount(
            cut.recipient_group[pairs.missing > 0],
            weights=pairs.missing[pairs.missing > 0],
            minlength=cut.groups,
        ).astype(np.int64)
        largest = np.argsort(-self._short, kind="stable")[:_GROUPS]
        self._looked_at = set(largest.tolist())
        banned = np.flatnonzero(formulation.special_pairs.banned)
        self._banned = (
            formulation.special_pairs.recipient[banned],
            formulation.special_pairs.cadre[banned],
        )
        picked = np.zeros(formulation.cadre_count, dtype=np.int64)
        self._chosen = self._pick(pairs.missing, self._banned, picked)
        found = np.bincount(self._chosen[0], minlength=formulation.recipient_count)
        # all others having been chosen, what is left are those who are banned
        self._more = self._pick(pairs.missing - found, (self._chosen[0], self._chosen[1]), picked)

    def _pick(self, wanted: IntArray, barred: tuple[IntArray, ...], picked: IntArray) -> IntArray:
        """Choose further cadres for some recipients, whether these are full or not."""
        formulation, pairs = self._formulation, self._pairs
        by_recipient: Barred = barred_by(
            np.concatenate([pairs.recipient, barred[0]]).astype(np.int64),
            np.concatenate([pairs.cadre, barred[1]]).astype(np.int64),
            formulation.recipient_count,
        )
        return pick_partners(
            formulation.costs,
            # whoever may be paired with somebody who goes without is in the cut, but for those
            # who are banned
            self._crowds.cadres.blocks(),
            self._crowds.recipients.blocks(wanted > 0),
            by_recipient,
            wanted,
            picked,
        )

    def of_group(self, group: int) -> tuple[Cure, ...]:
        """Return what helps a group, the most helpful first."""
        cures = [self._capacity(group)]
        if group in self._looked_at:
            cures += [self._bans(group), self._locks(group)]
        found = [cure for cure in cures if cure.serves > 0]
        if all(cure.serves < self._short[group] for cure in found):
            both = self._bans_and_capacity(group)
            if both.pairs and all(cure.serves < both.serves for cure in found):
                found.append(both)
        return tuple(sorted(found, key=lambda cure: -cure.serves))

    def _chosen_in(self, group: int, chosen: IntArray) -> tuple[IntArray, IntArray]:
        inside = self._cut.recipient_group[chosen[0]] == group
        return chosen[0][inside], chosen[1][inside]

    def _places(self, cadre: IntArray) -> tuple[tuple[str, int], ...]:
        who, more = np.unique(cadre, return_counts=True)
        ids = ids_at(self._problem.cadres.column("cadre_id"), who)
        return tuple(zip(ids, more.tolist(), strict=True))

    def _pairs_at(self, recipient: IntArray, cadre: IntArray) -> tuple[tuple[str, str], ...]:
        recipients = ids_at(self._problem.recipients.column("recipient_id"), recipient)
        cadres = ids_at(self._problem.cadres.column("cadre_id"), cadre)
        return tuple(sorted(zip(recipients, cadres, strict=True)))

    def _capacity(self, group: int) -> Cure:
        """Give each who goes without a place of its own: a plan with these serves them all.

        None serves more, since every place serves one at the most.
        """
        _, cadre = self._chosen_in(group, self._chosen)
        return Cure("capacity", int(cadre.shape[0]), places=self._places(cadre))

    def _bans_and_capacity(self, group: int) -> Cure:
        """Lift bans of those with too few other cadres, and give all a place of their own.

        Whoever goes without then has every cadre whom the rules allow, so none serves more.
        """
        _, cadre = self._chosen_in(group, self._chosen)
        recipient, banned = self._chosen_in(group, self._more)
        both = np.concatenate([cadre, banned])
        return Cure(
            "bans_and_capacity",
            int(both.shape[0]),
            places=self._places(both),
            pairs=self._pairs_at(recipient, banned),
        )

    def _bans(self, group: int) -> Cure:
        special_pairs = self._formulation.special_pairs
        theirs = special_pairs.banned & (special_pairs.base_m != INELIGIBLE)
        theirs &= self._cut.recipient_group[special_pairs.recipient] == group
        return self._lifted("bans", bans=theirs)

    def _locks(self, group: int) -> Cure:
        special_pairs = self._formulation.special_pairs
        theirs = special_pairs.locked & (self._cut.cadre_group[special_pairs.cadre] == group)
        return self._lifted("locks", locks=theirs)

    def _lifted(
        self, kind: str, *, bans: BoolArray | None = None, locks: BoolArray | None = None
    ) -> Cure:
        candidates = bans if bans is not None else locks
        if candidates is None or not candidates.any():
            return Cure(kind, 0)
        found = most_served(
            self._formulation, self._pairs, self._formulation.costs.tables, bans=bans, locks=locks
        )
        if found is None:
            return Cure(kind, 0)
        at = np.flatnonzero(found.lifted)
        special_pairs = self._formulation.special_pairs
        pairs = self._pairs_at(special_pairs.recipient[at], special_pairs.cadre[at])
        return Cure(kind, found.served - self._now, pairs=pairs)

    def of_policy(self) -> list[Cure]:
        """Return which changes of the policy help."""
        tables = self._formulation.costs.tables
        cures = [self._eligibility(tables)]
        # what a re-solve is restricted to is no rule of the policy
        if (tables.outside_m < 0).any() and not self._formulation.is_restricted:
            anywhere = tables._replace(outside_m=np.maximum(tables.outside_m, 0))
            cures.append(Cure("sponsorship", self._served_more(anywhere)))
        if tables.max_m >= 0:
            cures.append(self._max_km(tables))
        return [cure for cure in cures if cure.serves > 0]

    def _served_more(self, tables: CostTables) -> int:
        found = most_served(self._formulation, self._pairs, tables)
        return 0 if found is None else found.served - self._now

    def _eligibility(self, tables: CostTables) -> Cure:
        """Allow what is forbidden to those of the cut: one kind of pair if that does as much."""
        ranks, categories = tables.eligibility_m.shape
        cadres, recipients, _ = self._formulation.costs
        in_use = np.isin(np.arange(ranks), cadres.rank)
        of_cut = np.isin(np.arange(categories), recipients.category[self._cut.recipients])
        cells = (tables.eligibility_m == INELIGIBLE) & np.outer(in_use, of_cut)
        if not cells.any():
            return Cure("eligibility", 0)
        found = most_served(self._formulation, self._pairs, _allowing(tables, cells), cells=cells)
        if found is None or found.served == self._now:
            return Cure("eligibility", 0)
        used = found.dear > 0
        policy = self._problem.policy
        rules = tuple(
            (policy.ranks[rank], policy.categories[category])
            for rank, category in np.argwhere(used).tolist()
        )
        return Cure("eligibility", found.served - self._now, rules=rules)

    def _max_km(self, tables: CostTables) -> Cure:
        """Lift the limit, then look for the shortest in whole kilometres that does as much."""
        serves = self._served_more(tables._replace(max_m=-1))
        cure = Cure("max_km", serves)
        if serves == 0:
            return cure
        low = tables.max_m // 1000
        high = _farthest_km(self._formulation, tables)
        while high - low > 1:
            middle = (low + high) // 2
            found = most_served(
                self._formulation,
                self._pairs,
                tables._replace(max_m=middle * 1000),
                most_pairs=_QUICK_PAIRS,
            )
            if found is None:
                return cure
            if found.served - self._now == serves:
                high = middle
            else:
                low = middle
        return replace(cure, max_km=high)


def _allowing(tables: CostTables, cells: BoolArray) -> CostTables:
    return tables._replace(eligibility_m=np.where(cells, 0, tables.eligibility_m))


def _farthest_km(formulation: Formulation, tables: CostTables) -> int:
    """Return whole kilometres that no pair is farther apart than."""
    point = np.concatenate(
        [formulation.costs.cadres.point, formulation.costs.recipients.point], axis=1
    )
    spread = point.max(axis=1) - point.min(axis=1)
    line = int(np.ceil(np.sqrt((spread**2).sum()))) + 1
    detour = Decimal(tables.detour_numerator) / Decimal(tables.detour_denominator)
    return int(line * detour) // 1000 + 1
