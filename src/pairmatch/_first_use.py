"""What the first solve of a process does besides: kernels are compiled, or loaded from the disk."""

from collections.abc import Callable
from concurrent.futures import Executor

import numpy as np

from pairmatch._kernels import is_compiled
from pairmatch.arcs import coarsen
from pairmatch.arcs.box_pricing import price_chunk
from pairmatch.column_generation import Limits, solve_levels
from pairmatch.flow import Engine, FlowNetwork, SimplexSession
from pairmatch.flow.pivoting import pivot_repeatedly
from pairmatch.flow.push_relabel import discharge
from pairmatch.formulate.persons import Persons, persons
from pairmatch.plan.build import build_plan
from pairmatch.tables import Problem

# of each engine of our own, the kernel that takes longest to compile
_LARGEST_KERNEL: dict[str, Callable[..., object]] = {
    "simplex": pivot_repeatedly,
    "scaling": discharge,
}


def formulated(problem: Problem, engine: Engine, limits: Limits, executor: Executor) -> Persons:
    """Turn tables into arrays, and load kernels meanwhile if none has run in this process as yet.

    With machine code on the disk that takes a fraction of a second, most of it the interpreter's,
    while arrays are mostly made without it. The very first time on a machine, or after an update,
    kernels are compiled, which takes a quarter of a minute or so.

    Raises
    ------
    CostRangeError
        If a pair could cost 2**40 metres or more.
    """
    largest = _LARGEST_KERNEL.get(engine.name, price_chunk)
    if is_compiled(price_chunk) and is_compiled(largest):
        limits.enter("formulate")
        return persons(problem, executor)
    limits.enter("compile")
    # in one thread: were both sides handed in, a pool of one thread would wait for itself
    on_its_way = executor.submit(persons, problem)
    _load_kernels(engine, executor)
    limits.enter("formulate")
    return on_its_way.result()


def _load_kernels(engine: Engine, executor: Executor) -> None:
    """Solve a tiny problem, and do what it does not come to."""
    problem = Problem.from_tables(
        cadres={"cadre_id": ["c"], "unit_id": ["u"], "rank": ["staff"], "lon": [1.0], "lat": [1.0]},
        recipients={
            "recipient_id": ["r"],
            "category": ["orphan"],
            "area": ["a"],
            "lon": [1.1],
            "lat": [1.0],
        },
        current={"recipient_id": ["r"], "cadre_id": ["c"]},
    )
    everybody = persons(problem)
    outcome = solve_levels(everybody, engine, Limits(), executor)
    build_plan(problem, everybody, outcome, Limits(), engine.name, executor)
    none = np.zeros(0, dtype=np.int64)
    coarsen(outcome.problem).refined(outcome.problem, none, none, none)
    session = engine.open(FlowNetwork([0], [1], [1], [1], [1, -1]))
    if isinstance(session, SimplexSession):
        session.learn_incidence()
