"""What-ifs with and without a session, and from a saved plan, are the same."""

from pathlib import Path

import pytest

from pairmatch import OptionError, Plan, Scenario, Tuning, solve
from pairmatch.synth import generate_province

REMOVE = {"op": "remove_recipients"}


@pytest.fixture(scope="module")
def plan() -> Plan:
    return solve(generate_province(scale=0.003, seed=2, geometry="codes").problem())


def _removal(plan: Plan, number: int) -> dict[str, object]:
    return {**REMOVE, "ids": [plan.pairs.column("recipient_id")[number].as_py()]}


def _levels(plan: Plan) -> list[tuple[str, int, int | None]]:
    return [(level.name, level.value, level.gap) for level in plan.levels]


def test_a_what_if_is_a_solve_of_the_edited_problem_from_the_plan(plan: Plan) -> None:
    edit = _removal(plan, 5)
    found = plan.what_if(edit)
    assert found.pairs.equals(solve(plan.problem.edit(edit), start=plan).pairs)
    cold = solve(plan.problem.edit(edit))
    assert _levels(found)[:-1] == _levels(cold)
    assert found.stats.start.startswith("warm")
    found.verify()


def test_an_answer_does_not_depend_on_what_was_asked_before(plan: Plan) -> None:
    first, second = _removal(plan, 5), _removal(plan, 50)
    with plan.session() as session:
        session.what_if(first)
        after = session.what_if(second)
    assert after.pairs.equals(plan.what_if(second).pairs)
    assert _levels(after) == _levels(plan.what_if(second))


def test_a_saved_plan_is_as_good_a_start(plan: Plan, tmp_path: Path) -> None:
    plan.save(tmp_path / "plan")
    loaded = Plan.load(tmp_path / "plan")
    edit = _removal(plan, 7)
    found = loaded.what_if(edit)
    assert found.pairs.equals(plan.what_if(edit).pairs)
    assert found.stats.start.startswith("warm")
    assert found.start is not None
    assert found.start.digest == plan.digest() == loaded.digest()


def test_a_plan_of_a_restart_is_saved_with_its_start_and_verified(
    plan: Plan, tmp_path: Path
) -> None:
    found = plan.what_if(_removal(plan, 9), most_changes=5, change_km=1)
    found.save(tmp_path / "later")
    loaded = Plan.load(tmp_path / "later")
    assert loaded.start is not None
    assert found.start is not None
    assert loaded.start.pairs.equals(found.start.pairs)
    assert (loaded.start.most_changes, loaded.start.change_m) == (5, 1000)
    assert loaded.verify().levels == found.levels
    assert loaded.digest() == found.digest()
    again = loaded.what_if(_removal(plan, 11))
    again.verify()


def test_scenarios_are_run_in_their_order(plan: Plan) -> None:
    edits = [_removal(plan, number) for number in (3, 30)]
    scenarios = [Scenario.model_validate({"name": "one", "edits": [edit]}) for edit in edits]
    with plan.session() as session:
        plans = session.run(scenarios)
    assert [one.levels for one in plans] == [plan.what_if(edit).levels for edit in edits]


def test_a_session_that_is_closed_says_so(plan: Plan) -> None:
    with plan.session() as session:
        assert session.plan is plan
    with pytest.raises(OptionError, match="closed"):
        session.what_if()


def test_a_start_of_another_kind_is_refused(plan: Plan) -> None:
    with pytest.raises(OptionError) as caught:
        solve(plan.problem, start="plan", only="c1", most_changes=-1, change_km=-2)  # type: ignore[arg-type]
    assert len(caught.value.findings) == 4


def test_what_bounds_changes_needs_a_start(plan: Plan) -> None:
    with pytest.raises(OptionError) as caught:
        solve(plan.problem, only=["c1"], most_changes=1, change_km=2)
    assert [one.kind for one in caught.value.findings] == 3 * ["needs_start"]


def test_names_that_are_not_there_are_counted(plan: Plan) -> None:
    with pytest.raises(Exception, match="no area, unit") as caught:
        solve(plan.problem, start=plan, only=["nowhere", "neither", "nowhere"])
    assert caught.value.findings[0].rows.tolist() == [1, 2, 3]  # type: ignore[attr-defined]


def test_statistics_say_why_a_restart_went_cold(plan: Plan) -> None:
    cadres = plan.problem.cadres.column("cadre_id").to_pylist()
    short = plan.what_if({"op": "remove_cadres", "ids": cadres[: 2 * len(cadres) // 3]})
    assert short.missing > 0
    assert short.stats.start.startswith("cold: places are short")
    many = plan.what_if(
        {"op": "remove_cadres", "ids": sorted(set(plan.pairs.column("cadre_id").to_pylist()))[:40]},
        tuning=Tuning(start_most=20),
    )
    assert many.stats.start.startswith("cold: too many")
    assert all(level.gap == 0 for level in many.levels)
    few = plan.what_if(_removal(plan, 4), tuning=Tuning(reoptimise=0))
    assert few.levels == plan.what_if(_removal(plan, 4)).levels


def test_threads_and_runs_give_the_same_plan(plan: Plan) -> None:
    edit = _removal(plan, 21)
    found = plan.what_if(edit, threads=1)
    assert found.pairs.equals(plan.what_if(edit, threads=3).pairs)
    assert found.certificate.cadre_duals.equals(plan.what_if(edit).certificate.cadre_duals)
