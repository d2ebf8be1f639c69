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

import copy
from collections import deque
from collections.abc import Callable, Iterator
from concurrent.futures import Executor, Future
from dataclasses import dataclass

import numpy as np

from pairmatch.arrays import IntArray, exact_sum
from pairmatch.formulate.costs import CostTables
from pairmatch.transport.box_pricing import ChunkResult, Duals, Field, price_chunk
from pairmatch.transport.boxes import (
    boxes,
    closed_in_order,
    group_costs,
    least_of_boxes,
    small_area,
)
from pairmatch.transport.transportation import TransportationProblem
from pairmatch.tuning import Tuning

_MOST_CHUNKS = 48
_IN_FLIGHT = 8


@dataclass(frozen=True)
class Priced:
    """What one pass over all pairs found.

    Attributes
    ----------
    cadre, recipient, cost
        The proposed arcs, distinct, those of one recipients' class side by side, and what they
        cost. Their order does not depend on the number of threads.
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
        self._problem, self._shift = problem, problem.key_shift
        self._cadre_size, self._recipient_size = problem.cadres.size, problem.recipients.size
        costs = problem.costs.under(problem.key_tables)
        tuning = problem.tuning
        cadres = boxes(problem.costs.cadres, tuning.leaf, tuning.fan)
        recipients = boxes(problem.costs.recipients, tuning.leaf, tuning.fan)
        closed, has_closed = closed_in_order(
            problem.closed_cadre, problem.closed_recipient, cadres, recipients
        )
        self._field = Field(
            *costs.take(cadres.order, recipients.order),
            cadres.tree,
            recipients.tree,
            recipients.group_of_leaf,
            *group_costs(costs, cadres, recipients),
            problem.cadres.size[cadres.order],
            problem.recipients.size[recipients.order],
            small_area(problem.costs.recipients)[recipients.order],
            closed,
            has_closed,
            tuning.leaf,
            cadres.order,
            recipients.order,
        )
        leaves = recipients.tree.leaves
        length = max(tuning.least_chunk, -(-leaves // _MOST_CHUNKS))
        self._chunks = [(begin, min(begin + length, leaves)) for begin in range(0, leaves, length)]

    def people(self, cadre: IntArray, recipient: IntArray) -> IntArray:
        """Return how many pairs of people there are in each pair of classes, shape ``(n,)``."""
        return self._cadre_size[cadre] * self._recipient_size[recipient]

    def at(self, problem: TransportationProblem) -> "Pricing":
        """Return the pricing of the same problem at other prices of the levels."""
        if problem is self._problem:
            return self
        if not _equal(problem.key_tables, self._field.tables):
            return Pricing(problem, self._executor)
        same = copy.copy(self)
        same._problem, same._shift = problem, problem.key_shift  # noqa: SLF001  # its own class
        return same

    @property
    def tuning(self) -> Tuning:
        """The problem's."""
        return self._problem.tuning

    @property
    def is_shifted(self) -> bool:
        """Whether potentials are shifted left, as levels at the end do not count."""
        return self._shift > 0

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
        duals = self._duals(u, v, margin)
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
            cost >> duals.shift if duals.shift else cost,
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
        duals = self._duals(u, v, 0)
        results = self._run_chunks(duals, per_recipient, stop, only_best=True)
        for cadre, recipient, cost, *_ in results:
            yield cadre, recipient, cost

    def _duals(self, u: IntArray, v: IntArray, margin: int) -> Duals:
        field, shift = self._field, self._shift
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


def _equal(tables: CostTables, others: CostTables) -> bool:
    pairs = zip(tables, others, strict=True)
    return all(np.array_equal(np.asarray(one), np.asarray(other)) for one, other in pairs)
