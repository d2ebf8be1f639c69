"""The plot of distances."""

import numpy as np
from matplotlib.axes import Axes
from matplotlib.ticker import MaxNLocator, StrMethodFormatter

from pairmatch.arrays import IntArray
from pairmatch.plan import Plan
from pairmatch.report.plots.canvas import axes_of, colours, count_along, say_instead, title_of
from pairmatch.report.plots.kinds import Kinds
from pairmatch.report.plots.lettering import (
    Handle,
    Lettering,
    dress_marks,
    lettering,
    put_legend,
    put_texts,
)

_METRES = 1000.0
_BINS = 40
# pairs that are farther than these make the rest too small to see: they share the last bar
_SHARE = 0.99
_MUCH_FARTHER = 1.5
_STEPS = (1, 2, 5, 10)
_ROOM_ABOVE = 1.05
# in widths of a bar
_GAP = 0.5


def draw_distances(plan: Plan, ax: Axes | None, language: str) -> Axes:
    """Draw pairs by kilometres, stacked by category, with median and 90th percentile."""
    problem = plan.problem
    kinds = Kinds(problem.policy.categories, problem.policy.labels.category)
    letters = lettering(language, [*kinds.names(language), *kinds.ids])
    ax = axes_of(ax)
    put_texts(
        ax,
        letters,
        title_of(plan, ax, letters, "distances"),
        letters.say("kilometres"),
        letters.say("pairs"),
    )
    metres = plan.pairs.column("distance_m").to_numpy()
    if not metres.shape[0] or any(note.code == "no_distances" for note in problem.notes):
        say_instead(ax, letters, "no_distances" if metres.shape[0] else "no_pairs")
        return ax
    category = problem.checked.keys.among("recipients", "category", kinds.ids)
    part, labels = kinds.split(category[plan.positions()[1]], letters)
    width, bins, is_cut = _bins(metres)
    at = np.minimum(metres // width, bins)
    counts = np.zeros((len(labels), bins + is_cut), dtype=np.int64)
    np.add.at(counts, (part, at), 1)
    left = np.arange(bins + is_cut) * (width / _METRES)
    # the bar of those that are farther stands apart
    left[bins:] += _GAP * width / _METRES
    below = np.zeros(bins + is_cut, dtype=np.int64)
    handles: list[Handle] = []
    for height, colour in zip(counts, colours(len(labels)), strict=True):
        bars = ax.bar(
            left, height, width / _METRES, below, align="edge", color=colour, ec="white", lw=0.4
        )
        handles.append(bars)
        below += height
    count_along(ax.yaxis)
    ax.set_ylim(0, _ROOM_ABOVE * below.max())
    _along(ax, width * bins / _METRES)
    if is_cut:
        _mark_farther(ax, letters, width, bins, int(metres.max()), int(below[-1]))
    for quantile, name, style in ((0.5, "median", "-"), (0.9, "ninetieth", ":")):
        km = float(np.quantile(metres, quantile, method="inverted_cdf")) / _METRES
        line = ax.axvline(km, color="black", linestyle=style, lw=1.4)
        handles.append(line)
        labels.append(letters.say(name, {"km": km}))
    dress_marks(ax, letters)
    put_legend(ax, letters, handles, labels)
    return ax


def _bins(metres: IntArray) -> tuple[int, int, bool]:
    """Return the width of a bar in metres, how many there are, and whether one more is needed."""
    top = int(metres.max())
    most = int(np.quantile(metres, _SHARE, method="inverted_cdf"))
    is_cut = 0 < _MUCH_FARTHER * most < top
    span = most if is_cut else top
    wanted = max(1, -(-span // _BINS))
    power = 10 ** (len(str(wanted)) - 1)
    width = next(one * power for one in _STEPS if one * power >= wanted)
    return width, span // width + 1, is_cut


def _along(ax: Axes, end: float) -> None:
    """Give the axis of kilometres marks where bars stand for single distances."""
    marks = MaxNLocator(nbins="auto", steps=[1, 2, 5, 10]).tick_values(0, end)
    ax.set_xticks([mark for mark in marks if 0 <= mark <= end])
    ax.xaxis.set_major_formatter(StrMethodFormatter("{x:,g}"))


def _mark_farther(
    ax: Axes, letters: Lettering, width: int, bins: int, most: int, count: int
) -> None:
    """Say what the last bar stands for."""
    least = width * bins
    numbers = {"least": least / _METRES, "most": most / _METRES, "count": count}
    at = (least + (_GAP + 0.5) * width) / _METRES
    text = ax.text(at, count, f" {letters.say('farther', numbers)}", rotation=90)
    text.set(ha="center", va="bottom")
    letters.dress(text, "small")
