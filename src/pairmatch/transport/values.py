"""What a flow between classes comes to on each level."""

import numpy as np

from pairmatch.arrays import IntArray, exact_dot
from pairmatch.formulate.load import LoadCurves
from pairmatch.transport.master import MasterSolution
from pairmatch.transport.transportation import TransportationProblem


def standing(
    problem: TransportationProblem, solution: MasterSolution, cadre: IntArray, recipient: IntArray
) -> tuple[int, ...]:
    """Return what makes a solution better than another one: the smaller in order of the levels.

    Prices are moderate, so that the value of the sum alone does not tell which of two is better.

    Parameters
    ----------
    cadre, recipient
        Shape of ``solution.arc_flow``: its arcs.

    Returns
    -------
    tuple
        The values of all levels but the last, and the value of the sum.
    """
    return *values_above(problem, solution, cadre, recipient), solution.value


def values_above(
    problem: TransportationProblem, solution: MasterSolution, cadre: IntArray, recipient: IntArray
) -> tuple[int, ...]:
    """Return the values of all levels but the last; see `standing`."""
    objective, known = problem.objective, problem.known
    values = []
    for level, unit in list(zip(objective.levels, objective.units, strict=True))[:-1]:
        value = objective.violation(unit) * solution.violation
        value += exact_dot(objective.missing(unit, problem.priority_rank), solution.missing)
        if level.pairs is not None:
            used = np.flatnonzero(solution.arc_flow)
            costs = problem.costs.under(objective.tables[level.pairs])
            value += exact_dot(
                solution.arc_flow[used], costs.of_pairs(cadre[used], recipient[used])
            )
            value += exact_dot(solution.known_flow, costs.of_pairs(known.cadre, known.recipient))
        if level.corrections:
            value += exact_dot(solution.known_flow, known.correction_m)
        if level.changed is not None:
            value += objective.changed(unit) * (problem.start_pairs - kept_by(problem, solution))
        if level.load:
            value += cost_of_loads(problem, problem.curves, loads_of(problem, solution, cadre))
        values.append(value)
    return tuple(values)


def kept_by(problem: TransportationProblem, solution: MasterSolution) -> int:
    """Return how many pairs of the start a solution keeps, beside those that are fixed."""
    return exact_dot(solution.known_flow, problem.known.started.astype(np.int64))


def loads_of(problem: TransportationProblem, solution: MasterSolution, cadre: IntArray) -> IntArray:
    """Return how many recipients each class of cadres gets, shape ``(I,)``."""
    load = np.bincount(cadre, solution.arc_flow, problem.limit.shape[0]).astype(np.int64)
    np.add.at(load, problem.known.cadre, solution.known_flow)
    return load


def cost_of_loads(problem: TransportationProblem, curves: LoadCurves, load: IntArray) -> int:
    """Return what loads add; members of a class share its load as evenly as may be."""
    each, more = load // problem.cadres.size, load % problem.cadres.size
    before = curves.total(problem.start)
    return exact_dot(
        problem.cadres.size - more, curves.total(problem.start + each) - before
    ) + exact_dot(more, curves.total(problem.start + each + 1) - before)
