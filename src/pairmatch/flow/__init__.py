"""Minimum-cost flow on arrays; useful on its own.

>>> from pairmatch.flow import min_cost_flow
>>> result = min_cost_flow([0, 0], [1, 1], [1, 5], [2, 3], [4, -4])
>>> result.status.name, result.cost, result.flow.tolist()
('OPTIMAL', 11, [1, 3])
"""

from pairmatch.errors import FlowRangeError
from pairmatch.flow.cost_scaling import CostScalingSession, ScalingStats
from pairmatch.flow.engine import Engine, Session
from pairmatch.flow.max_flow import MaxFlowResult, max_flow
from pairmatch.flow.min_cost import ENGINES, choose_engine, engine_named, min_cost_flow
from pairmatch.flow.network import (
    EngineChoice,
    FlowNetwork,
    FlowResult,
    FlowStatus,
)
from pairmatch.flow.network_simplex import SimplexSession, SimplexStats
from pairmatch.flow.potentials import reduced_costs

__all__ = [
    "ENGINES",
    "CostScalingSession",
    "Engine",
    "EngineChoice",
    "FlowNetwork",
    "FlowRangeError",
    "FlowResult",
    "FlowStatus",
    "MaxFlowResult",
    "ScalingStats",
    "Session",
    "SimplexSession",
    "SimplexStats",
    "choose_engine",
    "engine_named",
    "max_flow",
    "min_cost_flow",
    "reduced_costs",
]
