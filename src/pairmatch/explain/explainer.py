"""Explains one plan, as often as asked: what the questions share is made once."""

from threading import Lock
from weakref import WeakKeyDictionary

import numpy as np
import pyarrow as pa

from pairmatch.errors import Finding, InputError
from pairmatch.explain.explanation import Explanation
from pairmatch.explain.network import ResidualNetwork
from pairmatch.explain.pair import PairExplanation
from pairmatch.explain.path import NO_PATH
from pairmatch.explain.placed import level_duals, placed
from pairmatch.explain.price import Accounts, Price
from pairmatch.explain.reduced import cheapest_first, reduced_costs, unmade_pairs
from pairmatch.explain.rules import Change, changes_to_choose, rules_against, terms_of
from pairmatch.explain.solved_again import changes_with
from pairmatch.explain.stepping_aside import simplest_price_m
from pairmatch.formulate.costs import TERMS
from pairmatch.model.status import Status
from pairmatch.options import Options
from pairmatch.plan import Plan
from pairmatch.tables.positions import Column, positions_in_order
from pairmatch.threads import Once

__all__ = ["Explainer", "Explanation", "explain"]

# so many times the alternatives that are wanted are priced one by one
_FEW = 3

_kept: "WeakKeyDictionary[Plan, Explainer]" = WeakKeyDictionary()
_keeping = Lock()


def explain(
    plan: Plan, recipient_id: str | None, cadre_id: str | None, alternatives: int
) -> Explanation:
    """Explain a pair, or a person; see `Plan.explain`."""
    _check(recipient_id, cadre_id, alternatives)
    with _keeping:
        explainer = _kept.get(plan)
        if explainer is None:
            explainer = _kept[plan] = Explainer(plan)
    return explainer.explain(recipient_id, cadre_id, alternatives)


class Explainer:
    """Answers questions about one plan."""

    def __init__(self, plan: Plan) -> None:
        self._problem, self._status = plan.problem, plan.status
        if plan.start is not None and plan.start.is_bound:
            # the best plan that may be, but not the best of all
            self._status = Status.FEASIBLE
        self._unmatched, self._gap = plan.unmatched, plan.certificate.gap
        is_held = plan.start is not None and plan.start.is_bound
        self._note = _note(plan.status, is_held=is_held)
        self._placed = placed(plan)
        self._duals = level_duals(plan)
        self._cadre_id: Column = plan.problem.cadres.column("cadre_id")
        self._recipient_id: Column = plan.problem.recipients.column("recipient_id")
        self._accounts = Accounts(self._placed, self._cadre_id, self._recipient_id)
        self._network_once: Once[ResidualNetwork] = Once()

    @property
    def _network(self) -> ResidualNetwork:
        return self._network_once.value(lambda: ResidualNetwork(self._placed, self._duals))

    def explain(
        self, recipient_id: str | None, cadre_id: str | None, alternatives: int
    ) -> Explanation:
        """Explain a pair, or a person; see `Plan.explain`."""
        recipient, cadre = self._positions(recipient_id, cadre_id)
        if recipient is not None:
            pairs = [(other, recipient) for other in self._placed.cadres_of(recipient).tolist()]
        else:
            of_cadre = self._placed.recipients_of(cadre or 0).tolist()
            pairs = [(cadre or 0, other) for other in of_cadre]
        asked = None
        if cadre is not None and recipient is not None:
            asked = self._pair(cadre, recipient)
        missing = 0 if recipient is None else int(self._placed.missing[recipient])
        return Explanation(
            status=self._status,
            recipient_id=recipient_id,
            cadre_id=cadre_id,
            note=self._note,
            asked=asked,
            pairs=tuple(self._pair(*pair) for pair in pairs),
            missing=missing,
            reason=self._reason(recipient_id) if missing else "",
            _find_alternatives=lambda: self._alternatives(cadre, recipient, alternatives),
        )

    def _positions(
        self, recipient_id: str | None, cadre_id: str | None
    ) -> tuple[int | None, int | None]:
        found: list[int | None] = []
        unknown = []
        for name, one, ids in (
            ("recipient", recipient_id, self._recipient_id),
            ("cadre", cadre_id, self._cadre_id),
        ):
            at = None
            if one is not None:
                at = int(positions_in_order(pa.array([one], pa.string()), ids)[0])
                if at < 0:
                    unknown.append(Finding(f"unknown_{name}.asked", f"{name}s", f"{name}_id"))
            found.append(at)
        if unknown:
            raise InputError(unknown)
        recipient, cadre = found
        return recipient, cadre

    def _reason(self, recipient_id: str | None) -> str:
        ids = self._unmatched.column("recipient_id")
        return str(self._unmatched.column("reason")[ids.index(recipient_id).as_py()].as_py())

    def _pair(self, cadre: int, recipient: int) -> PairExplanation:
        at = self._placed.special(cadre, recipient)
        special = self._placed.formulation.special_pairs
        terms = dict(zip(TERMS, terms_of(self._placed, cadre, recipient), strict=True))
        has_cost = min(terms.values()) >= 0
        if at >= 0:
            terms["adjustment"] = int(special.adjustment_m[at])
            terms["continuity"] = -int(special.saving_m[at])
        in_plan = self._placed.has(cadre, recipient)
        by_rule = () if in_plan else rules_against(self._problem, self._placed, cadre, recipient)
        bounds = (None, None) if in_plan or by_rule else self._bounds(cadre, recipient)
        return PairExplanation(
            recipient_id=self._recipient_id[recipient].as_py(),
            cadre_id=self._cadre_id[cadre].as_py(),
            in_plan=in_plan,
            kept=at >= 0 and bool(special.current[at]),
            locked=at >= 0 and bool(special.locked[at]),
            by_rule=by_rule,
            terms=terms if has_cost else {},
            cost_m=sum(terms.values()) if has_cost else None,
            least_m=bounds[0],
            most_m=bounds[1],
            _find_price=lambda: None if by_rule else self._price(cadre, recipient),
            _find_changes=lambda price: self._changes(cadre, recipient, price),
        )

    def _bounds(self, cadre: int, recipient: int) -> tuple[int | None, int | None]:
        """Return bounds on the price in metres, if no level above changes."""
        one = np.array([cadre]), np.array([recipient])
        reduced, _ = reduced_costs(self._placed, self._duals, *one)
        is_known = self._gap is not None and self._note != "held"
        least = max(0, int(reduced[-1, 0])) - (self._gap or 0) if is_known else None
        if self._note:
            return least, None
        return least, simplest_price_m(self._placed, self._accounts, cadre, recipient)

    def _price(self, cadre: int, recipient: int) -> Price | None:
        if self._note:
            return None
        lock = not self._placed.has(cadre, recipient)
        if not lock and self._placed.is_locked(cadre, recipient):
            return None
        path = self._network.between(cadre, recipient, make=lock)
        if path is NO_PATH:
            return None
        if path is not None:
            changes = [(cadre, recipient, 1 if lock else -1), *path.changes()]
            return self._accounts.price(changes, "path")
        chain, rest = changes_with(self._placed, cadre, recipient, lock=lock)
        if not chain:
            return None
        price = self._accounts.price(chain, "solve")
        whole = self._accounts.price([*chain, *rest], "solve")
        # where something is gained, the plan is not what its certificate says
        is_sound = whole.order == price.order >= (0,) * len(price.order)
        return price if is_sound else None

    def _changes(self, cadre: int, recipient: int, price: Price | None) -> tuple[Change, ...]:
        """Return what would make the pair part of a plan that is no worse."""
        if price is None or any(price.order[:-1]):
            return ()
        return changes_to_choose(self._placed, cadre, recipient, price.price_m)

    def _alternatives(
        self, cadre: int | None, recipient: int | None, most: int
    ) -> tuple[PairExplanation, ...]:
        """Return the pairs of the least price: until no other can have a lower one."""
        if most == 0 or self._status is Status.UNSOLVED:
            return ()
        unmade = unmade_pairs(self._placed, None if recipient is not None else cadre, recipient)
        cadres, recipients, reduced = cheapest_first(self._placed, self._duals, *unmade)
        found: list[tuple[tuple[int, ...], int, PairExplanation]] = []
        for n, (i, j) in enumerate(zip(cadres.tolist(), recipients.tolist(), strict=True)):
            if len(found) >= most and tuple(reduced[:, n].tolist()) >= found[most - 1][0]:
                break
            if n == _FEW * most and not self._note:
                # reduced costs do not tell enough: prices are far above them
                others = recipients if recipient is None else cadres
                closest = self._network.closest(cadre, recipient, others, most)
                if closest is not None:
                    return self._by_price(cadre, recipient, closest.tolist())
            pair = self._pair(i, j)
            if pair.by_rule:
                continue
            if pair.price is None:
                if not self._note:
                    continue
                weighed = tuple(reduced[:, n].tolist())
            else:
                weighed = self._weighed(pair.price)
            found.append((weighed, n, pair))
            found.sort(key=lambda one: one[:2])
        return tuple(pair for _, _, pair in found[:most])

    def _by_price(
        self, cadre: int | None, recipient: int | None, others: list[int]
    ) -> tuple[PairExplanation, ...]:
        if recipient is not None:
            pairs = [self._pair(other, recipient) for other in sorted(others)]
        else:
            pairs = [self._pair(cadre or 0, other) for other in sorted(others)]
        return tuple(sorted(pairs, key=lambda pair: pair.price.order if pair.price else ()))

    def _weighed(self, price: Price) -> tuple[int, ...]:
        """Return a price as reduced costs are: each level at its own prices, with those above."""
        return tuple(
            sum(weight * extra for weight, extra in zip(level.prices, price.order, strict=True))
            for level in self._duals
        )


def _note(status: Status, *, is_held: bool) -> str:
    """Return why there are no exact prices; nothing where there are."""
    if status in (Status.UNSOLVED, Status.INFEASIBLE):
        return status.lower()
    if status is not Status.OPTIMAL:
        return "not_proven"
    return "held" if is_held else ""


def _check(recipient_id: object, cadre_id: object, alternatives: object) -> None:
    options = Options()
    options.integer("alternatives", alternatives, 0, "integer_from_0")
    if recipient_id is None and cadre_id is None:
        options.refuse("nobody_named", "recipient_id")
    for name, value in (("recipient_id", recipient_id), ("cadre_id", cadre_id)):
        if value is not None and not isinstance(value, str):
            given = type(value).__name__
            options.refuse("wrong_type.id", name, given=given)
    options.check()
