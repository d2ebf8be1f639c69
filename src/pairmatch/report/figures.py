"""What the independent check found, as text and as data."""

from typing import Any

from pairmatch.proof import Figures
from pairmatch.report.numbers import km, level_value
from pairmatch.report.table import aligned
from pairmatch.words.en.grammar import counted


def figures_text(figures: Figures) -> str:
    """Return the figures for a planner."""
    claim = "proven: no plan is better" if figures.proven else "the bounds hold, with a gap"
    rows: list[tuple[str, ...]] = [("level", "value", "bound", "gap")]
    rows += [
        (level.name, *(level_value(level.name, n) for n in (level.value, level.bound, level.gap)))
        for level in figures.levels
    ]
    pairs, missing = counted(figures.pairs, "pair"), counted(figures.missing, "cadre")
    return "\n".join(
        [
            f"The plan holds ({figures.status}); {claim}.",
            f"{pairs} and {missing} not found, recounted",
            f"cost {km(figures.objective)}",
            *aligned(rows),
        ]
    )


def figures_document(figures: Figures) -> dict[str, Any]:
    """Return the figures for programs."""
    return {
        "holds": True,
        "proven": figures.proven,
        "status": str(figures.status),
        "objective": figures.objective,
        "objective_terms": dict(figures.objective_terms),
        "levels": [level._asdict() for level in figures.levels],
        "pairs": figures.pairs,
        "missing": figures.missing,
    }
