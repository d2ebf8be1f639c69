"""NETGEN: the classical generator of min-cost flow problems, the same networks bit by bit.

Follows Klingman, Napier and Stutz (Management Science 20, 1974, doi:10.1287/mnsc.20.5.814) as the
DIMACS challenge's programme does, rounding and pseudo-sizes included, so that published optima
hold. Chains of nodes lead from every source to some sinks and make the problem feasible; random
arcs are added at every node of a chain.
"""

from dataclasses import dataclass

import numpy as np

from benchmarks.network import Network

_MODULUS = (1 << 31) - 1
_MULTIPLIER = 16807


@dataclass(frozen=True)
class NetgenParameters:
    """What the generator is asked for; percentages are whole numbers."""

    seed: int
    nodes: int
    sources: int
    sinks: int
    arcs: int
    cost: tuple[int, int]
    supply: int
    dearest_percent: int
    capacitated_percent: int
    capacity: tuple[int, int]


# cost of the optimum, by exponent of two of the number of nodes
PUBLISHED_FAMILY_8 = {
    10: 369_269_289,
    12: 783_715_427,
    14: 1_772_056_888,
    16: 4_023_172_764,
    18: 8_724_935_705,
}


def family_8(exponent: int) -> NetgenParameters:
    """Return the parameters of instance ``netgen_8_<exponent>a``: eight arcs a node."""
    nodes = 1 << exponent
    ends = int(nodes**0.5)
    return NetgenParameters(
        seed=13_502_460,
        nodes=nodes,
        sources=ends,
        sinks=ends,
        arcs=8 * nodes,
        cost=(1, 10_000),
        supply=1000 * ends,
        dearest_percent=100,
        capacitated_percent=100,
        capacity=(1, 1000),
    )


def netgen(parameters: NetgenParameters) -> Network:
    """Generate a network; sources come first, sinks last."""
    return _Netgen(parameters).network()


class _Random:
    """The generator of Lewis, Goodman and Miller, as NETGEN draws from it."""

    def __init__(self, seed: int) -> None:
        self._state = seed

    def draw(self, low: int, high: int) -> int:
        """Return a number from low to high; one is drawn even where there is no choice."""
        self._state = self._state * _MULTIPLIER % _MODULUS
        return high if high <= low else low + self._state % (high - low + 1)


class _Remaining:
    """The numbers from low to high less those taken or struck out; ranks count from 1.

    ``reckoned`` falls with every number struck out, also with one that was not there: NETGEN
    reckons so.
    """

    def __init__(self, low: int, high: int) -> None:
        self._low, self._high = low, high
        self._gone: list[int] = []
        self.reckoned = high - low + 1

    def strike(self, number: int) -> None:
        self.reckoned -= 1
        if self._low <= number <= self._high and number not in self._gone:
            self._gone.append(number)
            self._gone.sort()

    def take(self, rank: int) -> int:
        number = self._low + rank - 1
        for gone in self._gone:
            if gone > number:
                break
            number += 1
        self.strike(number)
        return number


class _Netgen:
    def __init__(self, parameters: NetgenParameters) -> None:
        self._asked = parameters
        self._random = _Random(parameters.seed)
        self._supply = [0] * parameters.nodes
        self._arcs: list[tuple[int, int, int, int]] = []
        self._nodes_left = parameters.nodes - parameters.sinks

    def network(self) -> Network:
        self._spread_supply()
        chains = self._chains()
        for source in range(1, self._asked.sources + 1):
            self._hook(source, chains[source - 1])
        tail, head, capacity, cost = np.array(self._arcs, dtype=np.int64).T
        return Network.sorted(
            tail - 1, head - 1, capacity, cost, np.array(self._supply, dtype=np.int64)
        )

    def _spread_supply(self) -> None:
        sources, random = self._asked.sources, self._random
        each, rest = divmod(self._asked.supply, sources)
        for source in range(sources):
            part = random.draw(1, each)
            self._supply[source] += part
            self._supply[random.draw(0, sources - 1)] += each - part
        self._supply[random.draw(0, sources - 1)] += rest

    def _chains(self) -> list[list[int]]:
        """Hang 60 % of the inner nodes on the sources in turn, the others on random ones."""
        asked, random = self._asked, self._random
        inner = asked.nodes - asked.sources - asked.sinks
        free = list(range(asked.sources + 1, asked.nodes - asked.sinks + 1))
        chains: list[list[int]] = [[] for _ in range(asked.sources)]
        in_turn = inner - (4 * inner + 9) // 10
        for nth in range(inner):
            node = free.pop(random.draw(1, len(free)) - 1)
            source = nth % asked.sources if nth < in_turn else random.draw(1, asked.sources) - 1
            chains[source].append(node)
        return chains

    def _hook(self, source: int, grown: list[int]) -> None:
        """Lead a chain to sinks, then give every node of it random arcs."""
        random, supply = self._random, self._supply
        chain = grown[::-1]  # from the end that was hung last, back to the source
        sinks = self._sinks_of(source, len(chain))
        # the node that was hung last stands at the far end; each link leads from the one before
        links = [(before, node) for node, before in zip(chain, [*chain[1:], source], strict=True)]
        backwards = dict(zip([source, *chain], [*chain, source], strict=True))
        sent = supply[source - 1]
        each, rest = divmod(sent, len(sinks))
        node = backwards[source]
        for sink in sinks:
            part = random.draw(1, each)
            other = sinks[random.draw(0, len(sinks) - 1)]
            links.append((node, sink + 1))
            supply[sink] -= part
            supply[other] -= each - part
            node = source
            for _ in range(random.draw(1, len(chain))):
                node = backwards[node]
        supply[sinks[0]] -= rest
        self._random_arcs(_shell_sorted(links), sent)

    def _sinks_of(self, source: int, length: int) -> list[int]:
        asked = self._asked
        inner = asked.nodes - asked.sources - asked.sinks
        wanted = 2 * length * asked.sinks // inner if inner else asked.sinks // asked.sources + 1
        wanted = max(2, min(wanted, asked.sinks))
        free = list(range(asked.nodes - asked.sinks, asked.nodes))
        sinks = [free.pop(self._random.draw(1, len(free)) - 1) for _ in range(wanted)]
        if source == asked.sources:
            sinks += [sink for sink in free if self._supply[sink] == 0]
        return sinks

    def _random_arcs(self, links: list[tuple[int, int]], sent: int) -> None:
        asked, random = self._asked, self._random
        at = 0
        while at < len(links):
            tail = links[at][0]
            free = _Remaining(asked.sources + 1, asked.nodes)
            free.strike(tail)
            while at < len(links) and links[at][0] == tail:
                head = links[at][1]
                free.strike(head)
                capacity = asked.supply
                if random.draw(1, 100) <= asked.capacitated_percent:
                    capacity = max(sent, asked.capacity[0])
                cost = asked.cost[1]
                if random.draw(1, 100) > asked.dearest_percent:
                    cost = random.draw(*asked.cost)
                self._arcs.append((tail, head, capacity, cost))
                at += 1
            self._pick_heads(tail, free)

    def _pick_heads(self, tail: int, free: _Remaining) -> None:
        asked, random = self._asked, self._random
        heads = asked.nodes - asked.sources
        left = asked.arcs - len(self._arcs)
        self._nodes_left -= 1
        if 2 * self._nodes_left >= left:
            return
        if (left + heads - free.reckoned - 1) // (self._nodes_left + 1) >= heads - 1:
            count = heads
        else:
            most = 2 * (left // (self._nodes_left + 1) - 1)
            count = random.draw(1, most)
            while self._nodes_left and self._nodes_left * (heads - 1) < left - count:
                count = random.draw(1, most)
            if self._nodes_left == 0:
                count = left
        for _ in range(count):
            head = free.take(random.draw(1, free.reckoned))
            capacity = asked.supply
            if random.draw(1, 100) <= asked.capacitated_percent:
                capacity = random.draw(*asked.capacity)
            self._arcs.append((tail, head, capacity, random.draw(*asked.cost)))


def _shell_sorted(links: list[tuple[int, int]]) -> list[tuple[int, int]]:
    """Sort links by tail; which of two equal ones comes first decides the network."""
    order = list(links)
    gap = len(order) // 2
    while gap:
        for begin in range(len(order) - gap):
            at = begin
            while at >= 0 and order[at][0] > order[at + gap][0]:
                order[at], order[at + gap] = order[at + gap], order[at]
                at -= gap
        gap //= 2
    return order
