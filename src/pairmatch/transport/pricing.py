"""Price every pair of classes, exactly, and keep the most promising ones of each recipients' class.

The reduced cost of a pair is :math:`c_{IJ} + u_I - v_J`. When no pair has a negative one, the
solution over the candidate arcs is optimal over all pairs; in any case the sum of the negative
ones, each times the number of pairs of people behind it, is what a lower bound has to take in.

Most pairs are priced many at a time: where the least distance between two boxes, the least that
their groups cost besides, the smallest u of the one and the largest v of the other already add up
to 0 or more, none of the pairs between them can be negative. That is exact in integers, as
distances are rounded down and a distance between boxes is at most that of any two points in them.

Recipients' boxes are visited in chunks. How the chunks are cut depends on the problem alone and
never on the number of threads, and ties are broken by position, so any number of threads finds
the same arcs.
"""

from collections import deque
from collections.abc import Callable, Iterator
from concurrent.futures import Executor, Future
from dataclasses import dataclass

import numpy as np

from pairmatch.arrays import IntArray, exact_sum
from pairmatch.formulate.costs import COST_BITS
from pairmatch.transport.box_pricing import ChunkResult, Duals, Field, price_chunk
from pairmatch.transport.boxes import (
    boxes,
    closed_in_order,
    group_costs,
    least_of_boxes,
    small_area,
)
from pairmatch.transport.transportation import TransportationProblem

_LEAF = 16
_FAN = 8
# handing a chunk to a thread takes about as long as passing over some leaves without a pair
_LEAST_OF_CHUNK = 32
_MOST_CHUNKS = 48
_IN_FLIGHT = 8


@dataclass(frozen=True)
class Priced:
    """What one pass over all pairs found.

    Attributes
    ----------
    cadre, recipient, cost
        The proposed arcs, distinct, those of one recipients' class side by side, and their costs in
        metres. Their order does not depend on the number of threads.
    least
        Shape ``(J,)``: the smallest reduced cost of each class of recipients, 0 where none is
        negative.
    total
        The sum of all negative reduced costs over pairs of people, at most 0.
    evaluated
        Pairs of classes that were looked at one by one.
    """

    cadre: IntArray
    recipient: IntArray
    cost: IntArray
    least: IntArray
    total: int
    evaluated: int


class Pricing:
    """Prices the ordinary pairs of one problem, again and again.

    Class pairs that are closed (blocked, or with an arc of their own) are left out: they are few,
    and every eligible one of them is an arc from the start.
    """

    def __init__(self, problem: TransportationProblem, executor: Executor) -> None:
        self._executor = executor
        self._cadre_size, self._recipient_size = problem.cadres.size, problem.recipients.size
        cadres = boxes(problem.costs.cadres, _LEAF, _FAN)
        recipients = boxes(problem.costs.recipients, _LEAF, _FAN)
        closed, has_closed = closed_in_order(
            problem.closed_cadre, problem.closed_recipient, cadres, recipients
        )
        self._field = Field(
            *problem.costs.take(cadres.order, recipients.order),
            cadres.tree,
            recipients.tree,
            recipients.group_of_leaf,
            *group_costs(problem.costs, cadres, recipients),
            problem.cadres.size[cadres.order],
            problem.recipients.size[recipients.order],
            small_area(problem.costs.recipients)[recipients.order],
            closed,
            has_closed,
            _LEAF,
            cadres.order,
            recipients.order,
        )
        leaves = recipients.tree.leaves
        length = max(_LEAST_OF_CHUNK, -(-leaves // _MOST_CHUNKS))
        self._chunks = [(begin, min(begin + length, leaves)) for begin in range(0, leaves, length)]

    def people(self, cadre: IntArray, recipient: IntArray) -> IntArray:
        """Return how many pairs of people there are in each pair of classes, shape ``(n,)``."""
        return self._cadre_size[cadre] * self._recipient_size[recipient]

    @property
    def chunks(self) -> int:
        """Number of chunks of one pass."""
        return len(self._chunks)

    def price(
        self,
        u: IntArray,
        v: IntArray,
        per_recipient: int,
        *,
        margin: int = 0,
        with_cost: bool = True,
        only_best: bool = False,
        stop: Callable[[], bool] = lambda: False,
        done: Callable[[int], None] = lambda _: None,
    ) -> Priced | None:
        """Price all pairs.

        Parameters
        ----------
        u, v
            Shapes ``(I,)`` and ``(J,)``: potentials of cadres' and recipients' classes.
        per_recipient
            How many of its most negative pairs each class of recipients proposes.
        margin
            Propose pairs with reduced costs below that, instead of below 0.
        with_cost
            Whether the cost of a pair counts. Where it does not (levels above the metres), it
            still decides between pairs of equal reduced cost.
        only_best
            Leave out what would not be proposed; ``total`` then means nothing. Much faster where
            most reduced costs are negative.
        stop
            Asked between chunks; True ends the pass without a result.
        done
            Told the number of chunks that are finished.
        """
        if not self._chunks:
            none = np.zeros(0, dtype=np.int64)
            return Priced(none, none, none, none, 0, 0)
        duals = self._duals(u, v, 0 if with_cost else COST_BITS, margin)
        results = []
        for result in self._run_chunks(duals, per_recipient, stop, only_best=only_best):
            results.append(result)
            done(len(results))
        if len(results) < self.chunks:
            return None
        *arrays, evaluated = zip(*results, strict=True)
        cadre, recipient, cost, sums, smallest = map(np.concatenate, arrays)
        least = np.zeros_like(v)
        least[self._field.recipient_order] = np.minimum(0, (smallest + margin) >> duals.shift)
        return Priced(
            cadre,
            recipient,
            cost,
            least,
            exact_sum(sums),
            sum(evaluated),
        )

    def best(
        self, u: IntArray, v: IntArray, per_recipient: int, stop: Callable[[], bool]
    ) -> Iterator[tuple[IntArray, IntArray, IntArray]]:
        """Yield what `price` proposes with ``only_best``, chunk by chunk, until told to stop.

        Cadres, recipients and costs of each chunk, all arcs of a class of recipients in one. For
        long lists: all chunks' arcs together are copied once more, which takes longer than to find
        them where the memory has not been used before.
        """
        duals = self._duals(u, v, 0, 0)
        results = self._run_chunks(duals, per_recipient, stop, only_best=True)
        for cadre, recipient, cost, *_ in results:
            yield cadre, recipient, cost

    def _duals(self, u: IntArray, v: IntArray, shift: int, margin: int) -> Duals:
        field = self._field
        u = u[field.cadre_order] << shift
        v = (v[field.recipient_order] << shift) + margin
        return Duals(
            u,
            v,
            least_of_boxes(field.cadre_tree, u, 1),
            least_of_boxes(field.recipient_tree, v, -1),
            shift,
            margin,
        )

    def _run_chunks(
        self,
        duals: Duals,
        per_recipient: int,
        stop: Callable[[], bool],
        *,
        only_best: bool,
    ) -> Iterator[ChunkResult]:
        """Yield the chunks' results in order; fewer than there are chunks if stopped."""
        futures: deque[Future[ChunkResult]] = deque()
        waiting = deque(self._chunks)
        # a bounded number in flight, so that a stop is honoured within a chunk or two
        while waiting or futures:
            while waiting and len(futures) < _IN_FLIGHT:
                chunk = waiting.popleft()
                futures.append(
                    self._executor.submit(
                        price_chunk, self._field, duals, *chunk, per_recipient, only_best
                    )
                )
            yield futures.popleft().result()
            if stop() and (waiting or futures):
                for future in futures:
                    future.cancel()
                return
