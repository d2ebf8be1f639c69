"""Which members of a class keep which pairs, and where people cannot keep what classes promise."""

import numpy as np
from tests.agreement.integer_program import solve_by_integer_program
from tests.agreement.later_problems import later_problem
from tests.agreement.random_problems import drawn_problem

from pairmatch import solve
from pairmatch.arrays import BoolArray, IntArray
from pairmatch.flow import engine_named
from pairmatch.formulate.formulation import Formulation
from pairmatch.formulate.restart import restarted
from pairmatch.limits import Limits
from pairmatch.plan.starting import carried_over, check_start
from pairmatch.threads import IN_TURN
from pairmatch.transport.changes import changed_by
from pairmatch.transport.disaggregate import ClassFlow, disaggregate
from pairmatch.transport.levels import Outcome, solve_levels


def test_what_classes_promise_and_people_cannot_keep_is_solved_again() -> None:
    before = drawn_problem(20270)
    after = later_problem(before, 20270)
    start = solve(before)
    held = check_start(start, None, None, 0)
    assert held is not None
    pairs, duals = carried_over(start, after)
    formulation = restarted(after.formulation, after.checked, held, pairs)
    engine = engine_named("auto")
    nobody = np.zeros(formulation.cadre_count, dtype=np.bool_)
    by_number, by_pairs = (
        solve_levels(formulation, engine, Limits(), IN_TURN, earlier=duals, apart=apart)
        for apart in (nobody, None)
    )
    columns = (start.pairs.column(name).to_pylist() for name in ("recipient_id", "cadre_id"))
    had = set(zip(*columns, strict=True))
    fewest = len(had) - solve_by_integer_program(after, start=had).kept
    assert by_number.run is not None
    assert by_pairs.run is not None
    assert not isinstance(_pairs(formulation, by_number), tuple)
    assert isinstance(_pairs(formulation, by_pairs), tuple)
    assert changed_by(by_number.run) <= fewest == changed_by(by_pairs.run)
    assert solve(after, start=start).levels[-1].value == fewest


def _pairs(formulation: Formulation, outcome: Outcome) -> tuple[IntArray, IntArray] | BoolArray:
    run = outcome.run
    assert run is not None
    assert run.solution is not None
    used = np.flatnonzero(run.solution.arc_flow)
    flow = ClassFlow(
        run.solution_cadre[used], run.solution_recipient[used], run.solution.arc_flow[used]
    )
    return disaggregate(formulation, outcome.problem, run.solution.known_flow, flow)
