"""By which rule a pair may not be made, and what would have to change."""

import dataclasses
from dataclasses import dataclass
from typing import Any

import numpy as np

from pairmatch.errors import check_language
from pairmatch.explain.placed import PlacedPlan
from pairmatch.formulate.costs import ABOVE
from pairmatch.model.labels import COMMON_LABELS, LabelsPolicy
from pairmatch.model.places import AREA_LEVELS
from pairmatch.problem import Problem
from pairmatch.words import Parameters, Value, say
from pairmatch.words.layout import km


@dataclass(frozen=True)
class Rule:
    """What keeps a pair from being made.

    Attributes
    ----------
    code
        ``rank_forbidden``, ``outside_sponsored``, ``too_far``, ``banned``, ``no_capacity``,
        ``cadre_locked``, ``recipient_locked`` or ``clash``.
    parameters
        Of its words.
    change
        What would have to change for the pair to be allowed by this rule.
    """

    code: str
    parameters: Parameters
    change: "Change"
    _labels: LabelsPolicy = dataclasses.field(default=COMMON_LABELS, repr=False, compare=False)

    def text(self, language: str = "en") -> str:
        """Return what the rule says."""
        check_language(language)
        return say(f"rule.{self.code}", _called(self.parameters, self._labels, language), language)

    def document(self, language: str = "en") -> dict[str, Any]:
        """Return plain data for JSON."""
        check_language(language)
        return {
            "code": self.code,
            "parameters": dict(self.parameters),
            "text": self.text(language),
            "change": self.change.document(language),
        }


@dataclass(frozen=True)
class Change:
    """What would have to change.

    Attributes
    ----------
    field
        A field of the policy, such as ``distance.max_km``, or a table, or a column of one, such as
        ``cadres.capacity``.
    code
        Of its words.
    parameters
        Of its words.
    """

    field: str
    code: str
    parameters: Parameters
    _labels: LabelsPolicy = dataclasses.field(default=COMMON_LABELS, repr=False, compare=False)

    def text(self, language: str = "en") -> str:
        """Return what would have to change."""
        check_language(language)
        called = _called(self.parameters, self._labels, language)
        return say(f"change.{self.code}", {"field": self.field, **called}, language)

    def document(self, language: str = "en") -> dict[str, Any]:
        """Return plain data for JSON."""
        check_language(language)
        return {
            "field": self.field,
            "code": self.code,
            "parameters": dict(self.parameters),
            "text": self.text(language),
        }


def _called(parameters: Parameters, labels: LabelsPolicy, language: str) -> Parameters:
    """Return parameters with a rank and a category as the policy calls them."""
    ways = {"rank": labels.rank, "category": labels.category}
    return {
        name: ways[name](str(value), language) if name in ways else value
        for name, value in parameters.items()
    }


def rules_against(
    problem: Problem, placed: PlacedPlan, cadre: int, recipient: int
) -> tuple[Rule, ...]:
    """Return every rule by which a pair may not be made, whatever the rest of the plan is."""
    formulation = placed.formulation
    costs, special = formulation.costs, formulation.special_pairs
    distance, *_, outside, penalty = terms_of(placed, cadre, recipient)
    rules = []
    if penalty < 0:
        names: dict[str, Value] = {
            "rank": problem.cadres.column("rank")[cadre].as_py(),
            "category": problem.recipients.column("category")[recipient].as_py(),
        }
        rules.append(_rule("rank_forbidden", names, "eligibility", "allow", problem.policy.labels))
    if outside < 0:
        rules.append(_rule("outside_sponsored", {}, "sponsorship.mode", "prefer"))
    most = costs.tables.max_m
    if 0 <= most < distance:
        found: dict[str, Value] = {"distance": km(distance), "most": km(most)}
        rules.append(_rule("too_far", found, "distance.max_km", "raise_to"))
    at = placed.special(cadre, recipient)
    if at >= 0 and special.banned[at]:
        rules.append(_rule("banned", {}, "bans", "lift"))
    is_locked = at >= 0 and bool(special.locked[at])
    capacity, demand = int(formulation.capacity[cadre]), int(formulation.demand[recipient])
    locks = special.locked & special.eligible
    of_cadre = int((locks & (special.cadre == cadre)).sum()) - is_locked
    of_recipient = int((locks & (special.recipient == recipient)).sum()) - is_locked
    if capacity == 0:
        rules.append(_rule("no_capacity", {}, "cadres.capacity", "one_more"))
    elif of_cadre >= capacity:
        rules.append(_rule("cadre_locked", {"count": of_cadre}, "locks", "lift_one"))
    if of_recipient >= demand:
        rules.append(_rule("recipient_locked", {"count": of_recipient}, "locks", "lift_one"))
    return tuple(rules)


def clash() -> Rule:
    """Return the rule of a pair that may be made, but not in a plan that keeps all hard rules."""
    return _rule("clash", {}, "cadres.min_load", "relax")


def changes_to_choose(
    placed: PlacedPlan, cadre: int, recipient: int, price_m: int
) -> tuple[Change, ...]:
    """Return what would make a pair as cheap for the whole plan as what the plan has instead.

    An adjustment of this one pair does so exactly. A field of the policy has to change at least
    that much: it concerns other pairs too.
    """
    adjusted: dict[str, Value] = {"amount": km(-price_m)}
    changes = [Change("adjustments", "adjust", adjusted)]
    _, inherited, locality, outside, penalty = terms_of(placed, cadre, recipient)
    fields = {
        "distance.inherited_km": inherited,
        f"locality.{_level(placed, cadre, recipient)}": locality,
        "sponsorship.outside_km": outside,
        "eligibility.penalty_km": penalty,
    }
    for field, term in fields.items():
        if term >= price_m > 0:
            numbers: dict[str, Value] = {"now": km(term), "then": km(term - price_m)}
            changes.append(Change(field, "lower_to", numbers))
    return tuple(changes)


def terms_of(placed: PlacedPlan, cadre: int, recipient: int) -> tuple[int, int, int, int, int]:
    """Return the terms of a pair by attributes; those of tables are -1 where they forbid it."""
    costs = placed.formulation.costs
    terms = costs.terms_of_pairs(np.array([cadre]), np.array([recipient]))[:, 0].tolist()
    distance, inherited, locality, outside, penalty = terms
    return distance, inherited, locality, outside, penalty


def _level(placed: PlacedPlan, cadre: int, recipient: int) -> str:
    """Return the level of the lowest area that holds both people."""
    costs = placed.formulation.costs
    ours, theirs = costs.cadres.ancestor[:, cadre], costs.recipients.ancestor[:, recipient]
    shared = np.flatnonzero((ours >= 0) & (ours == theirs))
    level = int(shared.max(initial=-1))
    return AREA_LEVELS[level] if 0 <= level < ABOVE else "above"


def _rule(
    code: str,
    parameters: Parameters,
    where: str,
    change: str,
    labels: LabelsPolicy = COMMON_LABELS,
) -> Rule:
    return Rule(code, parameters, Change(where, change, parameters, labels), labels)
