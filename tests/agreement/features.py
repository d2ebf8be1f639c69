"""What a problem and its plan really had in them, so that random problems cannot lose a feature."""

from collections import Counter
from collections.abc import Iterator
from typing import Any

import numpy as np
import pyarrow.compute as pc

from pairmatch import Plan, Policy, Problem

_LEVELS = ("province", "prefecture", "county", "township", "village")
_TERMS = (
    "distance",
    "inherited",
    "locality",
    "sponsorship",
    "eligibility",
    "adjustment",
    "continuity",
    "load",
    "coverage",
)
_REASONS = (
    "no_eligible_cadre",
    "out_of_reach",
    "capacity_exhausted",
    "banned",
    "cheaper_unserved",
)

FEATURES = (
    "OPTIMAL",
    "INFEASIBLE",
    *(f"term {name}" for name in _TERMS),
    *(f"reason {name}" for name in _REASONS),
    *(f"pair within one {level}" for level in _LEVELS),
    "pair across provinces",
    *(f"rank {rank}" for rank in Policy().ranks),
    *(f"category {name}" for name in Policy().categories),
    "no table of units",
    "no table of areas",
    "areas without any point",
    "area of the unit",
    "point of one's own, cadre",
    "point of one's own, recipient",
    "attribute",
    "household split",
    "verdict preferred",
    "verdict allowed",
    "verdict forbidden",
    "default eligibility",
    "max_km forbids",
    "sponsorship prefer",
    "sponsorship require forbids",
    "sponsorship ignored",
    "capacity of one's own",
    "capacity of the rank",
    "capacity 0",
    "load beyond the curve's last step",
    "min_load 2",
    "below min_load",
    "lock made",
    "lock broken",
    "lock on a pair that is not eligible",
    "locks beyond a capacity",
    "locks beyond a demand",
    "minimum loads and locks",
    "ban that forbids",
    "negative adjustment",
    "negative adjustment on a current pair",
    "positive adjustment on a pair made",
    "current pair kept",
    "current pair given up",
    "several current pairs of a cadre",
    "several current pairs of a recipient",
    "several current pairs of an interchangeable cadre",
    "continuity without a saving",
    "demand 3",
    "class of several with demand above 1",
    "missing at several priorities",
    "missing at a low priority only",
    "gap between priorities",
    "priced, everybody served",
    "priced, somebody left out by the price",
)


def features(problem: Problem, plan: Plan) -> set[str]:
    """Return the features that occur."""
    found: set[str] = set()
    for part in (_people, _policy, _special_pairs, _outcome):
        found.update(name for name, there in part(problem, plan) if there)
    return found


def _column(table: Any, name: str) -> list[Any]:
    values: list[Any] = table.column(name).to_pylist()
    return values


def _people(problem: Problem, plan: Plan) -> Iterator[tuple[str, bool]]:
    cadres, recipients, policy = problem.cadres, problem.recipients, problem.policy
    for rank in policy.ranks:
        yield f"rank {rank}", rank in _column(cadres, "rank")
    for category in policy.categories:
        yield f"category {category}", category in _column(recipients, "category")
    yield "no table of units", not problem.has_units
    yield "no table of areas", not problem.has_areas
    yield (
        "areas without any point",
        problem.has_areas and problem.areas.column("lon").null_count == problem.areas.num_rows,
    )
    if problem.has_units:
        areas = dict(
            zip(_column(problem.units, "unit_id"), _column(problem.units, "area"), strict=True)
        )
        yield (
            "area of the unit",
            any(
                area is not None and area == areas[unit]
                for unit, area in zip(
                    _column(cadres, "unit_id"), _column(cadres, "area"), strict=True
                )
            ),
        )
    yield "point of one's own, cadre", cadres.column("lon").null_count < cadres.num_rows
    yield "point of one's own, recipient", recipients.column("lon").null_count < recipients.num_rows
    yield "attribute", {"team"} <= set(cadres.column_names)
    own = _column(cadres, "capacity")
    yield "capacity of one's own", any(value is not None for value in own)
    yield (
        "capacity of the rank",
        any(
            value is None and rank in policy.load.capacity_by_rank
            for value, rank in zip(own, _column(cadres, "rank"), strict=True)
        ),
    )
    yield "capacity 0", bool((problem.capacity() == 0).any())
    yield "min_load 2", 2 in _column(cadres, "min_load")
    demand = recipients.column("demand").to_numpy()
    yield "demand 3", bool((demand == 3).any())
    kinds = Counter(
        zip(
            *(
                _column(recipients, name)
                for name in ("category", "area", "lon", "demand", "priority")
            ),
            strict=True,
        )
    )
    yield (
        "class of several with demand above 1",
        any(count > 1 and kind[3] > 1 for kind, count in kinds.items()),
    )
    ranked = np.unique(recipients.column("priority").to_numpy())
    yield "gap between priorities", bool((np.diff(ranked) > 1).any())


def _eligible(problem: Problem) -> np.ndarray[Any, Any]:
    _, eligible = problem.costs(
        _column(problem.cadres, "cadre_id"), _column(problem.recipients, "recipient_id")
    )
    return eligible


def _policy(problem: Problem, plan: Plan) -> Iterator[tuple[str, bool]]:
    policy = problem.policy
    eligible = _eligible(problem)
    verdicts = {rule.verdict for rule in policy.eligibility}
    for verdict in ("preferred", "allowed", "forbidden"):
        yield f"verdict {verdict}", verdict in verdicts
    yield "default eligibility", policy.eligibility == Policy().eligibility
    free = policy.model_copy(
        update={"distance": policy.distance.model_copy(update={"max_km": None})}
    )
    yield "max_km forbids", bool((_eligible(problem.with_policy(free)) != eligible).any())
    mode = policy.sponsorship.mode
    yield "sponsorship prefer", mode == "prefer"
    yield "sponsorship ignored", mode == "ignore"
    if mode == "require":
        other = policy.sponsorship.model_copy(update={"mode": "ignore"})
        free = policy.model_copy(update={"sponsorship": other})
        yield (
            "sponsorship require forbids",
            bool((_eligible(problem.with_policy(free)) != eligible).any()),
        )
    loads = plan.loads.column("load").to_numpy()
    yield (
        "load beyond the curve's last step",
        bool((loads > len(policy.load.marginal_km)).any()),
    )
    yield (
        "continuity without a saving",
        policy.continuity.keep_km == 0 and problem.current.num_rows > 0,
    )


def _pairs(table: Any) -> list[tuple[str, str]]:
    return list(zip(_column(table, "recipient_id"), _column(table, "cadre_id"), strict=True))


def _special_pairs(problem: Problem, plan: Plan) -> Iterator[tuple[str, bool]]:
    made, current, locks = _pairs(plan.pairs), _pairs(problem.current), _pairs(problem.locks)
    ids = (_column(problem.cadres, "cadre_id"), _column(problem.recipients, "recipient_id"))
    capacity = dict(zip(ids[0], problem.capacity().tolist(), strict=True))
    demand = dict(zip(ids[1], _column(problem.recipients, "demand"), strict=True))
    eligible = _eligible(problem)

    def allowed(pair: tuple[str, str]) -> bool:
        return bool(eligible[ids[0].index(pair[1]), ids[1].index(pair[0])])

    yield "lock made", any(pair in made for pair in locks)
    yield "lock broken", any(pair not in made for pair in locks)
    yield "lock on a pair that is not eligible", not all(allowed(pair) for pair in locks)
    yield (
        "locks beyond a capacity",
        any(count > capacity[cadre] for cadre, count in Counter(c for _, c in locks).items()),
    )
    yield (
        "locks beyond a demand",
        any(count > demand[person] for person, count in Counter(r for r, _ in locks).items()),
    )
    yield (
        "minimum loads and locks",
        bool(locks) and bool(pc.max(problem.cadres.column("min_load")).as_py()),
    )
    free = Problem.from_tables(**{**problem.tables(), "bans": None}, policy=problem.policy)
    yield "ban that forbids", bool((_eligible(free) != eligible).any())
    extra = dict(
        zip(_pairs(problem.adjustments), _column(problem.adjustments, "extra_m"), strict=True)
    )
    yield "negative adjustment", any(value < 0 for value in extra.values())
    yield (
        "negative adjustment on a current pair",
        any(value < 0 and pair in current for pair, value in extra.items()),
    )
    yield (
        "positive adjustment on a pair made",
        any(value > 0 and pair in made for pair, value in extra.items()),
    )
    yield "current pair kept", True in _column(plan.pairs, "kept")
    yield "current pair given up", any(pair not in made for pair in current)
    several = {cadre for cadre, count in Counter(c for _, c in current).items() if count > 1}
    yield "several current pairs of a cadre", bool(several)
    yield (
        "several current pairs of a recipient",
        any(count > 1 for count in Counter(r for r, _ in current).values()),
    )
    kinds: dict[tuple[Any, ...], set[str]] = {}
    for row in problem.cadres.to_pylist():
        key = tuple(row[name] for name in ("unit_id", "rank", "area", "lon", "capacity"))
        kinds.setdefault(key, set()).add(row["cadre_id"])
    yield (
        "several current pairs of an interchangeable cadre",
        any(len(members & several) > 1 for members in kinds.values()),
    )


def _outcome(problem: Problem, plan: Plan) -> Iterator[tuple[str, bool]]:
    yield str(plan.status), True
    for name in _TERMS:
        yield f"term {name}", plan.objective_terms[name] != 0
    for reason in _column(plan.unmatched, "reason"):
        yield f"reason {reason}", True
    yield "household split", plan.split_households() > 0
    yield "below min_load", plan.diagnosis is not None and bool(plan.diagnosis.below_min_load)
    by_priority = plan.missing_by_priority()
    in_use = np.unique(problem.recipients.column("priority").to_numpy())
    first = problem.policy.coverage.mode == "first"
    yield "missing at several priorities", first and len(by_priority) > 1
    yield (
        "missing at a low priority only",
        first and bool(by_priority) and max(by_priority) < in_use.max(),
    )
    yield "priced, everybody served", not first and not by_priority
    yield (
        "priced, somebody left out by the price",
        not first and "cheaper_unserved" in _column(plan.unmatched, "reason"),
    )
    if problem.has_areas:
        yield from ((name, True) for name in _levels_of_pairs(problem, plan))


def _levels_of_pairs(problem: Problem, plan: Plan) -> set[str]:
    """Name the lowest areas that hold both people of a pair, by walking up the tree."""
    parent = dict(
        zip(_column(problem.areas, "area"), _column(problem.areas, "parent"), strict=True)
    )
    level = dict(zip(_column(problem.areas, "area"), _column(problem.areas, "level"), strict=True))

    def upwards(area: str | None) -> list[str]:
        chain: list[str] = []
        while area is not None:
            chain.append(area)
            area = parent[area]
        return chain

    home = dict(
        zip(_column(problem.cadres, "cadre_id"), _column(problem.cadres, "area"), strict=True)
    )
    place = dict(
        zip(
            _column(problem.recipients, "recipient_id"),
            _column(problem.recipients, "area"),
            strict=True,
        )
    )
    found: set[str] = set()
    for recipient, cadre in _pairs(plan.pairs):
        above = upwards(home[cadre])
        common = [area for area in upwards(place[recipient]) if area in above]
        found.add(f"pair within one {level[common[0]]}" if common else "pair across provinces")
    return found
