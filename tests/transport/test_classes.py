from dataclasses import replace
from itertools import product

import numpy as np
import pytest
from hypothesis import given, settings
from tests.agreement.cases import CadreCase, Case, Pair, RecipientCase, cases, standing

from pairmatch import solve
from pairmatch.arrays import BoolArray, IntArray
from pairmatch.formulate.formulation import Formulation
from pairmatch.formulate.points import morton
from pairmatch.transport import classes as room
from pairmatch.transport.classes import Classes, PairRoles, pair_roles
from pairmatch.transport.transportation import TransportationProblem, transportation_problem


def _classes(case: Case, *, soft_locks: bool = False) -> TransportationProblem:
    return transportation_problem(case.problem().formulation, soft_locks=soft_locks)


def _groups(classes: Classes) -> list[list[int]]:
    """Return the people of each class."""
    groups = [np.flatnonzero(classes.of_person == n).tolist() for n in range(len(classes.size))]
    assert [group[0] for group in groups] == classes.representative.tolist()
    assert [len(group) for group in groups] == classes.size.tolist()
    return groups


def _parted(classes: Classes) -> list[list[int]]:
    """Return the people of each class, in the order of their first people."""
    return sorted(_groups(classes))


def test_people_alike_are_one_class_and_any_difference_parts_them() -> None:
    alike = CadreCase(capacity=2)
    case = Case(
        (
            alike,
            alike,
            CadreCase(place=1, capacity=2),
            CadreCase(capacity=1),
            CadreCase(capacity=2, min_load=1),
            CadreCase(unit=1, capacity=2),
            CadreCase(rank=1, capacity=2),
        ),
        (
            RecipientCase(),
            RecipientCase(),
            RecipientCase(place=1),
            RecipientCase(category=1),
            RecipientCase(demand=2),
            RecipientCase(priority=2),
        ),
    )
    problem = _classes(case)
    assert _parted(problem.cadres) == [[0, 1], [2], [3], [4], [5], [6]]
    assert _parted(problem.recipients) == [[0, 1], [2], [3], [4], [5]]
    assert problem.supply.sum() == 2 * 6 + 1
    assert problem.wanted.sum() == 7


@given(cases())
def test_neighbouring_classes_follow_each_other(case: Case) -> None:
    problem = _classes(case)
    for classes, side in (
        (problem.cadres, problem.costs.cadres),
        (problem.recipients, problem.costs.recipients),
    ):
        code = morton(side.point)
        # at one place in the order of their first people
        order = np.lexsort((classes.representative, code))
        assert order.tolist() == list(range(classes.size.shape[0]))


def test_ranks_that_no_recipient_tells_apart_are_one_class() -> None:
    case = Case((CadreCase(rank=0), CadreCase(rank=1)), (RecipientCase(category=0),))
    assert _parted(_classes(case).cadres) == [[0, 1]]


def test_people_with_nothing_to_give_or_to_receive_are_in_no_class() -> None:
    case = Case(
        (CadreCase(capacity=0), CadreCase(capacity=1), CadreCase()),
        (RecipientCase(), RecipientCase()),
        locks=((0, 1),),
    )
    problem = _classes(case)
    assert problem.cadres.of_person.tolist() == [-1, -1, 0]
    assert problem.recipients.of_person.tolist() == [-1, 0]


def test_people_in_adjusted_banned_or_breakable_pairs_stand_alone() -> None:
    case = Case(
        (CadreCase(),) * 4,
        (RecipientCase(),) * 4,
        bans=((0, 0),),
        adjustments=(((1, 1), 5),),
    )
    problem = _classes(case)
    assert _parted(problem.cadres) == [[0], [1], [2, 3]]
    assert _parted(problem.recipients) == [[0], [1], [2, 3]]
    soft = _classes(replace(case, locks=((2, 2),)), soft_locks=True)
    assert _parted(soft.cadres) == [[0], [1], [2], [3]]


def test_single_current_pairs_part_nobody() -> None:
    case = Case((CadreCase(),) * 3, (RecipientCase(),) * 4, current=((0, 0), (1, 1), (2, 2)))
    problem = _classes(case)
    assert _parted(problem.cadres) == [[0, 1, 2]]
    assert _parted(problem.recipients) == [[0, 1, 2, 3]]
    assert problem.known.capacity.tolist() == [3]


def test_several_current_pairs_part_cadres_by_the_classes_of_their_recipients() -> None:
    near, far = RecipientCase(place=1), RecipientCase(place=2)
    case = Case(
        (CadreCase(),) * 4,
        (near, near, far, near, far, near, near),
        current=((0, 0), (1, 0), (2, 1), (3, 1), (4, 2), (5, 2), (6, 3)),
    )
    # one has two near ones, two have one of either kind, one has a single one
    assert _parted(_classes(case).cadres) == [[0], [1, 2], [3]]


@settings(max_examples=100, deadline=None)
@given(cases())
def test_every_pair_has_one_role_at_the_most(case: Case) -> None:
    formulation = case.problem().formulation
    for soft_locks in (False, True):
        roles, remaining = pair_roles(formulation, soft_locks=soft_locks)
        parts = np.stack([roles.fixed, roles.keep, roles.single])
        assert (parts.sum(axis=0) <= 1).all()
        assert not (roles.blocked & (roles.keep | roles.single)).any()
        assert not (roles.soft & ~roles.single & roles.keep).any()
        usable = formulation.special_pairs.eligible
        assert not ((roles.keep | roles.single) & ~usable).any()
        assert roles.fixed.any() <= (not soft_locks)
        assert (remaining.limit + remaining.start == formulation.capacity).all()


@settings(max_examples=100, deadline=None)
@given(cases())
def test_members_of_a_class_cost_the_same_but_for_their_own_pairs(case: Case) -> None:
    formulation = case.problem().formulation
    problem = transportation_problem(formulation, soft_locks=True)
    cost = formulation.costs.block(
        np.arange(formulation.cadre_count), np.arange(formulation.recipient_count)
    )
    for i, cadres in enumerate(_groups(problem.cadres)):
        for j, recipients in enumerate(_groups(problem.recipients)):
            block = problem.costs.block(np.array([i]), np.array([j]))[0, 0]
            assert (cost[np.ix_(cadres, recipients)] == block).all()


def _brute_force(case: Case) -> int:
    """Return the least cost of serving everybody, over all ways to do so."""
    problem = case.problem()
    cadres = problem.cadres.column("cadre_id").to_pylist()
    cost, eligible = problem.costs(cadres, problem.recipients.column("recipient_id").to_pylist())
    steps = problem.load_cost(cadres)
    best: list[int] = []
    for choice in product(range(len(cadres)), repeat=len(case.recipients)):
        loads = np.bincount(choice, minlength=len(cadres))
        people = np.arange(len(choice))
        if (loads <= problem.capacity()).all() and eligible[list(choice), people].all():
            of_load = sum(int(steps[n, :load].sum()) for n, load in enumerate(loads))
            best.append(int(cost[list(choice), people].sum()) + of_load)
    return min(best)


# Two cadres, capacity 2, the second recipient costing more than a kept pair saves. The first has
# both of its current recipients, the second none: over unkeyed classes either would keep one.
UNEVEN = Case(
    (CadreCase(place=1, capacity=2), CadreCase(place=1, capacity=2)),
    (RecipientCase(place=1), RecipientCase(place=1)),
    current=((0, 0), (1, 0)),
    marginal_km=(0, 80),
)


def _unkeyed(formulation: Formulation, *_: object) -> IntArray:
    return np.zeros(formulation.cadre_count, dtype=np.int64)


def test_keyed_by_their_current_pairs_classes_are_right() -> None:
    plan = solve(UNEVEN.problem())
    assert plan.objective == _brute_force(UNEVEN) == -50_000
    assert plan.verify().proven


def test_unkeyed_classes_would_be_wrong(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(room, "_current_key", _unkeyed)
    plan = solve(UNEVEN.problem())
    # the engine counts both savings at no load cost, which nobody can have: the bound falls short
    assert plan.levels[-1].bound == -100_000
    assert plan.objective >= _brute_force(UNEVEN)
    assert plan.certificate.gap == plan.objective + 100_000


def _everybody_alone(person: IntArray, roles: PairRoles, count: int) -> BoolArray:
    return np.ones(count, dtype=np.bool_)


@settings(max_examples=60, deadline=None)
@given(cases())
def test_classes_of_one_each_give_the_same_levels(case: Case) -> None:
    whole = solve(case.problem(), threads=1)
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(room, "_alone", _everybody_alone)
        apart = solve(case.problem(), threads=1)
    assert apart.stats.cadre_classes >= whole.stats.cadre_classes
    assert standing(apart) == standing(whole)


@pytest.mark.parametrize(
    "current",
    [
        ((0, 0), (1, 0), (2, 1)),
        ((0, 0), (1, 0), (2, 1), (3, 1)),
        ((0, 0), (1, 0), (2, 0), (3, 1)),
        ((0, 0), (1, 1), (2, 2), (3, 0)),
    ],
)
@pytest.mark.parametrize("marginal_km", [(0,), (0, 30), (0, 80), (20, 49, 51)])
def test_several_current_pairs_agree_with_brute_force(
    current: tuple[Pair, ...], marginal_km: tuple[int, ...]
) -> None:
    case = Case(
        (CadreCase(place=1, capacity=3),) * 3,
        (RecipientCase(place=1),) * 4,
        current=current,
        marginal_km=marginal_km,
    )
    assert solve(case.problem()).objective == _brute_force(case)
