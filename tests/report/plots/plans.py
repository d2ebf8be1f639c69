"""Plans to draw, and what was drawn."""

from collections.abc import Iterator
from functools import cache
from io import BytesIO
from typing import Any

from matplotlib.axes import Axes
from matplotlib.figure import Figure
from matplotlib.text import Text

import pairmatch as pm

AREAS: dict[str, list[Any]] = {
    "area": ["62", "6201", "620102", "620103", "6202", "620201"],
    "name": ["甘肃省", "兰州市", "城关区", "七里河区", "甲市", "城关区"],
    "level": ["province", "prefecture", "county", "county", "prefecture", "county"],
    "parent": [None, "62", "6201", "6201", "62", "6202"],
    "lon": [103.8, 103.8, 103.82, 103.78, 104.5, 104.6],
    "lat": [36.0, 36.0, 36.05, 36.06, 35.5, 35.6],
}


@cache
def county() -> pm.Plan:
    """Return five pairs of six cadres: one in the province's office, two in one county each."""
    return pm.solve(
        pm.Problem.from_tables(
            cadres={
                "cadre_id": ["c1", "c2", "c3", "c4", "c5", "c6"],
                "unit_id": ["u"] * 6,
                "rank": ["bureau", "staff", "staff", "division", "staff", "staff"],
                "area": ["62", "620102", "620102", "620103", "620103", "620103"],
                "capacity": [1, 2, 1, 0, 1, 1],
            },
            recipients={
                "recipient_id": ["r1", "r2", "r3", "r4", "r5"],
                "category": ["orphan", *["severely_disabled"] * 3, "destitute_household"],
                "area": ["620201", "620102", "620102", "620102", "620103"],
            },
            areas=AREAS,
        )
    )


@cache
def stopped() -> pm.Plan:
    """Return a plan without pairs."""
    return pm.solve(county().problem, time_limit=1e-9)


@cache
def empty() -> pm.Plan:
    """Return a plan of nobody."""
    cadres: dict[str, list[str]] = {"cadre_id": [], "unit_id": [], "rank": []}
    recipients: dict[str, list[str]] = {"recipient_id": [], "category": [], "area": []}
    return pm.solve(pm.Problem.from_tables(cadres=cadres, recipients=recipients))


def figure_of(ax: Axes) -> Figure:
    """Return the figure, drawn: what has no glyph is a warning, and so an error."""
    figure = ax.get_figure(root=True)
    assert figure is not None
    figure.savefig(BytesIO(), format="png", dpi=40)
    return figure


def texts(ax: Axes) -> Iterator[str]:
    """Yield all texts that are seen."""
    for text in figure_of(ax).findobj(Text):
        assert isinstance(text, Text)
        if text.get_visible() and text.get_text():
            yield text.get_text()


def marks(ax: Axes) -> tuple[list[str], list[str]]:
    """Return what stands beside the marks of both axes."""
    return (
        [text.get_text() for text in ax.get_xticklabels()],
        [text.get_text() for text in ax.get_yticklabels()],
    )


def legend(ax: Axes) -> list[str]:
    """Return the texts of the legend."""
    found = ax.get_legend()
    assert found is not None
    return [text.get_text() for text in found.get_texts()]
