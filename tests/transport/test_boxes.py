"""Boxes hold their people, and what they say bounds every pair."""

from dataclasses import replace
from typing import Any

import numpy as np
import pytest
from tests.transport.class_problems import class_problems, skipping_townships

from pairmatch._kernels import callable_from_python
from pairmatch.formulate.costs import CadreSide, RecipientSide
from pairmatch.formulate.costs import distance_m as inner_distance_m
from pairmatch.transport.box_pricing import _least_distance_m as inner_least_distance_m
from pairmatch.transport.boxes import (
    Boxes,
    boxes,
    closed_in_order,
    cut_into_runs,
    group_costs,
    least_of_boxes,
    small_area,
    table_cost_groups,
)
from pairmatch.transport.transportation import TransportationProblem

# only kernels call them
distance_m = callable_from_python(inner_distance_m)
_least_distance_m = callable_from_python(inner_least_distance_m)

SHAPES = [(1, 2), (2, 2), (3, 2), (16, 8)]


def _people_of(found: Boxes, box: int) -> list[int]:
    """Return the places in a box, through all boxes within."""
    tree = found.tree
    inside = range(int(tree.first[box]), int(tree.last[box]))
    if box < tree.leaves:
        return list(inside)
    return [place for inner in inside for place in _people_of(found, inner)]


def _depth(found: Boxes, box: int) -> int:
    tree = found.tree
    return 0 if box < tree.leaves else 1 + _depth(found, int(tree.first[box]))


def _sides(problem: TransportationProblem) -> tuple[CadreSide, RecipientSide]:
    return problem.costs.cadres, problem.costs.recipients


@pytest.mark.parametrize(("leaf", "fan"), SHAPES)
def test_everybody_is_in_one_box_of_each_level_and_boxes_hold_their_people(
    leaf: int, fan: int
) -> None:
    deepest = 0
    for problem in class_problems(40, largest=60):
        for side in _sides(problem):
            found = boxes(side, leaf, fan)
            tree, count = found.tree, side.point.shape[1]
            assert sorted(found.order.tolist()) == list(range(count))
            _, group, size = table_cost_groups(side)
            assert tree.root.shape == size.shape
            seen: list[int] = []
            for number, root in enumerate(tree.root):
                people = _people_of(found, int(root))
                assert {int(group[found.order[place]]) for place in people} == {number}
                assert len(people) == size[number]
                seen += people
            assert sorted(seen) == list(range(count))
            for box in range(tree.first.shape[0]):
                held = int(tree.last[box] - tree.first[box])
                assert 1 <= held <= (leaf if box < tree.leaves else fan)
                point = side.point[:, found.order[_people_of(found, box)]]
                assert tree.low[:, box].tolist() == point.min(axis=1).tolist()
                assert tree.high[:, box].tolist() == point.max(axis=1).tolist()
                deepest = max(deepest, _depth(found, box))
            assert [int(group[found.order[tree.first[b]]]) for b in range(tree.leaves)] == (
                found.group_of_leaf.tolist()
            )
            assert [int(group[one]) for one in found.representative] == list(range(size.shape[0]))
    assert deepest >= (3 if leaf * fan <= 6 else 0)


def test_nobody_is_in_no_box() -> None:
    problem = next(class_problems(1))
    none = np.zeros(0, dtype=np.int64)
    found = boxes(problem.costs.take(none, none).cadres, 16, 8)
    assert found.order.shape == (0,)
    assert found.tree.leaves == 0
    assert found.tree.root.shape == (0,)


def test_members_of_a_group_share_counties_and_table_costs() -> None:
    for problem in class_problems(40):
        for side in _sides(problem):
            _, group, _ = table_cost_groups(side)
            own = side[3:]
            keys = list(zip(*side.ancestor[:3].tolist(), *(c.tolist() for c in own), strict=True))
            assert len(set(zip(keys, group.tolist(), strict=True))) == len(set(keys))
            assert len(set(keys)) == np.unique(group).shape[0]


def test_boxes_know_which_townships_are_in_them() -> None:
    unknown = 0
    for problem in class_problems(40):
        for side in _sides(problem):
            found = boxes(side, 2, 2)
            tree, township = found.tree, small_area(side)[found.order]
            inside = [
                set(township[tree.first[box] : tree.last[box]].tolist()) - {-1}
                if box < tree.leaves
                else set()
                for box in range(tree.first.shape[0])
            ]
            for box in range(tree.leaves, tree.first.shape[0]):
                inside[box] = set().union(*inside[tree.first[box] : tree.last[box]])
            for areas, least, most in zip(inside, tree.least_area, tree.most_area, strict=True):
                if areas:
                    assert (least, most) == (min(areas), max(areas))
                else:
                    assert least > most
                    unknown += 1
    assert unknown > 10


def test_a_group_costs_no_more_than_any_of_its_pairs_does_besides_the_distance() -> None:
    tight = pairs = ineligible = shared = 0
    rng = np.random.default_rng(19)
    for plain in class_problems(60):
        problem = skipping_townships(plain, rng)
        cadres, recipients = (boxes(side, 2, 2) for side in _sides(problem))
        table_costs, apart, together = group_costs(problem.costs, cadres, recipients)
        _, of_cadre, _ = table_cost_groups(problem.costs.cadres)
        _, of_recipient, _ = table_cost_groups(problem.costs.recipients)
        count = (problem.limit.shape[0], problem.demand.shape[0])
        i, j = (part.ravel() for part in np.indices(count))
        groups = of_recipient[j], of_cadre[i]
        eligible = problem.costs.of_pairs(i, j) >= 0
        assert (table_costs[groups][eligible] >= 0).all()
        terms = problem.costs.terms_of_pairs(i[eligible], j[eligible])
        assert (table_costs[groups][eligible] == terms[3:].sum(axis=0)).all()
        besides = terms[1:].sum(axis=0)
        area = small_area(problem.costs.cadres)[i], small_area(problem.costs.recipients)[j]
        same = (area[0] >= 0) & (area[0] == area[1])
        bound = np.where(same, together[groups], apart[groups])
        assert (together[groups][eligible] <= besides).all()
        assert (bound[eligible] <= besides).all()
        shared += int(same.sum())
        tight += int((bound[eligible] == besides).sum())
        pairs += int(eligible.sum())
        # refused groups have no eligible pair, by table costs and not by distance
        assert not (eligible & (table_costs[groups] < 0)).any()
        ineligible += int((table_costs[groups] < 0).sum())
    assert tight > pairs / 4
    assert min(ineligible, shared) > 100


@pytest.mark.parametrize(("leaf", "fan"), SHAPES)
def test_a_distance_between_boxes_is_at_most_that_of_any_two_people_in_them(
    leaf: int, fan: int
) -> None:
    above_zero = 0
    for problem in class_problems(12):
        sides = _sides(problem)
        cadres, recipients = (boxes(side, leaf, fan) for side in sides)
        tables = problem.costs.tables
        for box in range(cadres.tree.first.shape[0]):
            for leaf_box in range(recipients.tree.leaves):
                least = _least_distance_m(cadres.tree, box, recipients.tree, leaf_box, tables)
                distances = [
                    distance_m(
                        sides[0],
                        cadres.order[i],
                        sides[1],
                        recipients.order[j],
                        tables,
                    )
                    for i in _people_of(cadres, box)
                    for j in _people_of(recipients, leaf_box)
                ]
                assert 0 <= least <= min(distances)
                if len(distances) == 1:
                    assert least == distances[0]
                above_zero += least > 0
    assert above_zero > 20


def test_runs_cover_their_ranges_without_gaps() -> None:
    rng = np.random.default_rng(1)
    for length in (1, 2, 5):
        size = rng.integers(1, 12, 30)
        end = np.cumsum(size)
        first, last, of_range = cut_into_runs(end - size, end, length)
        assert first.tolist() == [0, *last[:-1].tolist()]
        assert last[-1] == end[-1]
        assert ((last - first) >= 1).all()
        assert ((last - first) <= length).all()
        assert np.bincount(of_range).tolist() == (-(-size // length)).tolist()


@pytest.mark.parametrize(("leaf", "fan"), SHAPES)
def test_the_least_of_a_box_is_that_of_its_people(leaf: int, fan: int) -> None:
    rng = np.random.default_rng(2)
    for problem in class_problems(10):
        found = boxes(problem.costs.cadres, leaf, fan)
        value = rng.integers(-50, 50, found.order.shape)
        least = least_of_boxes(found.tree, value, 1)
        most = least_of_boxes(found.tree, value, -1)
        for box in range(least.shape[0]):
            inside = value[_people_of(found, box)]
            assert (least[box], most[box]) == (inside.min(), inside.max())


def test_closed_pairs_are_keys_of_places_in_order() -> None:
    closed = 0
    for problem in class_problems(40):
        cadres, recipients = (boxes(side, 2, 2) for side in _sides(problem))
        keys, touched = closed_in_order(
            problem.closed_cadre, problem.closed_recipient, cadres, recipients
        )
        assert (np.diff(keys) > 0).all()
        found = {
            (int(cadres.order[key & ((1 << 32) - 1)]), int(recipients.order[key >> 32]))
            for key in keys.tolist()
        }
        given = zip(problem.closed_cadre.tolist(), problem.closed_recipient.tolist(), strict=True)
        assert found == set(given)
        assert set(recipients.order[touched].tolist()) == set(problem.closed_recipient.tolist())
        closed += keys.shape[0]
    assert closed > 40


def test_a_locality_that_falls_with_distance_is_still_bounded() -> None:
    # a township may cost more than the county above it: the bound takes the least of both
    problem: Any = next(class_problems(1, first=30_400))
    costs = problem.costs
    for order in ([0, 10, 40, 60, 80, 200], [80, 60, 40, 10, 0, 5], [5, 0, 70, 90, 1, 30]):
        tables = costs.tables._replace(locality_m=np.array(order, dtype=np.int64))
        other = replace(problem, costs=costs._replace(tables=tables))
        cadres, recipients = (boxes(side, 2, 2) for side in _sides(other))
        _, apart, together = group_costs(other.costs, cadres, recipients)
        _, of_cadre, _ = table_cost_groups(costs.cadres)
        _, of_recipient, _ = table_cost_groups(costs.recipients)
        i, j = (
            part.ravel() for part in np.indices((problem.limit.shape[0], problem.demand.shape[0]))
        )
        eligible = other.costs.of_pairs(i, j) >= 0
        besides = other.costs.terms_of_pairs(i[eligible], j[eligible])[1:].sum(axis=0)
        groups = of_recipient[j], of_cadre[i]
        assert (together[groups][eligible] <= besides).all()
        township = costs.cadres.ancestor[3][i], costs.recipients.ancestor[3][j]
        differ = (township[0] < 0) | (township[0] != township[1])
        assert (apart[groups][eligible & differ] <= besides[differ[eligible]]).all()
