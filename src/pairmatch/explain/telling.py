"""An explanation in words, a line for each thing."""

from collections.abc import Sequence

from pairmatch.explain.pair import PairExplanation
from pairmatch.explain.price import Action, Move, Price
from pairmatch.words import Value, listed, say
from pairmatch.words.layout import aligned, km


def say_note(note: str, language: str) -> list[str]:
    """Return what has to be known first."""
    return [say(f"explain.{note}", language=language)] if note else []


def pairs_lines(
    recipient_id: str | None,
    cadre_id: str | None,
    pairs: Sequence[PairExplanation],
    language: str,
) -> list[str]:
    """Return whom a recipient or a cadre has in the plan, and at what cost."""
    one_recipient = recipient_id is not None
    who: dict[str, Value] = {"id": (recipient_id if one_recipient else cadre_id) or ""}
    if not pairs:
        return [say(f"explain.{'no_cadre' if one_recipient else 'nobody'}", who, language)]
    lines = [say(f"explain.{'has_cadres' if one_recipient else 'has_recipients'}", who, language)]
    for pair in pairs:
        named_pair: dict[str, Value] = {
            "id": pair.cadre_id if one_recipient else pair.recipient_id,
            "terms": _terms(pair, language),
            "cost": km(pair.cost_m or 0),
        }
        lines.append(say("explain.pair", named_pair, language))
        if pair.locked:
            lines.append(say("explain.is_locked", language=language))
        elif pair.price is not None:
            without: dict[str, Value] = {"extra": extra_text(pair.price, language)}
            lines.append(say("explain.without", without, language))
    return lines


def asked_lines(pair: PairExplanation, note: str, language: str) -> list[str]:
    """Return why the pair that was asked about is not made."""
    who: dict[str, Value] = {"recipient": pair.recipient_id, "cadre": pair.cadre_id}
    if pair.in_plan:
        lines = [say("explain.made", who, language)]
        return lines + chain_lines("chain_without", pair.price, language)
    if pair.by_rule:
        lines = [say("explain.forbidden", who, language)]
        for rule in pair.by_rule:
            lines.append(say("explain.rule", {"text": rule.text(language)}, language))
        return lines + _changes("to_allow", pair, language)
    lines = [
        say(
            "explain.may_be_made",
            {**who, "terms": _terms(pair, language), "cost": km(pair.cost_m or 0)},
            language,
        )
    ]
    if pair.price is None:
        if not note:
            lines.append(say("explain.no_plan", language=language))
        elif pair.least_m is not None:
            lines.append(say("explain.at_least", {"least": km(pair.least_m)}, language))
        return lines
    lines.append(say("explain.price", {"extra": extra_text(pair.price, language)}, language))
    lines += chain_lines("chain", pair.price, language)
    return lines + _changes("to_choose", pair, language)


def chain_lines(head: str, price: Price | None, language: str) -> list[str]:
    """Return the moves of a price."""
    if price is None or not price.chain:
        return []
    how = say(f"explain.{price.method}", language=language)
    lines = [say(f"explain.{head}", {"how": how}, language)]
    rows = [(_move(move, language), signed_km(move.cost_m)) for move in price.chain]
    return lines + aligned(rows, "    ")


def alternatives_lines(key: str, pairs: Sequence[PairExplanation], language: str) -> list[str]:
    """Return other pairs with what each would cost."""
    if not pairs:
        return []
    lines = [say(f"explain.{key}", language=language)]
    rows = []
    for pair in pairs:
        if pair.price is not None:
            extra = extra_text(pair.price, language)
        elif pair.least_m is not None:
            extra = say("explain.or_more", {"least": km(pair.least_m)}, language)
        else:
            extra = say("explain.not_known", language=language)
        who = pair.recipient_id if key == "who_else" else pair.cadre_id
        rows.append((who, extra, km(pair.cost_m or 0), listed(_terms(pair, language), language)))
    heads = ("head_id", "head_extra", "head_cost", "head_terms")
    header = tuple(say(f"explain.{name}", language=language) for name in heads)
    return lines + aligned([header, *rows])


def extra_text(price: Price, language: str) -> str:
    """Return what the whole plan would have more, the most important level first."""
    parts = []
    for name, extra in price.levels:
        if name == price.levels[-1][0]:
            parts.append(signed_km(extra))
        elif extra:
            level: dict[str, Value] = {"level": name, "extra": f"{extra:+,}"}
            parts.append(say("explain.level", level, language))
    for priority, extra in price.missing_by_priority:
        said: dict[str, Value] = {"priority": priority, "extra": f"{extra:+,}"}
        parts.append(say("explain.at_priority", said, language))
    return listed(parts, language)


def signed_km(metres: int) -> str:
    """Return kilometres with a sign."""
    return f"+{km(metres)}" if metres >= 0 else km(metres)


def _terms(pair: PairExplanation, language: str) -> tuple[str, ...]:
    return tuple(
        say("explain.term", {"term": name, "cost": km(term)}, language)
        for name, term in pair.terms.items()
        if term
    )


def _changes(head: str, pair: PairExplanation, language: str) -> list[str]:
    if not pair.changes:
        return []
    said = [
        say("explain.change", {"text": change.text(language)}, language) for change in pair.changes
    ]
    return [say(f"explain.{head}", language=language), *said]


def _move(move: Move, language: str) -> str:
    who: dict[str, Value] = {
        "recipient": move.recipient_id or "",
        "cadre": move.cadre_id or "",
        "nth": move.nth or 0,
    }
    if move.action in (Action.LOAD, Action.MISSING):
        direction = "more" if move.change > 0 else "fewer"
        return say(f"move.{move.action}_{direction}", who, language)
    return say(f"move.{move.action}", who, language)
