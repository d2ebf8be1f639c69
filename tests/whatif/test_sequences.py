"""Sequences of edits: each plan starts from the one before, and equals a solve from nothing."""

import os
from typing import Any

from hypothesis import HealthCheck, settings
from hypothesis import strategies as st
from hypothesis.stateful import RuleBasedStateMachine, initialize, rule

from pairmatch import InputError, Plan, Problem, Status, solve
from tests.agreement.random_problems import CATEGORIES, RANKS, drawn_problem

# more by hand: a whole sweep takes half an hour
_SEQUENCES = int(os.environ.get("PAIRMATCH_SEQUENCES", "25"))


def _ids(problem: Problem, side: str) -> list[str]:
    ids: list[str] = getattr(problem, f"{side}s").column(f"{side}_id").to_pylist()
    return ids


def _pairs(plan: Plan) -> set[tuple[str, str]]:
    columns = (plan.pairs.column(name).to_pylist() for name in ("recipient_id", "cadre_id"))
    return set(zip(*columns, strict=True))


class Edits(RuleBasedStateMachine):
    """A planner who changes one thing after the other."""

    plan: Plan
    number = 0

    @initialize(seed=st.integers(0, 3000))
    def begin(self, seed: int) -> None:
        self.plan = solve(drawn_problem(seed))

    def edited(self, edit: dict[str, Any]) -> None:
        try:
            problem = self.plan.problem.edit(edit)
        except InputError:
            return
        start, cold = self.plan, solve(problem)
        plan = solve(problem, start=start)
        plan.verify()
        found = {level.name: (level.value, level.gap) for level in plan.levels}
        changed, _ = found.pop("changed")
        assert found == {level.name: (level.value, level.gap) for level in cold.levels}
        assert plan.status is cold.status
        assert all(level.gap == 0 for level in plan.levels) == (plan.status is not Status.FEASIBLE)
        assert changed == len(_pairs(start) - _pairs(plan))
        self.plan = plan

    @rule(data=st.data(), side=st.sampled_from(["cadre", "recipient"]))
    def remove(self, data: st.DataObject, side: str) -> None:
        ids = _ids(self.plan.problem, side)
        if len(ids) > 1:
            gone = data.draw(st.sampled_from(ids))
            self.edited({"op": f"remove_{side}s", "ids": [gone]})

    @rule(data=st.data(), side=st.sampled_from(["cadre", "recipient"]))
    def add(self, data: st.DataObject, side: str) -> None:
        rows = getattr(self.plan.problem, f"{side}s").to_pylist()
        self.number += 1
        row = {**data.draw(st.sampled_from(rows)), f"{side}_id": f"n{self.number}"}
        row = {name: value for name, value in row.items() if value is not None}
        self.edited({"op": f"add_{side}s", "rows": [row]})

    @rule(data=st.data(), capacity=st.integers(0, 3), rank=st.sampled_from(RANKS))
    def change_a_cadre(self, data: st.DataObject, capacity: int, rank: str) -> None:
        one = data.draw(st.sampled_from(_ids(self.plan.problem, "cadre")))
        said = data.draw(st.sampled_from([{"capacity": capacity}, {"rank": rank}]))
        self.edited({"op": "change_cadres", "ids": [one], "set": said})

    @rule(data=st.data(), demand=st.integers(1, 3), category=st.sampled_from(CATEGORIES))
    def change_a_recipient(self, data: st.DataObject, demand: int, category: str) -> None:
        one = data.draw(st.sampled_from(_ids(self.plan.problem, "recipient")))
        said = data.draw(st.sampled_from([{"demand": demand}, {"category": category}]))
        self.edited({"op": "change_recipients", "ids": [one], "set": said})

    @rule(data=st.data(), op=st.sampled_from(["lock", "ban"]))
    def name_a_pair(self, data: st.DataObject, op: str) -> None:
        self.edited({"op": op, "pairs": [self.pair(data)]})

    @rule(data=st.data(), extra_km=st.integers(-20, 40))
    def adjust(self, data: st.DataObject, extra_km: int) -> None:
        self.edited({"op": "adjust", "pairs": [self.pair(data)], "extra_km": extra_km})

    @rule(most=st.integers(1, 4), field=st.sampled_from(["load.default_capacity", "other"]))
    def change_the_policy(self, most: int, field: str) -> None:
        said = {field: most} if field != "other" else {"continuity.keep_km": 10 * most}
        self.edited({"op": "set_policy", "set": said})

    def pair(self, data: st.DataObject) -> dict[str, str]:
        problem = self.plan.problem
        rows = self.plan.pairs.select(["recipient_id", "cadre_id"]).to_pylist()
        if rows and data.draw(st.booleans()):
            made: dict[str, str] = data.draw(st.sampled_from(rows))
            return made
        recipient, cadre = (
            data.draw(st.sampled_from(_ids(problem, side))) for side in ("recipient", "cadre")
        )
        return {"recipient_id": recipient, "cadre_id": cadre}


Edits.TestCase.settings = settings(
    max_examples=_SEQUENCES,
    stateful_step_count=5,
    deadline=None,
    suppress_health_check=list(HealthCheck),
)
TestEdits = Edits.TestCase
