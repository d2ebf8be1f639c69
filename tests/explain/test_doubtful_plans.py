"""What is not proven has no exact price, whatever the plan says of itself."""

from dataclasses import replace

import pyarrow as pa

from pairmatch import Plan, Problem, Scope, solve
from pairmatch.proof.certificate import Certificate


def crossed() -> Plan:
    """Return a plan whose two pairs cross, with the duals and gaps of the one that is optimal."""
    people = {"lon": [103.0, 104.0], "lat": [36.0, 36.0]}
    problem = Problem.from_tables(
        cadres={"cadre_id": ["c", "d"], "unit_id": ["u", "u"], "rank": ["staff"] * 2, **people},
        recipients={
            "recipient_id": ["r", "s"],
            "category": ["severely_disabled"] * 2,
            "area": ["a", "a"],
            **people,
        },
        policy={"load": {"default_capacity": 1}},
    )
    plan = solve(problem)
    pairs = plan.pairs.set_column(1, "cadre_id", pa.array(["d", "c"]))
    # positions are kept with a plan
    return replace(plan, pairs=pairs)


def test_a_plan_that_could_be_better_has_no_price() -> None:
    pair = crossed().explain("r", "c").asked
    assert pair is not None
    assert pair.price is None


def test_duals_that_prove_nothing_are_seen() -> None:
    plan = crossed()
    duals = {name: getattr(plan.certificate, name) for name in ("cadre_duals", "recipient_duals")}
    certificate = Certificate.of_levels(
        plan.levels,
        scope=Scope.ALL_PAIRS,
        locks_may_break=False,
        entries=(),
        **{name: table.select([0]) for name, table in duals.items()},
    )
    pair = replace(plan, certificate=certificate).explain("s", "d").asked
    assert pair is not None
    assert pair.price is None
