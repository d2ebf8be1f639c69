"""Every solver on every network, with pytest-benchmark: ``pytest benchmarks``.

The set is chosen by ``PAIRMATCH_BENCH`` (smoke, quick or full; smoke if not given). For ratios use
``python -m benchmarks``, where solvers take turns.
"""

import os
from functools import cache

import pytest
from pytest_benchmark.fixture import BenchmarkFixture

from benchmarks.network import Network
from benchmarks.peers import OWN, PEERS, Peer, refusal
from benchmarks.registry import FLOWS, FlowInstance, chosen

CHOSEN = chosen(FLOWS, os.environ.get("PAIRMATCH_BENCH", "smoke"))


@cache
def network_of(instance: FlowInstance) -> Network:
    return instance.make()


@cache
def own_objective(instance: FlowInstance) -> int:
    return OWN.solve(network_of(instance))


@pytest.mark.parametrize("instance", CHOSEN, ids=lambda instance: instance.name)
@pytest.mark.parametrize("peer", PEERS, ids=lambda peer: peer.name)
def test_engine(benchmark: BenchmarkFixture, peer: Peer, instance: FlowInstance) -> None:
    network = network_of(instance)
    if (reason := refusal(peer, network)) is not None:
        pytest.skip(reason)
    benchmark.group = instance.name
    found = benchmark(peer.solve, network)
    assert found == own_objective(instance)
    assert instance.published in (None, found)
