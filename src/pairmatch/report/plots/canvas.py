"""What all plots share: axes, colours, numbers, and the title."""

from collections.abc import Sequence

from matplotlib import colormaps
from matplotlib.axes import Axes
from matplotlib.axis import Axis
from matplotlib.figure import Figure
from matplotlib.ticker import MaxNLocator, StrMethodFormatter

from pairmatch.plan import Plan
from pairmatch.report.plots.lettering import Lettering
from pairmatch.words import Parameters, say
from pairmatch.words.layout import wrapped

MAP = "cividis"
"""Colours from dark to light: seen alike by those who are colour-blind, and in order in grey."""

Colour = tuple[float, float, float, float]

_DARKEST, _LIGHTEST = 0.05, 0.95
_SIZE = (8.0, 4.8)
# a line of the title: its shortest, and the width of a letter in inches
_LEAST_PLACES, _PLACE = 30, 0.075


def axes_of(ax: Axes | None, size: tuple[float, float] = _SIZE) -> Axes:
    """Return axes to draw on: the given ones, or those of a new figure of a size in inches.

    The new figure is none of pyplot's: it needs no window, and goes when nobody holds it.
    """
    return Figure(figsize=size, layout="constrained").add_subplot() if ax is None else ax


def colours(count: int) -> Sequence[Colour]:
    """Return colours whose lightness differs as much as it can, the darkest first."""
    step = (_LIGHTEST - _DARKEST) / max(1, count - 1)
    drawn = colormaps[MAP]
    return [drawn(_DARKEST + step * nth) for nth in range(count)]


def count_along(axis: Axis) -> None:
    """Give an axis whole numbers with separators of thousands."""
    axis.set_major_locator(MaxNLocator(nbins="auto", integer=True, steps=[1, 2, 5, 10]))
    axis.set_major_formatter(StrMethodFormatter("{x:,.0f}"))


def title_of(plan: Plan, ax: Axes, letters: Lettering, name: str) -> str:
    """Return a title with status, scope of the proof and sizes, in lines as wide as the axes."""
    scope = str(plan.certificate.scope)
    what = say(f"report.{scope}", language=letters.language)
    sizes: Parameters = {
        "cadres": plan.problem.cadres.num_rows,
        "recipients": plan.problem.recipients.num_rows,
        "pairs": plan.pairs.num_rows,
        "missing": plan.missing,
    }
    most = max(_LEAST_PLACES, int(ax.get_window_extent().width / ax.figure.dpi / _PLACE))
    proof = {"status": str(plan.status), "scope": scope, "what": what}
    lines = [letters.say(name), letters.say("scope", proof), letters.say("sizes", sizes)]
    return "\n".join(part for line in lines for part in wrapped(line, most))


def say_instead(ax: Axes, letters: Lettering, name: str) -> None:
    """Write in the middle of axes why there is nothing to see."""
    ax.set_xticks([])
    ax.set_yticks([])
    text = ax.text(0.5, 0.5, letters.say(name), ha="center", va="center", transform=ax.transAxes)
    letters.dress(text)
