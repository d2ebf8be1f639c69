"""Plots of a report: time against size, and our time over each peer's."""

import re
from collections import defaultdict
from io import StringIO
from pathlib import Path
from typing import TYPE_CHECKING, TypeAlias

import numpy as np

from benchmarks.results import Report
from benchmarks.targets import taken_of

if TYPE_CHECKING:
    from matplotlib.axes import Axes
    from matplotlib.figure import Figure

TIME_PLOT, RATIO_PLOT = "benchmarks_time.svg", "benchmarks_ratio.svg"
_COLUMNS = 3
Colours: TypeAlias = dict[str, tuple[float, float, float]]


def slope(sizes: list[int], seconds: list[float]) -> float:
    """Return the exponent of the power law through some times, fitted by least squares."""
    return float(np.polyfit(np.log(sizes), np.log(seconds), 1)[0])


def by_family(report: Report) -> dict[str, dict[str, list[tuple[int, float]]]]:
    """Return (arcs, median seconds) of each solver by family, smallest first."""
    found: dict[str, dict[str, list[tuple[int, float]]]] = defaultdict(lambda: defaultdict(list))
    for outcome in report.outcomes:
        if outcome.phase == "engine":
            for timing in outcome.timings:
                found[outcome.family][timing.solver].append((outcome.size["arcs"], timing.median))
    return {
        family: {solver: sorted(points) for solver, points in solvers.items()}
        for family, solvers in found.items()
    }


def draw(report: Report, folder: Path) -> None:
    """Write both plots of a report that has networks; nothing if matplotlib is missing."""
    try:
        import matplotlib as mpl  # noqa: PLC0415  # an extra
    except ImportError:
        print("no plots: matplotlib is not installed")
        return
    mpl.use("svg")
    # the same report gives the same file, and letters are letters, not curves
    mpl.rcParams.update({"svg.hashsalt": "pairmatch", "svg.fonttype": "none", "font.size": 8})
    mpl.rcParams["lines.linewidth"] = 0.8
    # a solver has one colour, and those that take part everywhere have the strong ones
    colours = [mpl.colormaps["tab20"](nth)[:3] for nth in range(20)]
    solvers = dict.fromkeys(name for found in by_family(report).values() for name in found)
    colour = dict(zip(solvers, colours[::2] + colours[1::2], strict=False))
    _draw_times(report, colour, folder / TIME_PLOT)
    _draw_ratios(report, colour, folder / RATIO_PLOT)


def _draw_times(report: Report, colour: Colours, path: Path) -> None:
    from matplotlib import pyplot as plt  # noqa: PLC0415  # an extra

    families = by_family(report)
    rows = -(-len(families) // _COLUMNS)
    figure, axes = plt.subplots(
        rows, _COLUMNS, figsize=(9, 2.3 * rows + 1), squeeze=False, layout="constrained"
    )
    lines = {}
    for axis in axes.ravel()[len(families) :]:
        axis.set_axis_off()
    for axis, (family, solvers) in zip(axes.ravel(), families.items(), strict=False):
        for name, points in solvers.items():
            sizes, seconds = zip(*points, strict=True)
            (lines[name],) = axis.loglog(sizes, seconds, "+-", color=colour[name])
        axis.set(title=family, xlabel="arcs", ylabel="seconds, median")
        _plain_ticks(axis)
    figure.legend(lines.values(), lines.keys(), loc="outside lower center", ncols=3)
    _save(figure, path)


def _draw_ratios(report: Report, colour: Colours, path: Path) -> None:
    from matplotlib import pyplot as plt  # noqa: PLC0415  # an extra

    ratios: dict[str, list[tuple[str, float]]] = defaultdict(list)
    names: list[str] = []
    for outcome in report.outcomes:
        own = outcome.of(taken_of(outcome))
        if own is not None:
            names.append(outcome.instance)
            for timing in outcome.timings:
                if timing.solver != own.solver:
                    ratios[timing.solver].append((outcome.instance, own.median / timing.median))
    figure, axis = plt.subplots(figsize=(9, 1 + 0.17 * len(names)), layout="constrained")
    for solver, points in ratios.items():
        axis.plot(
            [ratio for _, ratio in points],
            [names.index(name) for name, _ in points],
            "+",
            color=colour[solver],
            label=solver,
        )
    axis.axvline(1.0, color="black")
    axis.set(xscale="log", xlabel="our time over the peer's (left of 1: we are faster)")
    axis.set_yticks(range(len(names)), names)
    _plain_ticks(axis)
    axis.invert_yaxis()
    figure.legend(loc="outside lower center", ncols=3)
    _save(figure, path)


def _plain_ticks(axis: "Axes") -> None:
    axis.minorticks_off()
    axis.xaxis.set_major_formatter("{x:g}")
    if axis.get_yscale() == "log":
        axis.yaxis.set_major_formatter("{x:g}")


def _save(figure: "Figure", path: Path) -> None:
    """Write SVG without what is not seen: comments, clipping, line breaks, further digits."""
    from matplotlib import pyplot as plt  # noqa: PLC0415  # an extra

    made = StringIO()
    figure.savefig(made, format="svg", metadata={"Date": None})
    plt.close(figure)
    unseen = r"<!--.*?-->|<metadata>.*?</metadata>|<clipPath.*?</clipPath>| clip-path=\".*?\""
    text = re.sub(unseen, "", made.getvalue(), flags=re.DOTALL)
    text = re.sub(r"(\d\.\d)\d+", r"\1", re.sub(r"\s*\n\s*", " ", text))
    text = re.sub('font-family: [^;"]*', "font-family: sans-serif", text)
    text = text.replace("> <", "><").replace('<g id="axes', '\n<g id="axes')
    path.write_text(text.strip() + "\n", encoding="utf-8")
