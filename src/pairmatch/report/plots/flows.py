"""The plot of flows."""

from collections import Counter
from collections.abc import Sequence

import numpy as np
from matplotlib import colormaps
from matplotlib.axes import Axes
from matplotlib.colors import LogNorm
from matplotlib.ticker import StrMethodFormatter

from pairmatch.arrays import IntArray
from pairmatch.plan import Plan
from pairmatch.problem import Problem
from pairmatch.report.plots.areas import MOST, MOST_OF_A_LEVEL, codes_and_names, shown_of, sides
from pairmatch.report.plots.canvas import MAP, axes_of, say_instead, title_of
from pairmatch.report.plots.lettering import Lettering, dress_marks, lettering, put_texts

# in inches: of a cell, and what is around the cells
_CELL, _CELL_OF_MANY = (0.42, 0.28), (0.2, 0.2)
_AROUND = (3.2, 2.6)
_LEAST_CELLS = (10, 4)
# letters in points: a digit is about so wide as a share of its size
_SIZES = (4.0, 8.0)
_DIGIT = 0.62
_POINTS = 72.0
# where a number on a colour is white
_DARK = 0.5


def draw_flows(plan: Plan, ax: Axes | None, language: str, level: str | None) -> Axes:
    """Draw the number of pairs from each area of cadres to each area of recipients."""
    found = sides(plan, level)
    codes, names = codes_and_names(plan.problem)
    most = MOST if level is None else MOST_OF_A_LEVEL
    rows, columns = (shown_of(side, most, codes) for side in (found.cadre, found.recipient))
    used = {*rows[0].tolist(), *columns[0].tolist()}
    letters = lettering(language, [text for at in used for text in (names[at], codes[at]) if text])
    labels = _labels(sorted(used), codes, names, letters)
    row_labels, column_labels = (
        [
            *(labels[at] for at in shown.tolist()),
            *([letters.say("others")] * has_others),
            *([letters.say("no_area")] * has_none),
        ]
        for shown, has_others, has_none in (rows, columns)
    )
    ax = axes_of(ax, _size(len(row_labels), len(column_labels)))
    put_texts(
        ax,
        letters,
        title_of(plan, ax, letters, "flows"),
        letters.say("lives_in", {"level": _level(plan.problem, found.level, letters)}),
        letters.say("works_in", {"level": _level(plan.problem, found.level, letters)}),
    )
    if not plan.pairs.num_rows:
        say_instead(ax, letters, "no_pairs")
        return ax
    counts = np.zeros((len(row_labels), len(column_labels)), dtype=np.int64)
    np.add.at(counts, (_part(found.cadre, *rows), _part(found.recipient, *columns)), 1)
    _draw(ax, counts, letters)
    ax.set_yticks(np.arange(len(row_labels)), row_labels)
    ax.set_xticks(np.arange(len(column_labels)), column_labels, rotation=45, ha="right")
    size = _letters_of(ax, counts, digits=2)
    dress_marks(ax, letters, size)
    for text in ax.get_xticklabels():
        text.set_rotation_mode("anchor")
    return ax


def _level(problem: Problem, level: str | None, letters: Lettering) -> str:
    """Return how a level is called."""
    if level is None:
        return letters.say("area")
    labels = problem.policy.labels
    names = [labels.level(level, letters.language), labels.level(level, "en"), level]
    return letters.name(names, 1)


def _labels(
    used: Sequence[int],
    codes: Sequence[str | None],
    names: Sequence[str | None],
    letters: Lettering,
) -> dict[int, str]:
    """Return what each area is called; of those with the same name, with the code."""
    alike = Counter(names[at] for at in used)
    labels = {}
    for at in used:
        name, code = names[at] or "", codes[at] or ""
        full = f"{name} {code}" if name and alike[names[at]] > 1 else name
        labels[at] = letters.name([full, code], at + 1)
    return labels


def _part(side: IntArray, shown: IntArray, has_others: bool, has_none: bool) -> IntArray:  # noqa: FBT001  # as shown_of returns them
    """Return the row or column of each pair."""
    part = np.full(1 + int(side.max(initial=-1)) + 1, shown.shape[0], dtype=np.int64)
    part[shown] = np.arange(shown.shape[0])
    if has_none:
        part[-1] = shown.shape[0] + has_others
    at: IntArray = part[side]
    return at


def _draw(ax: Axes, counts: IntArray, letters: Lettering) -> None:
    """Draw the cells, with numbers where these can be read and a bar of colours otherwise."""
    scale = LogNorm(1, max(2, int(counts.max())))
    cells = np.ma.masked_equal(counts, 0)
    image = ax.imshow(cells, cmap=f"{MAP}_r", norm=scale, aspect="auto", interpolation="nearest")
    ax.set_xticks(np.arange(counts.shape[1] + 1) - 0.5, minor=True)
    ax.set_yticks(np.arange(counts.shape[0] + 1) - 0.5, minor=True)
    ax.grid(which="minor", color="0.85", lw=0.4)
    ax.grid(visible=False, which="major")
    ax.tick_params(which="minor", length=0)
    size = _letters_of(ax, counts, digits=len(f"{counts.max():,}"))
    if size <= _SIZES[0]:
        beside = ax.inset_axes((1.02, 0.0, 0.02, 1.0))
        bar = ax.figure.colorbar(image, cax=beside)
        beside.yaxis.set_major_formatter(StrMethodFormatter("{x:,.0f}"))
        beside.yaxis.set_minor_formatter("")
        letters.dress(beside.set_ylabel(letters.say("pairs")))
        bar.outline.set_visible(False)
        return
    colour = colormaps[f"{MAP}_r"]
    for row, column in np.argwhere(counts).tolist():
        count = int(counts[row, column])
        red, green, blue, _ = colour(scale(count))
        is_dark = 0.3 * red + 0.59 * green + 0.11 * blue < _DARK
        text = ax.text(column, row, f"{count:,}", color="white" if is_dark else "black")
        text.set(ha="center", va="center")
        letters.dress(text, size)


def _letters_of(ax: Axes, counts: IntArray, digits: int) -> float:
    """Return the size of letters, in points, with which a number fits in a cell, within limits."""
    box = ax.get_window_extent()
    points = _POINTS / ax.figure.dpi
    wide = box.width * points / counts.shape[1] / (_DIGIT * digits)
    high = box.height * points / counts.shape[0] * 0.9
    return float(np.clip(min(wide, high), *_SIZES))


def _size(rows: int, columns: int) -> tuple[float, float]:
    """Return the size of a new figure, in inches."""
    cell = _CELL if max(rows, columns) <= MOST else _CELL_OF_MANY
    wide, high = (
        around + each * max(least, count)
        for around, each, least, count in zip(
            _AROUND, cell, _LEAST_CELLS, (columns, rows), strict=True
        )
    )
    return wide, high
