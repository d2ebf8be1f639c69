"""What differs between two plans, as text for a planner."""

from collections.abc import Iterator, Mapping, Sequence
from itertools import islice
from typing import Any

import pyarrow as pa

from pairmatch.model.labels import LabelsPolicy
from pairmatch.model.status import Status
from pairmatch.words import named, say
from pairmatch.words.layout import aligned, km

_ROWS_SHOWN = 10
_MOVES_SHOWN = 20
_DASH = "-"
_CHAIN_CAUSES = ("forced", "gain", "tie", "loss")
_REPRICED = ("pairs", "load", "coverage", "changes")


def diff_text(
    summary: Mapping[str, Any], chains: pa.Table, language: str, labels: LabelsPolicy
) -> str:
    """Return counts, costs, and the first few moves.

    Parameters
    ----------
    summary
        As `Diff.summary` returns it.
    chains
        The table of chains.
    labels
        The policy's.
    """
    parts = [
        _head(summary, language),
        _causes(summary, language),
        _objective(summary, language),
        _why(summary, language),
        _groups("counties", _counties(summary["by_area"]), language),
        _groups("categories", _categories(summary["by_category"], language, labels), language),
        _moves(chains, summary["changes"], language),
    ]
    return "\n\n".join("\n".join(lines) for lines in parts if lines)


def _said(name: str, language: str) -> str:
    return say(f"diff.{name}", language=language)


def _head(summary: Mapping[str, Any], language: str) -> list[str]:
    counts = {name: summary[name] for name in ("removed", "added", "kept")}
    lines = [say("diff.counts" if summary["changes"] else "diff.same", counts, language)]
    for when, status in summary["status"].items():
        if status != Status.OPTIMAL:
            lines.append(say(f"diff.{when}_status", {"status": status}, language))
    missing = summary["missing"]
    if missing["before"] or missing["after"]:
        lines.append(say("diff.missing", missing, language))
    return lines


def _causes(summary: Mapping[str, Any], language: str) -> list[str]:
    if not summary["changes"]:
        return []
    rows = [["", _said("of_changes", language), _said("of_chains", language)]]
    for cause, count in summary["changes_by_cause"].items():
        if not count:
            continue
        chains = summary["chains_by_cause"][cause]
        shown = f"{chains:,}" if cause in _CHAIN_CAUSES else ""
        rows.append([named("cause", cause, language), f"{count:,}", shown])
        if cause == "forced":
            rows += [
                [f"  {named('change_reason', reason, language)}", f"{forced:,}", ""]
                for reason, forced in summary["reasons"].items()
            ]
    return [_said("changes", language), *aligned(rows)]


def _objective(summary: Mapping[str, Any], language: str) -> list[str]:
    columns = ("before", "after", "difference")
    rows = [[_said(name, language) for name in ("term", *columns)]]
    rows += [
        _numbers(named("term", row["term"], language), [row[f"{name}_m"] for name in columns])
        for row in summary["terms"]
        if row["before_m"] or row["after_m"]
    ]
    objective, continuity = summary["objective"], summary["continuity"]
    if continuity["before"] or continuity["after"]:
        without = [objective[name] - continuity[name] for name in columns]
        rows.append(_numbers(_said("without_continuity", language), without))
        rows.append(_numbers(_said("continuity", language), [continuity[n] for n in columns]))
    rows.append(_numbers(_said("in_all", language), [objective[name] for name in columns]))
    return [_said("objective", language), *aligned(rows)]


def _why(summary: Mapping[str, Any], language: str) -> list[str]:
    parts = [(f"chains_{cause}", summary["chains_m"][cause]) for cause in _CHAIN_CAUSES]
    parts += [(f"repriced_{part}", summary["repriced_m"][part]) for part in _REPRICED]
    rows = [_numbers(_said(name, language), [value]) for name, value in parts if value]
    if not rows:
        return []
    rows.append(_numbers(_said("in_all", language), [summary["objective"]["difference"]]))
    return [_said("why", language), *aligned(rows)]


def _numbers(name: str, metres: Sequence[int]) -> list[str]:
    return [name, *map(km, metres)]


def _counties(totals: Sequence[Mapping[str, Any]]) -> list[tuple[str, int]]:
    counties = [row for row in totals if row["level"] in ("county", None)]
    return [(row["name"] or row["area"] or _DASH, row["changes"]) for row in counties]


def _categories(
    totals: Sequence[Mapping[str, Any]], language: str, labels: LabelsPolicy
) -> list[tuple[str, int]]:
    return [(labels.category(row["category"], language), row["changes"]) for row in totals]


def _groups(title: str, counts: list[tuple[str, int]], language: str) -> list[str]:
    """Return a line for each group, those with the most changes first."""
    if not counts:
        return []
    most = sorted(counts, key=lambda one: -one[1])
    rows = [(name, f"{count:,}") for name, count in most[:_ROWS_SHOWN]]
    return [_said(title, language), *aligned(rows), *_more(len(most) - len(rows), language)]


def _more(count: int, language: str) -> list[str]:
    return [say("diff.more_rows", {"count": count}, language)] if count > 0 else []


def _moves(chains: pa.Table, changes: int, language: str) -> list[str]:
    """Return a line for each of the first moves, chain by chain."""
    if not chains.num_rows:
        return []
    header = ("recipient", "before", "after", "chain", "cost")
    nobody = _said("nobody", language)
    rows = [
        [recipient, was or nobody, now or nobody, f"{chain}", km(cost_m)]
        for recipient, was, now, chain, cost_m in islice(_recipients(chains), _MOVES_SHOWN)
    ]
    return [
        _said("first_moves", language),
        *aligned([[_said(name, language) for name in header], *rows]),
        *_more(changes - len(rows), language),
    ]


def _recipients(chains: pa.Table) -> Iterator[tuple[str, str | None, str | None, int, int]]:
    """Yield recipient, cadre before and after, chain, and cost, in the order of the moves."""
    numbers, moves = chains.column("chain"), chains.column("moves")
    for number, of_chain in zip(numbers, moves, strict=True):
        # a chain may be very long: two moves of a recipient, and one to see where the last goes
        first = of_chain.values.slice(0, 2 * _MOVES_SHOWN + 1).to_pylist()
        yield from ((*move[:3], number.as_py(), move[3]) for move in _joined(first))


def _joined(
    moves: Sequence[Mapping[str, Any]],
) -> Iterator[tuple[str, str | None, str | None, int]]:
    """Join a pair removed with the one that is added to the same recipient."""
    waiting: Mapping[str, Any] | None = None
    for move in moves:
        if move["change"] == "removed":
            if waiting is not None:
                yield waiting["recipient_id"], waiting["cadre_id"], None, -waiting["cost_m"]
            waiting = move
        elif waiting is not None:
            cost = move["cost_m"] - waiting["cost_m"]
            yield move["recipient_id"], waiting["cadre_id"], move["cadre_id"], cost
            waiting = None
        else:
            yield move["recipient_id"], None, move["cadre_id"], move["cost_m"]
    if waiting is not None:
        yield waiting["recipient_id"], waiting["cadre_id"], None, -waiting["cost_m"]
