"""Every kernel is run on something tiny, so that it is compiled or loaded from the disk."""

import numpy as np
import pyarrow as pa

from pairmatch._tiny import (
    tiny_choice,
    tiny_clash,
    tiny_network,
    tiny_problem,
    tiny_shortage,
)
from pairmatch.flow import Engine, SimplexSession
from pairmatch.flow.reoptimise import ReoptimisingSession
from pairmatch.formulate.formulation import Formulation
from pairmatch.formulate.restart import restarted
from pairmatch.limits import Limits
from pairmatch.model.start import Start
from pairmatch.plan.build import build_plan
from pairmatch.plan.priced_pairs import price_pairs
from pairmatch.problem import Problem
from pairmatch.threads import IN_TURN
from pairmatch.transport.auction import auction
from pairmatch.transport.coarse import coarsen
from pairmatch.transport.disaggregate import ClassFlow, disaggregate
from pairmatch.transport.first_plan import first_plan
from pairmatch.transport.guess import Guess, assign_greedily
from pairmatch.transport.levels import EarlierDuals
from pairmatch.transport.prices import first_prices
from pairmatch.transport.pricing import Pricing
from pairmatch.transport.state import solve_people
from pairmatch.transport.transportation import TransportationProblem, transportation_problem


def rehearse_networks(engine: Engine) -> None:
    """Run what any solve may ask of an engine, whatever is added or changes on the way."""
    session = engine.open(tiny_network())
    session.solve(lambda: False)
    if isinstance(session, SimplexSession):
        _change(session)


def rehearse_people(_engine: Engine) -> None:
    """Run the first kernels of every solve: if they are on the disk, so are mostly the others."""
    tiny_problem().formulate()


def rehearse_prices(_engine: Engine) -> None:
    """Run what finds cheap pairs, for which no network is solved."""
    _, whole = _tiny()
    whole = whole.at(first_prices(whole))
    pricing = Pricing(whole, IN_TURN)
    auction(whole, pricing, Guess.of_loads(whole).u, lambda: False)


def rehearse_ends(_engine: Engine) -> None:
    """Run what turns flows into pairs, what is needed last first."""
    formulation, whole = _tiny()
    none, one = np.zeros(0, dtype=np.int64), np.zeros(1, dtype=np.int64)
    price_pairs(formulation, one, one, one - 1, IN_TURN)
    known = np.zeros_like(whole.known.cadre)
    disaggregate(formulation, whole, known, ClassFlow(one, one, one + 1), IN_TURN)
    coarsen(whole).refined(whole, none, none, none)
    assign_greedily(whole, one, one, one, known)


def rehearse_problems(engine: Engine) -> None:
    """Run a whole solve in which nobody is missing, and what it may need besides."""
    _solve(tiny_problem(), engine)
    _, problem = _tiny()
    none = np.zeros(0, dtype=np.int64)
    coarsen(problem).refined(problem, none, none, none)
    problem = problem.at(first_prices(problem))
    pricing = Pricing(problem, IN_TURN)
    first_plan(problem, Guess.of_loads(problem), pricing, Limits().late, Limits().too_late)


def rehearse_explanations(engine: Engine) -> None:
    """Run what tells why somebody goes without, and what would help."""
    for problem in (tiny_shortage(), tiny_choice(), tiny_clash()):
        _solve(problem, engine)


def rehearse_restarts(engine: Engine) -> None:
    """Run what a solve from an earlier plan needs besides: one that keeps all, and one that cannot.

    The network is such that there is a path to be found.
    """
    network = tiny_network()
    flow, potential = np.array([0, 2, 0]), np.zeros(3, dtype=np.int64)
    ReoptimisingSession(network, flow, potential, engine.open, 1000).solve(lambda: False)
    problem = tiny_problem()
    pairs = pa.table({"recipient_id": ["r", "s"], "cadre_id": ["c", "c"]})
    formulation = restarted(problem.formulation, problem.checked, Start(pairs, ""))
    duals = EarlierDuals(
        np.zeros(1, dtype=np.int64), np.zeros(2, dtype=np.int64), np.ones(1, bool), np.ones(2, bool)
    )
    solve_people(formulation, engine, Limits(), IN_TURN, earlier=duals)


def _tiny() -> tuple[Formulation, TransportationProblem]:
    formulation = tiny_problem().formulation
    return formulation, transportation_problem(formulation, soft_locks=False, executor=IN_TURN)


def _solve(problem: Problem, engine: Engine) -> None:
    formulation = problem.formulation
    state = solve_people(formulation, engine, Limits(), IN_TURN)
    build_plan(problem, formulation, state, Limits(), engine.name, IN_TURN)


def _change(session: SimplexSession) -> None:
    """Solve a network again after each kind of change that a session takes."""
    session.learn_incidence()
    session.start_at(np.full(session.nodes, -1), np.zeros(session.arcs, dtype=np.bool_))
    session.solve()
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
