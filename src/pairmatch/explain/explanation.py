"""What `Plan.explain` answers."""

from collections.abc import Callable
from dataclasses import dataclass, field
from typing import Any

from pairmatch.errors import check_language
from pairmatch.explain.pair import PairExplanation
from pairmatch.explain.price import Move, Price
from pairmatch.explain.rules import Change, Rule
from pairmatch.explain.telling import alternatives_lines, asked_lines, pairs_lines, say_note
from pairmatch.model.status import Status
from pairmatch.threads import Once
from pairmatch.words import Value, named, say


@dataclass(frozen=True, eq=False)
class Explanation:
    """Why a recipient has this cadre, why not that one, or whom a cadre has and who wants it.

    Attributes
    ----------
    status
        The plan's.
    recipient_id, cadre_id
        Who was asked about; one of them may be None.
    note
        ``""`` where prices are exact; ``"not_proven"`` where the plan is not proven optimal, so
        that bounds take in its gap and there is no exact price; ``"infeasible"`` where hard rules
        clash; ``"held"`` where it is only optimal among plans that are held to an earlier one, by
        ``only``, ``most_changes`` or ``change_km``; ``"unsolved"`` where there is no plan.
    asked
        The pair that was asked about, None if only one person was.
    pairs
        The pairs that the plan makes of whoever was asked about (of the recipient, if both were).
    missing
        Cadres that the recipient lacks, with ``reason``, the code of why; 0 and "" otherwise.
    """

    status: Status
    recipient_id: str | None
    cadre_id: str | None
    note: str
    asked: PairExplanation | None
    pairs: tuple[PairExplanation, ...]
    missing: int
    reason: str
    _find_alternatives: Callable[[], tuple[PairExplanation, ...]] = field(repr=False)
    _alternatives: Once[tuple[PairExplanation, ...]] = field(
        default_factory=Once, init=False, repr=False
    )

    @property
    def alternatives(self) -> tuple[PairExplanation, ...]:
        """Other pairs of the recipient, or of the cadre if it alone was asked about.

        Those of the least price, the cheapest first; found when first asked for. Where there is no
        exact price, those of the least bound.
        """
        return self._alternatives.value(self._find_alternatives)

    @property
    def may_be_made(self) -> bool | None:
        """Whether no rule forbids the pair that was asked about."""
        return None if self.asked is None else self.asked.may_be_made

    @property
    def by_rule(self) -> tuple[Rule, ...]:
        """The rules by which the pair that was asked about may not be made."""
        return () if self.asked is None else self.asked.by_rule

    @property
    def price(self) -> Price | None:
        """What the whole plan would have more with the pair that was asked about.

        If the plan makes it, nothing: see `PairExplanation.price` for the price without it.
        """
        return None if self.asked is None or self.asked.in_plan else self.asked.price

    @property
    def price_m(self) -> int | None:
        """Extra metre-equivalents of the objective with the pair that was asked about."""
        if self.asked is not None and self.asked.in_plan:
            return 0
        return None if self.price is None else self.price.price_m

    @property
    def chain(self) -> tuple[Move, ...]:
        """The moves that make room for the pair that was asked about."""
        return () if self.price is None else self.price.chain

    @property
    def changes(self) -> tuple[Change, ...]:
        """What would have to change for the pair that was asked about to be allowed or chosen."""
        return () if self.asked is None else self.asked.changes

    def text(self, language: str = "en") -> str:
        """Return what there is to say, for people; what is not known yet is found."""
        check_language(language)
        lines = say_note(self.note, language)
        lines += pairs_lines(self.recipient_id, self.cadre_id, self.pairs, language)
        if self.missing:
            lacking: dict[str, Value] = {
                "recipient": self.recipient_id or "",
                "missing": self.missing,
                "reason": named("reason_name", self.reason, language),
            }
            lines.append(say("explain.lacks", lacking, language))
        if self.asked is not None:
            lines += asked_lines(self.asked, self.note, language)
        key = "who_else" if self.recipient_id is None else "alternatives"
        lines += alternatives_lines(key, self.alternatives, language)
        return "\n".join(lines)

    __str__ = text

    def document(self, language: str = "en") -> dict[str, Any]:
        """Return plain data for JSON, with all prices."""
        check_language(language)
        return {
            "status": str(self.status),
            "recipient_id": self.recipient_id,
            "cadre_id": self.cadre_id,
            "note": self.note,
            "asked": None if self.asked is None else self.asked.document(language),
            "pairs": [pair.document(language) for pair in self.pairs],
            "alternatives": [pair.document(language) for pair in self.alternatives],
            "missing": self.missing,
            "reason": self.reason,
        }
