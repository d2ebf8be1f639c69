import pytest
from benchmarks.netgen import PUBLISHED_FAMILY_8, family_8, netgen

from pairmatch.flow import CostScalingSession, FlowNetwork, FlowStatus, min_cost_flow


@pytest.mark.parametrize("exponent", [10, 12])
def test_the_networks_of_family_8_have_their_published_optima(exponent: int) -> None:
    network = netgen(family_8(exponent))
    found = min_cost_flow(
        network.tail, network.head, network.capacity, network.unit_cost, network.supply
    )
    assert found.status is FlowStatus.OPTIMAL
    assert found.cost == PUBLISHED_FAMILY_8[exponent]


@pytest.mark.parametrize("exponent", [8, 10, 12])
def test_family_8_has_eight_arcs_a_node_and_balanced_supplies(exponent: int) -> None:
    network = netgen(family_8(exponent))
    assert network.nodes == 1 << exponent
    assert network.arcs == 8 << exponent
    assert network.supply.sum() == 0
    assert network.supply[network.supply > 0].sum() == 1000 * int(network.nodes**0.5)


def test_cost_scaling_reaches_a_published_optimum_without_a_price_war() -> None:
    # with arcs left out of lists that were short already, 34 million potentials were lowered
    network = netgen(family_8(14))
    session = CostScalingSession(
        FlowNetwork(network.tail, network.head, network.capacity, network.unit_cost, network.supply)
    )
    assert session.solve().cost == PUBLISHED_FAMILY_8[14]
    assert session.stats.relabels < 150 * network.nodes
