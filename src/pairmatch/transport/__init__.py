"""The transportation problem of classes, solved by column generation and proven level by level.

In: a `Formulation`. Out: a `SolveState`: pairs of people, with the duals that prove them. The loop
solves over candidate arcs, prices every omitted pair, adds arcs and repeats
:cite:p:`desrosiers2005primer`. ``classes`` and ``transportation`` make the problem; ``coarse``,
``auction`` and ``starts`` choose what it begins with; ``boxes``, ``pricing`` and
``repricing`` price omitted pairs; ``master`` is the flow problem over candidates, ``loop`` the
column generation, ``levels`` the order of levels; ``disaggregate`` goes back to people.
"""

from pairmatch.transport.state import Proof, SolveState, solve_people

__all__ = ["Proof", "SolveState", "solve_people"]
