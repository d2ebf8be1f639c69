"""What the independent check found, as text and as data."""

from typing import Any

from pairmatch.proof import Figures
from pairmatch.report.levels import levels_rows
from pairmatch.words import say
from pairmatch.words.layout import aligned, km


def figures_text(figures: Figures, language: str = "en") -> str:
    """Return the figures for a planner."""
    claim = say("report.proven" if figures.proven else "report.not_proven", language=language)
    recounted = {"pairs": figures.pairs, "missing": figures.missing}
    return "\n".join(
        [
            say("report.holds", {"status": str(figures.status), "claim": claim}, language),
            say("report.recounted", recounted, language),
            say("report.cost", {"cost": km(figures.objective)}, language),
            *aligned(levels_rows([level._asdict() for level in figures.levels], language)),
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
