import numpy as np
from matplotlib.container import BarContainer

import pairmatch as pm
from pairmatch.report.plots.loads import draw_loads
from tests.report.plots.plans import county, figure_of, legend, marks, texts


def heights(containers: list[BarContainer]) -> list[list[float]]:
    return [[bar.get_height() for bar in bars.patches] for bars in containers]


def test_cadres_are_stacked_by_rank_and_capacity_is_outlined() -> None:
    plan = county()
    ax = draw_loads(plan, None, "en")
    figure_of(ax)
    assert marks(ax)[0] == ["0", "1", "2"]
    assert legend(ax) == ["bureau", "division", "staff", "capacity"]
    *ranks, outline = [bars for bars in ax.containers if isinstance(bars, BarContainer)]
    assert heights(ranks) == [[0, 1, 0], [1, 0, 0], [1, 2, 1]]
    assert heights([outline]) == [[1, 4, 1]]
    counted = np.bincount(plan.loads.column("load").to_numpy(), minlength=3)
    assert np.sum(heights(ranks), axis=0).tolist() == counted.tolist() == [2, 3, 1]


def many(cadres: int, capacity: int) -> pm.Plan:
    return pm.solve(
        pm.Problem.from_tables(
            cadres={
                "cadre_id": [f"c{n}" for n in range(cadres)],
                "unit_id": ["u"] * cadres,
                "rank": ["staff"] * cadres,
                "capacity": [capacity] * cadres,
            },
            recipients={"recipient_id": ["r"], "category": ["orphan"], "area": ["a"]},
        )
    )


def test_thousands_have_separators() -> None:
    ax = draw_loads(many(2_501, 1), None, "en")
    assert "2,500" in texts(ax)
    assert "2,000" in marks(ax)[1]


def test_large_capacities_share_the_last_bar() -> None:
    ax = draw_loads(many(3, 40), None, "en")
    figure_of(ax)
    assert marks(ax)[0][-2:] == ["11", "12+"]
