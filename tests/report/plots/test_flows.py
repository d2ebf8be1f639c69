import numpy as np
import pytest

import pairmatch as pm
from pairmatch.report.plots.flows import draw_flows
from tests.report.plots.plans import AREAS, county, figure_of, marks, texts


def numbers(plan: pm.Plan, level: str | None = None) -> tuple[list[str], list[str], list[str]]:
    """Return rows, columns and the numbers in cells."""
    ax = draw_flows(plan, None, "en", level)
    columns, rows = marks(ax)
    return rows, columns, [text.get_text() for text in ax.texts]


@pytest.fixture
def codes(monkeypatch: pytest.MonkeyPatch) -> None:
    """Let no font have ideographs, so that areas are called by their codes."""
    monkeypatch.setattr("pairmatch.report.plots.fonts._in_order", lambda _: ())


def test_the_lowest_level_that_fits_is_taken(codes: None) -> None:
    assert numbers(county()) == (
        ["62", "620102", "620103"],
        ["620102", "620103", "620201"],
        ["1", "3", "1"],
    )


def test_a_level_may_be_asked_for_and_areas_above_stand_for_themselves(codes: None) -> None:
    assert numbers(county(), "prefecture") == (["62", "6201"], ["6201", "6202"], ["1", "4"])
    assert numbers(county(), "province") == (["62"], ["62"], ["5"])


def wide(areas: int, *, with_table: bool = True) -> pm.Plan:
    """Return a plan of one pair in each of so many areas, two in the last."""
    at = [f"a{n:03}" for n in range(areas)]
    table = {"area": at, "level": ["village"] * areas, "parent": [None] * areas}
    return pm.solve(
        pm.Problem.from_tables(
            cadres={
                "cadre_id": [f"c{n}" for n in range(areas)],
                "unit_id": ["u"] * areas,
                "rank": ["staff"] * areas,
                "area": at,
            },
            recipients={
                "recipient_id": [f"r{n}" for n in range(areas + 1)],
                "category": ["orphan"] * (areas + 1),
                "area": [*at, at[-1]],
            },
            areas=table if with_table else None,
        )
    )


def test_of_too_many_areas_those_with_the_most_pairs_are_shown() -> None:
    plan = wide(40)
    rows, columns, _ = numbers(plan)
    assert len(rows) == len(columns) == 30
    assert columns[-2:] == ["a039", "others"]
    counted = sum(int(cell) for cell in numbers(plan)[2])
    assert counted == plan.pairs.num_rows == 41


def test_a_matrix_of_many_areas_can_be_drawn() -> None:
    figure = figure_of(draw_flows(wide(40), None, "en", None))
    assert figure.get_figwidth() < 24


def test_of_a_level_that_is_asked_for_more_are_shown() -> None:
    rows, _, _ = numbers(wide(40), "village")
    assert len(rows) == 40
    rows, columns, _ = numbers(wide(120), "village")
    assert len(rows) == len(columns) == 100


def test_without_a_table_of_areas_their_codes_are_shown() -> None:
    rows, columns, _ = numbers(wide(4, with_table=False))
    assert rows == columns == ["a000", "a001", "a002", "a003"]


def test_who_has_no_area_is_in_a_row_of_their_own() -> None:
    plan = pm.solve(
        pm.Problem.from_tables(
            cadres={"cadre_id": ["c"], "unit_id": ["u"], "rank": ["staff"]},
            recipients={"recipient_id": ["r"], "category": ["orphan"], "area": ["620102"]},
        )
    )
    assert numbers(plan) == (["no area"], ["620102"], ["1"])


def test_areas_of_the_same_name_have_their_codes_too() -> None:
    names = list(AREAS["name"])
    names[2] = names[3] = "west"
    problem = county().problem
    tables = {**problem.tables(), "areas": {**AREAS, "name": names}}
    rows, _, _ = numbers(pm.solve(pm.Problem.from_tables(**tables)))
    assert rows[1:] == ["west 620102", "west 620103"]


def test_cells_too_small_for_numbers_have_a_bar_of_colours() -> None:
    from matplotlib.figure import Figure

    ax = Figure(figsize=(1.2, 1.2)).subplots()
    draw_flows(wide(30), ax, "en", None)
    assert not ax.texts
    assert "pairs" in texts(ax)
    assert len(ax.child_axes) == 1


def test_numbers_are_light_on_dark_and_dark_on_light() -> None:
    plan = county()
    ax = draw_flows(plan, None, "en", None)
    colours = {text.get_text(): text.get_color() for text in ax.texts}
    assert colours == {"1": "black", "3": "white"}
    assert np.ma.count(np.ma.asarray(ax.images[0].get_array())) == 3
