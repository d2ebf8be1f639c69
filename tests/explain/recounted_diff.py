"""A diff counted again in plain Python, pair by pair, from the tables of both plans."""

from collections import Counter, defaultdict
from dataclasses import dataclass, field
from typing import Any

from pairmatch import Plan, Problem
from pairmatch.model.policy import metres

Pair = tuple[str, str]
RECIPIENT, CADRE = 0, 1


@dataclass
class Side:
    """One plan with its problem, as dictionaries."""

    plan: Plan
    cost_m: dict[Pair, int] = field(default_factory=dict)
    load: Counter[str] = field(default_factory=Counter)
    served: Counter[str] = field(default_factory=Counter)
    demand: dict[str, int] = field(default_factory=dict)
    capacity: dict[str, int] = field(default_factory=dict)
    min_load: dict[str, int] = field(default_factory=dict)

    @classmethod
    def of(cls, plan: Plan) -> "Side":
        side = cls(plan)
        for row in plan.pairs.to_pylist():
            side.cost_m[row["recipient_id"], row["cadre_id"]] = row["cost_m"]
            side.load[row["cadre_id"]] += 1
            side.served[row["recipient_id"]] += 1
        problem = plan.problem
        side.demand = dict(columns(problem.recipients, "recipient_id", "demand"))
        ids = problem.cadres.column("cadre_id").to_pylist()
        side.capacity = dict(zip(ids, problem.capacity().tolist(), strict=True))
        side.min_load = dict(columns(problem.cadres, "cadre_id", "min_load"))
        return side

    def step_m(self, nth: int) -> int:
        steps = self.plan.problem.policy.load.marginal_km
        return metres(steps[min(nth, len(steps)) - 1])

    def phi_m(self, load: int) -> int:
        return sum(self.step_m(nth) for nth in range(1, load + 1))

    @property
    def price_m(self) -> int:
        coverage = self.plan.problem.policy.coverage
        return metres(coverage.price_km) if coverage.mode == "priced" else 0

    def missing(self, recipient: str) -> int:
        return max(0, self.demand.get(recipient, 0) - self.served[recipient])


def columns(table: Any, *names: str) -> Any:
    return zip(*(table.column(name).to_pylist() for name in names), strict=True)


@dataclass(frozen=True)
class Changed:
    """A changed pair with what it adds."""

    pair: Pair
    is_added: bool
    cost_m: int
    load_m: int
    coverage_m: int
    missing: int
    reason: str | None


@dataclass(frozen=True)
class Recounted:
    """The chains, each a set of changed pairs, and what is repriced: pairs, load, coverage."""

    chains: list[list[Changed]]
    repriced: tuple[int, int, int, int]
    repriced_missing: int


def recount_diff(before: Plan, after: Plan) -> Recounted:
    a, b = Side.of(before), Side.of(after)
    removed, added = sorted(set(a.cost_m) - set(b.cost_m)), sorted(set(b.cost_m) - set(a.cost_m))
    links: dict[tuple[Pair, bool], list[tuple[Pair, bool]]] = defaultdict(list)
    surplus: dict[tuple[Pair, bool, int], int] = {}
    for side in (RECIPIENT, CADRE):
        for person in {pair[side] for pair in removed + added}:
            kinds = [[pair for pair in kind if pair[side] == person] for kind in (removed, added)]
            matched = min(map(len, kinds))
            for one, other in zip(*kinds, strict=False):
                links[one, False].append((other, True))
                links[other, True].append((one, False))
            for kind, is_added in zip(kinds, (False, True), strict=True):
                for nth, pair in enumerate(kind[matched:], start=1):
                    surplus[pair, is_added, side] = nth
    changed = {
        (pair, is_added): _changed(a, b, pair, is_added, surplus)
        for pair, is_added in [(p, False) for p in removed] + [(p, True) for p in added]
    }
    chains = []
    left = dict(changed)
    while left:
        waiting, chain = [next(iter(left))], []
        while waiting:
            one = waiting.pop()
            if one in left:
                chain.append(left.pop(one))
                waiting += links[one]
        chains.append(chain)
    every = changed.values()
    kept = set(a.cost_m) & set(b.cost_m)
    loads = set(a.load) | set(b.load)
    recipients = set(a.demand) | set(b.demand)
    least = {cadre: min(a.load[cadre], b.load[cadre]) for cadre in loads}
    coverage = b.price_m * sum(map(b.missing, recipients))
    coverage -= a.price_m * sum(map(a.missing, recipients))
    missing = sum(map(b.missing, recipients)) - sum(map(a.missing, recipients))
    return Recounted(
        chains,
        (
            sum(b.cost_m[pair] - a.cost_m[pair] for pair in kept),
            sum(b.phi_m(load) - a.phi_m(load) for load in least.values()),
            coverage - sum(one.coverage_m for one in every),
            0,
        ),
        missing - sum(one.missing for one in every),
    )


def _changed(
    a: Side, b: Side, pair: Pair, is_added: bool, surplus: dict[tuple[Pair, bool, int], int]
) -> Changed:
    recipient, cadre = pair
    here, sign = (b, 1) if is_added else (a, -1)
    at_cadre = surplus.get((pair, is_added, CADRE), 0)
    at_recipient = surplus.get((pair, is_added, RECIPIENT), 0)
    load_m = 0
    if at_cadre:
        load_m = sign * here.step_m(min(a.load[cadre], b.load[cadre]) + at_cadre)
    # who wants as many more, or fewer, is missing as many as before
    more = b.demand.get(recipient, 0) - a.demand.get(recipient, 0)
    missing = -sign if at_recipient > sign * more and at_recipient else 0
    price_m = b.price_m if missing > 0 else a.price_m
    return Changed(
        pair,
        is_added,
        sign * here.cost_m[pair],
        load_m,
        missing * price_m,
        missing,
        _reason(a, b, pair, is_added, at_cadre, at_recipient),
    )


def _reason(
    a: Side, b: Side, pair: Pair, is_added: bool, at_cadre: int, at_recipient: int
) -> str | None:
    recipient, cadre = pair
    wants_more = b.demand.get(recipient, 0) - a.demand.get(recipient, 0)
    too_many = a.served[recipient] - b.demand.get(recipient, 0)
    if is_added:
        if recipient in a.demand and 0 < at_recipient <= wants_more:
            return "demand"
        if pair in set(columns(b.plan.problem.locks, "recipient_id", "cadre_id")):
            return "locked"
        if 0 < at_cadre <= b.min_load[cadre] - a.load[cadre]:
            return "min_load"
        return "recipient_new" if recipient not in a.demand and at_recipient else None
    if recipient not in b.demand:
        return "recipient_gone"
    if cadre not in b.capacity:
        return "cadre_gone"
    if pair in set(columns(b.plan.problem.bans, "recipient_id", "cadre_id")):
        return "banned"
    if not may_be_made(b.plan.problem, pair):
        return "not_eligible"
    if 0 < at_cadre <= a.load[cadre] - b.capacity[cadre]:
        return "capacity"
    return "demand" if 0 < at_recipient <= too_many else None


def may_be_made(problem: Problem, pair: Pair) -> bool:
    return bool(problem.costs([pair[1]], [pair[0]])[1][0, 0])


def standing_of(problem: Problem, pairs: set[Pair]) -> tuple[int, ...] | None:
    """Return what some pairs come to on each level of a problem; None if they may not be made."""
    side = Side.of(_NoPlan(problem))  # type: ignore[arg-type]  # only its tables are read
    side.load.update(cadre for _, cadre in pairs)
    side.served.update(recipient for recipient, _ in pairs)
    if any(side.load[cadre] > most for cadre, most in side.capacity.items()):
        return None
    if any(side.served[recipient] > most for recipient, most in side.demand.items()):
        return None
    if not all(may_be_made(problem, pair) for pair in pairs):
        return None
    locks = set(columns(problem.locks, "recipient_id", "cadre_id"))
    violation = len(locks - pairs)
    violation += sum(max(0, least - side.load[cadre]) for cadre, least in side.min_load.items())
    priority = dict(columns(problem.recipients, "recipient_id", "priority"))
    ranks = {value: rank for rank, value in enumerate(sorted(set(priority.values())), start=1)}
    missing = {recipient: side.missing(recipient) for recipient in side.demand}
    cost = sum(int(problem.costs([c], [r])[0][0, 0]) for r, c in pairs)
    cost += sum(side.phi_m(load) for load in side.load.values())
    cost += side.price_m * sum(missing.values())
    if problem.policy.coverage.mode == "priced":
        return violation, cost
    return violation, sum(ranks[priority[r]] * count for r, count in missing.items()), cost


@dataclass(frozen=True)
class _NoPlan:
    problem: Problem

    @property
    def pairs(self) -> Any:
        return self.problem.current.slice(0, 0)
