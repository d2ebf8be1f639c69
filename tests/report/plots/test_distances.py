from collections.abc import Sequence

import numpy as np
from matplotlib.container import BarContainer

import pairmatch as pm
from pairmatch.report.plots.distances import draw_distances
from tests.report.plots.plans import county, figure_of, legend, texts


def along(kilometres: Sequence[float]) -> pm.Plan:
    """Return a plan whose recipients live so far from the one cadre."""
    count = len(kilometres)
    return pm.solve(
        pm.Problem.from_tables(
            cadres={
                "cadre_id": ["c"],
                "unit_id": ["u"],
                "rank": ["staff"],
                "capacity": [count],
                "lon": [100.0],
                "lat": [0.0],
            },
            recipients={
                "recipient_id": [f"r{n:04}" for n in range(count)],
                "category": ["orphan", "destitute_household"] * (count // 2),
                "area": ["a"] * count,
                "lon": [100.0 + km / 111.32 for km in kilometres],
                "lat": [0.0] * count,
            },
            policy={"distance": {"detour": 1}},
        )
    )


def test_every_pair_is_counted_once_at_its_distance() -> None:
    plan = along([1.05, 3.35, 3.35, 8.05])
    ax = draw_distances(plan, None, "en")
    figure_of(ax)
    orphans, others = [bars for bars in ax.containers if isinstance(bars, BarContainer)]
    left = [bar.get_x() for bar in orphans.patches]
    width = orphans.patches[0].get_width()
    for bars, expected in ((orphans, [1.05, 3.35]), (others, [3.35, 8.05])):
        heights = np.array([bar.get_height() for bar in bars.patches])
        assert heights.sum() == 2
        found = [at for at, height in zip(left, heights, strict=True) if height]
        assert all(at <= km < at + width for at, km in zip(found, expected, strict=True))
    assert legend(ax)[:2] == ["orphan", "destitute_household"]


def test_median_and_ninetieth_percentile_are_those_of_the_pairs() -> None:
    plan = along([float(km) for km in range(1, 11)])
    ax = draw_distances(plan, None, "zh")
    metres = np.sort(plan.pairs.column("distance_m").to_numpy())
    lines = [line.get_xdata()[0] for line in ax.lines]  # type: ignore[index]  # two of each
    assert lines == [metres[4] / 1000, metres[8] / 1000]
    assert any("5.0" in text for text in legend(ax)[2:])


def test_the_few_that_are_much_farther_share_a_bar() -> None:
    ax = draw_distances(along([1.0 + 0.01 * n for n in range(598)] + [400.0, 900.0]), None, "en")
    assert any(text.strip().startswith("2 from 7.0 to 899.") for text in texts(ax))
    total = sum(bar.get_height() for bars in ax.containers for bar in bars)
    assert total == 600
    assert ax.get_xlim()[1] < 10


def test_pairs_at_one_place_are_drawn() -> None:
    ax = draw_distances(along([0.0] * 4), None, "en")
    assert "median 0.0 km" in texts(ax)


def test_a_problem_without_points_has_no_distances() -> None:
    tables = {name: table for name, table in county().problem.tables().items() if name != "areas"}
    plan = pm.solve(pm.Problem.from_tables(**tables))
    assert "no points, and so no distances" in texts(draw_distances(plan, None, "en"))
