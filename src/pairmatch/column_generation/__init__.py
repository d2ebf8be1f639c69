"""The loop: solve over candidate arcs, price every omitted pair, add arcs, repeat.

Column generation :cite:p:`desrosiers2005primer` over the transportation problem of classes, level
by level.
"""

from pairmatch.column_generation.levels import LevelProof, Outcome, solve_levels
from pairmatch.column_generation.limits import Limits, Progress

__all__ = ["LevelProof", "Limits", "Outcome", "Progress", "solve_levels"]
