"""Plots of a report: time against size, and our time over each peer's."""

from collections import defaultdict
from pathlib import Path

import numpy as np

from benchmarks.results import Report
from benchmarks.targets import taken_of


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
    """Write ``<set>_time.svg`` and ``<set>_ratio.svg``; nothing if matplotlib is missing."""
    try:
        import matplotlib as mpl  # noqa: PLC0415  # an extra
    except ImportError:
        print("no plots: matplotlib is not installed")
        return
    mpl.use("svg")
    # the same report gives the same file
    mpl.rcParams["svg.hashsalt"] = "pairmatch"
    _draw_times(report, folder / f"{report.which}_time.svg")
    _draw_ratios(report, folder / f"{report.which}_ratio.svg")


def _draw_times(report: Report, path: Path) -> None:
    from matplotlib import pyplot as plt  # noqa: PLC0415  # an extra

    families = by_family(report)
    if not families:
        return
    figure, axes = plt.subplots(
        len(families), 1, figsize=(8, 4 * len(families)), squeeze=False, layout="constrained"
    )
    for axis, (family, solvers) in zip(axes.ravel(), families.items(), strict=True):
        for solver, points in solvers.items():
            sizes, seconds = [size for size, _ in points], [time for _, time in points]
            label = solver
            if len(points) > 1:
                label = f"{solver}, slope {slope(sizes, seconds):.2f}"
            axis.loglog(sizes, seconds, marker="o", label=label)
        axis.set(title=family, xlabel="arcs", ylabel="seconds, median")
        axis.legend(fontsize="small")
    figure.savefig(path, metadata={"Date": None})
    plt.close(figure)


def _draw_ratios(report: Report, path: Path) -> None:
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
    if not names:
        return
    figure, axis = plt.subplots(figsize=(9, 1 + 0.3 * len(names)), layout="constrained")
    for solver, points in ratios.items():
        axis.plot(
            [ratio for _, ratio in points],
            [names.index(name) for name, _ in points],
            "o",
            label=solver,
        )
    axis.axvline(1.0, color="black", linewidth=0.8)
    axis.set(xscale="log", xlabel="our time over the peer's (left of 1: we are faster)")
    axis.set_yticks(range(len(names)), names, fontsize="small")
    axis.invert_yaxis()
    axis.legend(fontsize="small")
    figure.savefig(path, metadata={"Date": None})
    plt.close(figure)
