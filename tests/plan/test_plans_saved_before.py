"""Plans that release 0.1.0 saved load, hold, and are saved again as plans of today."""

from pathlib import Path

import pytest

from pairmatch import Plan

FOLDER = Path(__file__).parents[1] / "data" / "plans_of_0_1"
LEVELS = {
    "clash": [("violation", 1, 0), ("missing", 0, 0), ("cost", 20_000, 0)],
    "priced": [("cost", 140_000, 0)],
    "shortage": [("violation", 1, 0), ("missing", 4, 0), ("cost", 118_578, 0)],
}


@pytest.mark.parametrize("name", sorted(LEVELS))
def test_a_plan_saved_before_loads_holds_and_is_saved_again(name: str, tmp_path: Path) -> None:
    plan = Plan.load(FOLDER / name)
    assert [(level.name, level.value, level.gap) for level in plan.levels] == LEVELS[name]
    assert plan.verify().proven
    plan.save(tmp_path / "again")
    again = Plan.load(tmp_path / "again")
    assert again.certificate.levels == plan.certificate.levels
    assert again.pairs == plan.pairs
    assert again.verify() == plan.verify()
