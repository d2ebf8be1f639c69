"""The summary of a plan as text."""

from typing import Any

from pairmatch.plan import Plan
from pairmatch.report.numbers import km, level_value
from pairmatch.report.problem import notes_text, source_text
from pairmatch.report.table import aligned
from pairmatch.words.en.grammar import counted

_SCOPES = {
    "ALL_PAIRS": "every eligible pair was priced",
    "CANDIDATE_ARCS": "not every eligible pair was priced",
}


def summary_text(plan: Plan) -> str:
    """Return what a plan amounts to, for a planner: no line is about one person.

    Parameters
    ----------
    plan
        Any plan, also one that was stopped.

    Returns
    -------
    str
        Lines without a newline at the end.
    """
    summary = plan.summary()
    parts = [
        [f"{summary['status']}: {summary['advice']}"],
        _people(summary),
        _objective(summary),
        _proof(summary),
        _diagnosis(summary),
        notes_text(summary["notes"]),
        source_text(summary["files"], summary["digest"]),
        _effort(summary),
    ]
    return "\n\n".join("\n".join(lines) for lines in parts if lines)


def _people(summary: dict[str, Any]) -> list[str]:
    rows = [
        ("cadres", f"{summary['cadres']:,}"),
        ("recipients", f"{summary['recipients']:,}"),
        ("pairs", f"{summary['pairs']:,}"),
    ]
    optional = {
        "kept": "  of them kept",
        "by_exception": "  of them allowed, not preferred",
        "households_split": "households with several cadres",
    }
    rows += [(words, f"{summary[key]:,}") for key, words in optional.items() if summary[key]]
    rows.append(("cadres not found", f"{summary['missing']:,}"))
    rows += [
        (f"  {reason.replace('_', ' ')}", f"{count:,}")
        for reason, count in summary["unmatched_by_reason"].items()
    ]
    by_priority = summary["missing_by_priority"]
    if len(by_priority) > 1:
        rows += [(f"  at priority {level}", f"{n:,}") for level, n in by_priority.items()]
    return ["People", *aligned(rows)]


def _objective(summary: dict[str, Any]) -> list[str]:
    terms = [(name, km(value)) for name, value in summary["objective_terms"].items() if value]
    rows = [*terms, ("in all", km(summary["objective"]))]
    return ["Cost in kilometres and what the policy counts as such", *aligned(rows)]


def _proof(summary: dict[str, Any]) -> list[str]:
    rows = [("level", "value", "bound", "gap")]
    rows += [
        (
            level["name"],
            *(level_value(level["name"], level[key]) for key in ("value", "bound", "gap")),
        )
        for level in summary["levels"]
    ]
    scope = summary["scope"]
    return [f"Proof: {scope}, {_SCOPES[scope]}", *aligned(rows)]


def _diagnosis(summary: dict[str, Any]) -> list[str]:
    found = summary["diagnosis"]
    return ["Diagnosis", *(f"  {line}" for line in found.splitlines())] if found else []


def _effort(summary: dict[str, Any]) -> list[str]:
    seconds = dict(summary["seconds"])
    compiling = seconds.pop("compile", 0.0)
    total = seconds.pop("total") - compiling
    phases = ", ".join(f"{name} {value:.1f}" for name, value in seconds.items())
    sizes = (
        f"{summary['cadre_classes']:,} x {summary['recipient_classes']:,} classes, "
        f"{counted(summary['arcs'], 'arc')}, {counted(summary['rounds'], 'round')}, "
        f"engine {summary['engine']}"
    )
    lines = [
        f"{total:.1f} s of solving ({phases}), {summary['peak_memory_mb']:,.0f} MB at peak",
        sizes,
    ]
    if compiling:
        lines.append(
            f"{compiling:.1f} s before it, to load compiled code, or to compile it on first use"
        )
    return lines
