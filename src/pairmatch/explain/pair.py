"""What there is to say about one pair."""

from collections.abc import Callable
from dataclasses import dataclass, field
from typing import Any

from pairmatch.errors import check_language
from pairmatch.explain.price import Move, Price
from pairmatch.explain.rules import Change, Rule
from pairmatch.threads import Once


@dataclass(frozen=True, eq=False)
class PairExplanation:
    """One pair, made or not.

    Attributes
    ----------
    recipient_id, cadre_id
        Who.
    in_plan, kept, locked
        Whether the plan makes it, whether it is a current pair, and whether it is a lock.
    by_rule
        The rules by which it may not be made; none if it may.
    terms
        What the pair costs by term, metre-equivalents; empty where rules of the policy forbid it.
    cost_m
        Their sum, None if there is none.
    least_m, most_m
        Bounds on ``price_m``, known at once, as long as the levels above do not change: its reduced
        cost, and what it costs that others step aside in the simplest way; None where none is
        known.
    """

    recipient_id: str
    cadre_id: str
    in_plan: bool
    kept: bool
    locked: bool
    by_rule: tuple[Rule, ...]
    terms: dict[str, int]
    cost_m: int | None
    least_m: int | None
    most_m: int | None
    _find_price: Callable[[], Price | None] = field(repr=False)
    _find_changes: Callable[[Price | None], tuple[Change, ...]] = field(repr=False)
    _price: Once[Price | None] = field(default_factory=Once, init=False, repr=False)

    @property
    def may_be_made(self) -> bool:
        """Whether no rule forbids the pair by itself."""
        return not self.by_rule

    @property
    def price(self) -> Price | None:
        """What the whole plan would have more.

        Of a pair that is not made, if it were; of one that is made, without it. It is exact, and
        found when first asked for. None where a rule forbids the pair, where every plan with it
        breaks a further hard rule or lock, and where the plan is not proven.
        """
        return self._price.value(self._find_price)

    @property
    def price_m(self) -> int | None:
        """Extra metre-equivalents of the objective in ``price``."""
        return None if self.price is None else self.price.price_m

    @property
    def chain(self) -> tuple[Move, ...]:
        """The moves of ``price``, whose costs add up to it."""
        return () if self.price is None else self.price.chain

    @property
    def changes(self) -> tuple[Change, ...]:
        """What would have to change for the pair to be allowed, or to be chosen."""
        if self.by_rule:
            return tuple(rule.change for rule in self.by_rule)
        return () if self.in_plan else self._find_changes(self.price)

    def document(self, language: str = "en", *, exact: bool = True) -> dict[str, Any]:
        """Return plain data for JSON; without ``exact`` no price is sought."""
        check_language(language)
        found: dict[str, Any] = {
            "recipient_id": self.recipient_id,
            "cadre_id": self.cadre_id,
            "in_plan": self.in_plan,
            "kept": self.kept,
            "locked": self.locked,
            "may_be_made": self.may_be_made,
            "by_rule": [rule.document(language) for rule in self.by_rule],
            "terms": dict(self.terms),
            "cost_m": self.cost_m,
            "least_m": self.least_m,
            "most_m": self.most_m,
        }
        if exact:
            found["price"] = None if self.price is None else self.price.document()
            found["changes"] = [change.document(language) for change in self.changes]
        return found
