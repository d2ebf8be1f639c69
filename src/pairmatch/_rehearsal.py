"""Every kernel is run on something tiny, so that it is compiled or loaded from the disk."""

import numpy as np

from pairmatch._tiny import (
    tiny_choice,
    tiny_clash,
    tiny_network,
    tiny_problem,
    tiny_shortage,
)
from pairmatch.arcs import Pricing, coarsen
from pairmatch.column_generation import Limits, solve_levels
from pairmatch.column_generation.first_plan import first_plan
from pairmatch.column_generation.start import Guess
from pairmatch.flow import Engine, SimplexSession
from pairmatch.formulate.persons import persons
from pairmatch.plan.build import build_plan
from pairmatch.tables import Problem
from pairmatch.threads import IN_TURN


def rehearse_networks(engine: Engine) -> None:
    """Run what any solve may ask of an engine, whatever is added or changes on the way."""
    session = engine.open(tiny_network())
    session.solve(lambda: False)
    if isinstance(session, SimplexSession):
        _change(session)


def rehearse_problems(engine: Engine) -> None:
    """Run what any solve may need apart from that, until nobody is missing."""
    problem = tiny_problem()
    everybody = persons(problem)
    outcome = solve_levels(everybody, engine, Limits(), IN_TURN)
    build_plan(problem, everybody, outcome, Limits(), engine.name, IN_TURN)
    none = np.zeros(0, dtype=np.int64)
    coarsen(outcome.problem).refined(outcome.problem, none, none, none)
    if outcome.run is not None:
        nobody = Guess(outcome.problem.load.marginal(outcome.problem.start + 1), none, none, none)
        pricing = Pricing(outcome.problem, IN_TURN)
        first_plan(
            outcome.problem, outcome.run.prices, nobody, pricing, Limits().late, Limits().too_late
        )


def rehearse_explanations(engine: Engine) -> None:
    """Run what tells why somebody goes without, and what would help."""
    for problem in (tiny_shortage(), tiny_choice(), tiny_clash()):
        _solve(problem, engine)


def _solve(problem: Problem, engine: Engine) -> None:
    everybody = persons(problem)
    outcome = solve_levels(everybody, engine, Limits(), IN_TURN)
    build_plan(problem, everybody, outcome, Limits(), engine.name, IN_TURN)


def _change(session: SimplexSession) -> None:
    """Solve a network again after each kind of change that a session takes."""
    session.learn_incidence()
    one, two = np.array([0]), np.array([0, 2])
    # a tree arc beyond its bounds, supplies that a tree takes, and others after prices have moved
    session.set_bounds(one, np.array([0]), np.array([1]))
    session.solve()
    session.set_supply(two, np.array([1, -1]))
    session.set_unit_cost(np.array([2]), np.array([9]))
    session.solve()
    session.set_unit_cost(np.array([0, 1, 2]), np.array([3, 2, 1]))
    session.set_supply(two, np.array([2, -2]))
    session.solve()
    # one beside others, and one from a node that none has left before
    session.add_arcs(np.array([1, 2]), np.array([2, 0]), np.array([5, 5]), np.array([0, 7]))
    session.solve()
