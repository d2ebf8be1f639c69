"""Everything runs once before it is timed: compiling and loading are then over."""

import numpy as np

import pairmatch as pm
from benchmarks.engine_phase import QUICK_SHARE
from benchmarks.peers import PEERS, refusal
from benchmarks.province import province_tables
from benchmarks.registry import FLOWS, SMALLEST_SCALE
from pairmatch.flow import FlowNetwork, SimplexSession


def warm_up() -> None:
    """Solve the smallest instances with every solver, one of them again, and one province."""
    for instance in FLOWS:
        if "smoke" in instance.sets:
            network = instance.make()
            for peer in PEERS:
                if refusal(peer, network, QUICK_SHARE) is None:
                    peer.solve(network)
    session = SimplexSession(FlowNetwork([0, 0], [1, 1], [2, 2], [1, 2], [2, -2]))
    session.solve()
    session.set_bounds(np.array([0]), np.array([0]), np.array([1]))
    session.solve()
    pm.solve(pm.Problem.from_tables(**province_tables("codes", SMALLEST_SCALE)))
