r"""The best plan that changes at most so many pairs of the start, with a bound.

Let :math:`S` be the sum of all levels above the changed pairs and :math:`n` their number. Plans are
points :math:`(n, S)`, and what a multiplier finds, :math:`\min q S + p n`, are the corners of the
lower hull of these points :cite:p:`geoffrion1974lagrangean`. The best corner with at most so many
changes is the plan, and the hull there is the bound: between two corners there may be plans above
the hull that no multiplier finds.

The search keeps two corners, one on each side, and takes the multiplier at which both are worth the
same. Either that finds a corner in between, or the two are neighbours.
"""

from collections.abc import Callable
from dataclasses import dataclass
from fractions import Fraction
from operator import mul

from pairmatch.errors import CostRangeError, Finding, InputError
from pairmatch.transport.loop import Run
from pairmatch.transport.prices import reach_of_pair
from pairmatch.transport.transportation import TransportationProblem
from pairmatch.transport.values import kept_by, values_above

RunAt = Callable[[TransportationProblem], Run]

_RAISE = 64


@dataclass(frozen=True)
class Within:
    """The best corner of the hull with at most so many changes, and what bounds all such plans.

    Attributes
    ----------
    plan
        None if stopped before any such corner was found.
    bound
        The run whose multiplier gives the best bound; None if there is none.
    """

    plan: Run | None
    bound: Run | None


@dataclass(frozen=True)
class _Corner:
    run: Run
    changed: int
    above: int


def changed_by(run: Run) -> int:
    """Return how many pairs of the start an optimal run changes."""
    problem = run.problem
    if run.solution is None:
        return problem.start_pairs
    return problem.start_pairs - kept_by(problem, run.solution)


def within(first: Run, most: int, run_at: RunAt) -> Within:
    """Search the hull.

    Parameters
    ----------
    first
        An optimal run without a bound on changes, which changes more than that.
    most
        Changes allowed.
    run_at
        Solves the same problem at other prices.

    Raises
    ------
    InputError
        If more pairs have to change than that, whatever the plan.
    """
    factor = first.problem.prices[-2]
    above = tuple(price // factor for price in first.problem.prices[:-1])
    beyond = _corner(first, above)
    try:
        inside = _inside(first.problem, above, most, run_at)
    except CostRangeError:
        return Within(None, None)
    if inside is None:
        return Within(None, None)
    best = max(inside.run, first, key=lambda run: _bound_at(run, most))
    while (found := _between(inside, beyond, above, run_at)) is not None:
        best = max(best, found.run, key=lambda run: _bound_at(run, most))
        values = [
            sum(map(mul, (found.run.problem.prices[-2], found.run.problem.prices[-1]), point))
            for point in ((one.above, one.changed) for one in (found, inside, beyond))
        ]
        if values[0] >= min(values[1:]):
            break
        if found.changed <= most:
            inside = found
        else:
            beyond = found
    return Within(inside.run, best)


def _inside(
    problem: TransportationProblem, above: tuple[int, ...], most: int, run_at: RunAt
) -> _Corner | None:
    """Return a corner with few enough changes, by multipliers that rise; None if stopped."""
    price = reach_of_pair(problem)
    must = 0
    while True:
        run = run_at(problem.at((*above, price)))
        if not run.optimal:
            return None
        corner = _corner(run, above)
        if corner.changed <= most:
            return corner
        if not must:
            fewest = run_at(problem.at(_only_changes(problem)))
            if not fewest.optimal:
                return None
            must = changed_by(fewest)
            if must > most:
                said = {"must": must, "most": most}
                raise InputError([Finding("too_few_changes", "options", "most_changes", said)])
        price *= _RAISE


def _only_changes(problem: TransportationProblem) -> tuple[int, ...]:
    """Return prices at which no rule is broken to keep a pair, and nothing else counts."""
    rules = [level.violation * (problem.start_pairs + 1) for level in problem.objective.levels]
    return (*rules[:-1], 1)


def _between(
    inside: _Corner, beyond: _Corner, above: tuple[int, ...], run_at: RunAt
) -> _Corner | None:
    """Solve at the multiplier at which two corners are worth the same; None if there is none."""
    changes, saving = beyond.changed - inside.changed, inside.above - beyond.above
    if changes <= 0 or saving <= 0:
        return None
    multiplier = Fraction(saving, changes)
    while True:
        times, price = multiplier.denominator, multiplier.numerator
        try:
            problem = inside.run.problem.at((*(times * one for one in above), price))
        except CostRangeError:
            if times == 1:
                return None
            multiplier = multiplier.limit_denominator(times // 2)
        else:
            break
    run = run_at(problem)
    return _corner(run, above) if run.optimal else None


def _corner(run: Run, above: tuple[int, ...]) -> _Corner:
    arcs = run.solution_cadre, run.solution_recipient
    values = () if run.solution is None else values_above(run.problem, run.solution, *arcs)
    return _Corner(run, changed_by(run), sum(map(mul, above, values)))


def _bound_at(run: Run, most: int) -> Fraction:
    """Return what a run says of all plans with so many changes: the hull, or less."""
    price, times = run.problem.prices[-1], run.problem.prices[-2]
    return Fraction((run.bound or 0) - price * most, times)
