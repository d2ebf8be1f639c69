"""How a session prices arcs to find entering ones, by the shape of its network.

*Block search* visits a block of arcs, stored in a mixed order, and takes the worst of them. It is
quicker where the arcs are few enough for the processor's caches, and on networks of any kind where
most nodes pass flow on. *Candidate lists* visit bundles of arcs with the same head, which are
contiguous in memory. On large bipartite networks, where pivots disturb each other little, most of
the arcs that they list still violate when it is their turn.
"""

import math
from dataclasses import dataclass, replace

from pairmatch.flow.network import FlowNetwork

# with a larger share of terminal nodes, a network counts as bipartite
_MANY_TERMINAL = 0.25
# up to this number of nodes blocks are quicker on bipartite networks as well
_SMALL = 8_000
# but not where this part or more of all pairs of nodes has an arc: bundles by head are long there
_DENSE = 1 / 64
_LEAST_OF_BLOCK = 10


@dataclass(frozen=True)
class PricingRule:
    """A way to find entering arcs.

    Attributes
    ----------
    root_arcs
        Arcs of a block, as a multiple of the square root of all arcs; 0 for candidate lists.
    rare
        Candidates are rare where this number of arcs, or bundles, was visited for each.
    few
        Few arcs violate where this number was visited for each that does.
    at_once
        Most blocks, or lists, between two checks of the clock: a few milliseconds.
    """

    root_arcs: int
    rare: int
    few: int
    at_once: int

    @property
    def by_blocks(self) -> bool:
        """Whether arcs are searched in blocks; else candidates are listed by bundles."""
        return self.root_arcs > 0

    def block(self, arcs: int) -> int:
        """Return how many arcs are in a block, 0 where there are none."""
        return max(_LEAST_OF_BLOCK, self.root_arcs * math.isqrt(arcs)) if self.by_blocks else 0

    def finds_few(self, visited: int, found: int, arcs: int) -> bool:
        """Tell whether few arcs violate, by what some lists or blocks came to.

        A block counts as one candidate however many it holds, so it takes several that hold none.
        """
        return visited > max(self.few, 3 * self.block(arcs)) * found


LISTS = PricingRule(root_arcs=0, rare=1024, few=64, at_once=32)
BLOCKS = PricingRule(root_arcs=2, rare=8192, few=768, at_once=512)
# pivots of a transportation network are cheaper, so a block is to be quicker as well
SMALL_BLOCKS = replace(BLOCKS, root_arcs=1)


def pricing_rule(network: FlowNetwork, terminal: int) -> PricingRule:
    """Return the rule for a network, ``terminal`` of whose nodes no arc leaves."""
    if terminal <= _MANY_TERMINAL * network.nodes:
        return BLOCKS
    small = network.nodes <= _SMALL and network.arcs < _DENSE * network.nodes**2
    return SMALL_BLOCKS if small else LISTS
