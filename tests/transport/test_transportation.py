from dataclasses import replace

import numpy as np
from hypothesis import given, settings
from tests.agreement.cases import CadreCase, Case, RecipientCase, cases

from pairmatch.transport.transportation import (
    TransportationProblem,
    locks_clash,
    transportation_problem,
)

BASE = Case((CadreCase(capacity=1), CadreCase()), (RecipientCase(), RecipientCase(demand=2)))


def _transportation(case: Case, *, soft_locks: bool = False) -> TransportationProblem:
    return transportation_problem(case.problem().formulation, soft_locks=soft_locks)


def _clash(case: Case) -> bool:
    return locks_clash(case.problem().formulation)


def test_locks_clash_beyond_a_capacity_a_demand_or_where_not_eligible() -> None:
    assert not _clash(BASE)
    assert not _clash(replace(BASE, locks=((0, 0), (1, 1))))
    assert _clash(replace(BASE, locks=((0, 0), (1, 0))))
    assert _clash(replace(BASE, locks=((0, 0), (0, 1))))
    far = replace(BASE.with_cadre(0, place=3), max_km=20)
    assert _clash(replace(far, locks=((0, 0),)))


def test_fixed_locks_use_up_capacity_a_step_of_the_curve_and_demand() -> None:
    problem = _transportation(replace(BASE, locks=((1, 0), (0, 1))))
    assert problem.cadres.of_person.tolist() == [-1, 0]
    assert (problem.start.tolist(), problem.limit.tolist()) == ([1], [1])
    assert problem.recipients.of_person.tolist() == [-1, 0]
    assert problem.demand.tolist() == [1]
    assert problem.lost_locks == 0


def test_breakable_locks_are_arcs_and_those_that_cannot_be_kept_are_counted() -> None:
    far = replace(BASE.with_cadre(0, place=3), max_km=20, locks=((0, 0), (0, 1)))
    problem = _transportation(far, soft_locks=True)
    assert problem.known.lock.tolist() == [True]
    assert problem.known.capacity.tolist() == [1]
    assert problem.lost_locks == 1
    assert problem.start.tolist() == [0] * problem.start.shape[0]


def test_minimum_loads_count_what_locks_have_brought() -> None:
    case = Case((CadreCase(capacity=3, min_load=2),), (RecipientCase(),) * 3, locks=((0, 0),))
    assert _transportation(case).floor.tolist() == [1]
    assert _transportation(case, soft_locks=True).floor.tolist() == [2]


def test_priorities_are_ranked_without_gaps_unless_coverage_is_priced() -> None:
    people = tuple(RecipientCase(priority=priority) for priority in (7, 1, 1000, 7))
    case = Case((CadreCase(),), people)
    problem = _transportation(case)
    assert problem.priority_rank[problem.recipients.of_person].tolist() == [2, 1, 3, 2]
    priced = _transportation(replace(case, priced_km=10))
    assert set(priced.priority_rank.tolist()) == {1}
    assert (priced.objective.coverage_first, priced.objective.price_m) == (False, 10_000)


def test_current_pairs_between_two_classes_are_one_arc_as_wide_as_they_are_many() -> None:
    case = Case(
        (CadreCase(place=1),) * 3,
        (RecipientCase(place=1),) * 3,
        current=((0, 0), (1, 1), (2, 2)),
        adjustments=(((2, 2), -1),),
    )
    problem = _transportation(case)
    # the adjusted one stands alone
    assert sorted(
        zip(problem.known.capacity.tolist(), problem.known_cost.tolist(), strict=True)
    ) == [(1, -51_000), (2, -50_000)]
    assert problem.keep_pair.shape == (2,)
    assert not problem.known.lock.any()


@settings(max_examples=100, deadline=None)
@given(cases())
def test_nothing_is_lost_on_the_way_to_classes(case: Case) -> None:
    formulation = case.problem().formulation
    for soft_locks in (False, True):
        if not soft_locks and locks_clash(formulation):
            continue
        problem = transportation_problem(formulation, soft_locks=soft_locks)
        fixed = int(problem.roles.fixed.sum())
        assert problem.supply.sum() + fixed == formulation.capacity.sum()
        assert problem.wanted.sum() + fixed == formulation.demand.sum()
        assert problem.cadres.size.sum() == (problem.cadres.of_person >= 0).sum()
        keeps = problem.known.capacity.sum()
        assert keeps == problem.roles.keep.sum() + problem.roles.single.sum()
        locks = int(formulation.special_pairs.locked.sum())
        assert problem.known.lock.sum() + problem.lost_locks == (locks if soft_locks else 0)
        closed = list(
            zip(problem.closed_cadre.tolist(), problem.closed_recipient.tolist(), strict=True)
        )
        assert closed == sorted(closed)
        assert len(set(closed)) == len(closed)
        # whoever is closed to somebody stands alone
        assert (problem.cadres.size[problem.closed_cadre] == 1).all()
        assert (problem.recipients.size[problem.closed_recipient] == 1).all()
        assert np.isin(problem.keep_arc, np.arange(problem.known.cadre.shape[0])).all()
