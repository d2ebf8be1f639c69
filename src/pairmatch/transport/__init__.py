"""The transportation problem of classes, solved by column generation and proven level by level.

In: people as arrays. Out: flows between classes, with the potentials that prove them. The loop
solves over candidate arcs, prices every omitted pair, adds arcs and repeats
:cite:p:`desrosiers2005primer`. ``classes`` and ``transportation`` make the problem; ``coarse``,
``auction`` and ``first_candidates`` choose what it begins with; ``boxes``, ``pricing`` and
``repricing`` price omitted pairs; ``master`` is the flow problem over candidates, ``loop`` the
column generation, ``levels`` the order of levels.
"""

from pairmatch.transport.levels import LevelProof, Outcome, solve_levels

__all__ = ["LevelProof", "Outcome", "solve_levels"]
