"""One phase of push-relabel: all excess arrives, and the flow is optimal up to epsilon."""

import numpy as np
import pytest
from tests.flow.listed import all_listed, without_lower_bounds
from tests.flow.networks import random_network

from pairmatch.flow import FlowNetwork, FlowStatus, engine_named
from pairmatch.flow.push_relabel import discharge, stack_excess
from pairmatch.flow.residual_lists import take_flows


@pytest.mark.parametrize("epsilon", [1, 7, 50])
@pytest.mark.parametrize("at_once", [3, 1 << 20])
def test_all_excess_arrives_nearly_at_least_cost(epsilon: int, at_once: int) -> None:
    solved = 0
    for seed in range(150):
        network = without_lower_bounds(random_network(np.random.default_rng([seed, 5])))
        if engine_named("ortools").open(network).solve(lambda: False).status is not (
            FlowStatus.OPTIMAL
        ):
            continue
        arcs, lists, labels = all_listed(network)
        height = stack_excess(lists, labels)
        assert height == (labels.excess > 0).sum()
        while height > 0:
            height, relabels = discharge(lists, arcs.scale, labels, height, epsilon, at_once)
            assert height == 0 or relabels >= at_once
        assert not labels.excess.any()
        take_flows(lists, arcs.tail.shape[0], arcs.flow)
        left = network.supply.copy()
        np.subtract.at(left, arcs.tail, arcs.flow)
        np.add.at(left, arcs.head, arcs.flow)
        assert not left.any()
        reduced = arcs.cost * arcs.scale + labels.potential[arcs.tail] - labels.potential[arcs.head]
        assert (reduced[arcs.flow < arcs.capacity] >= -epsilon).all()
        assert (reduced[arcs.flow > 0] <= epsilon).all()
        assert (labels.potential <= 0).all()
        solved += 1
    assert solved > 50


def test_excess_that_cannot_leave_stays_on_the_stack() -> None:
    network = FlowNetwork([1], [0], [5], [1], [3, -3])
    arcs, lists, labels = all_listed(network)
    height = stack_excess(lists, labels)
    height, relabels = discharge(lists, arcs.scale, labels, height, 1, 1 << 20)
    assert (height, relabels) == (1, 1)
    assert labels.stack[0] == 0
    assert labels.excess.tolist() == [3, -3]
