"""Price every pair of classes, exactly, and keep the most promising ones of each class.

The reduced cost of a pair is :math:`c_{IJ} + u_I - v_J`. When no pair has a negative one, the
solution over the candidate arcs is optimal over all pairs; in any case the sum of the negative
ones, each times the number of pairs of people behind it, is what a lower bound has to take in.

Pairs are visited in chunks of recipients' classes. How the chunks are cut depends on the problem
alone and never on the number of threads, and ties are broken by position, so any number of
threads finds the same arcs.
"""

from collections import deque
from collections.abc import Callable
from concurrent.futures import Executor, Future
from dataclasses import dataclass
from itertools import pairwise
from typing import TypeAlias

import numpy as np

from pairmatch._kernels import kernel
from pairmatch.formulate.arrays import BoolArray, IntArray, exact_sum
from pairmatch.formulate.costs import (
    COST_BITS,
    CadreSide,
    CostTables,
    RecipientSide,
    distance_m,
    locality_m,
    look_ups_m,
)
from pairmatch.formulate.transportation import TransportationProblem

_CHUNK_PAIRS = 1 << 24

# cadre class, recipient class, key, 1 if proposed by the cadres' side; sums by recipient class
ChunkResult: TypeAlias = tuple[IntArray, IntArray, IntArray, IntArray, IntArray]


@dataclass(frozen=True)
class Quota:
    """How many arcs each class may propose in one pass, shapes ``(I,)`` and one number."""

    per_cadre: IntArray
    per_recipient: int


@dataclass(frozen=True)
class Priced:
    """What one pass over all pairs found.

    ``cadre`` and ``recipient`` are the proposed arcs, distinct and sorted; ``total`` is the sum of
    all negative reduced costs over pairs of people, at most 0; ``pairs`` counts pairs of classes.
    """

    cadre: IntArray
    recipient: IntArray
    total: int
    pairs: int


class Pricing:
    """Prices the ordinary pairs of one problem, again and again.

    Class pairs that are closed (blocked, or with an arc of their own) are left out: they are few,
    and every eligible one of them is an arc from the start.
    """

    def __init__(self, problem: TransportationProblem, executor: Executor) -> None:
        self._problem = problem
        self._executor = executor
        cadres = problem.cadres.size.shape[0]
        recipients = problem.recipients.size.shape[0]
        self._closed_first = np.searchsorted(problem.closed_cadre, np.arange(cadres + 1)).astype(
            np.int64
        )
        self._closed_side = np.zeros(recipients, dtype=np.bool_)
        self._closed_side[problem.closed_recipient] = True
        width = max(1, _CHUNK_PAIRS // max(cadres, 1))
        cuts = np.arange(0, recipients + width, width).clip(max=recipients)
        self._chunks = [(int(a), int(b)) for a, b in pairwise(cuts) if b > a]

    @property
    def chunks(self) -> int:
        """Number of chunks of one pass."""
        return len(self._chunks)

    def price(
        self,
        u: IntArray,
        v: IntArray,
        quota: Quota,
        *,
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
        quota
            How many of the most negative pairs each class proposes.
        with_cost
            Whether the cost of a pair counts. Where it does not (levels above the metres), it
            still decides between pairs of equal reduced cost.
        only_best
            Leave out what no class would propose; ``total`` then means nothing. Much faster where
            most reduced costs are negative.
        stop
            Asked between chunks; True ends the pass without a result.
        done
            Told the number of chunks that are finished.
        """
        problem = self._problem
        shift = 0 if with_cost else COST_BITS
        start = np.concatenate([[0], np.cumsum(quota.per_cadre)]).astype(np.int64)
        found: list[tuple[IntArray, IntArray, IntArray, IntArray]] = []
        total = 0
        futures: deque[Future[ChunkResult]] = deque()
        waiting = list(reversed(self._chunks))
        # a bounded number in flight, so that a stop is honoured within a chunk or two
        while waiting or futures:
            while waiting and len(futures) < 4:
                begin, end = waiting.pop()
                futures.append(
                    self._executor.submit(
                        price_chunk,
                        *problem.costs,
                        u << shift,
                        v << shift,
                        shift,
                        problem.cadres.size,
                        problem.recipients.size,
                        self._closed_first,
                        problem.closed_recipient,
                        self._closed_side,
                        begin,
                        end,
                        start,
                        quota.per_recipient,
                        only_best,
                    )
                )
            cadre, recipient, key, by_cadre, sums = futures.popleft().result()
            total += exact_sum(sums)
            found.append((cadre, recipient, key, by_cadre))
            done(len(found))
            if stop() and (waiting or futures):
                for future in futures:
                    future.cancel()
                return None
        cadre, recipient = _best(found, quota.per_cadre)
        return Priced(
            cadre,
            recipient,
            total,
            int(problem.cadres.size.shape[0]) * int(problem.recipients.size.shape[0]),
        )


def _best(
    found: list[tuple[IntArray, IntArray, IntArray, IntArray]], per_cadre: IntArray
) -> tuple[IntArray, IntArray]:
    """Merge the chunks' proposals: all of the recipients', the best few of each cadre class."""
    if not found:
        return np.zeros(0, dtype=np.int64), np.zeros(0, dtype=np.int64)
    cadre, recipient, key, by_cadre = (np.concatenate(parts) for parts in zip(*found, strict=True))
    own = np.flatnonzero(by_cadre == 1)
    own = own[np.lexsort((recipient[own], key[own], cadre[own]))]
    first = np.searchsorted(cadre[own], cadre[own])
    own = own[np.arange(own.shape[0]) - first < per_cadre[cadre[own]]]
    chosen = np.concatenate([np.flatnonzero(by_cadre == 0), own])
    pairs = np.unique((cadre[chosen] << 32) | recipient[chosen])
    return pairs >> 32, pairs & ((1 << 32) - 1)


@kernel
def _offer(key: IntArray, item: IntArray, begin: int, end: int, new_key: int, new: int) -> None:
    """Replace the largest entry of the max-heap ``[begin, end)`` by a smaller one."""
    size = end - begin
    hole = 0
    while True:
        child = 2 * hole + 1
        if child >= size:
            break
        if child + 1 < size and key[begin + child + 1] > key[begin + child]:
            child += 1
        if key[begin + child] <= new_key:
            break
        key[begin + hole] = key[begin + child]
        item[begin + hole] = item[begin + child]
        hole = child
    key[begin + hole] = new_key
    item[begin + hole] = new


@kernel
def _is_closed(first: IntArray, closed: IntArray, i: int, j: int) -> bool:
    low = first[i]
    high = first[i + 1]
    while low < high:
        middle = (low + high) // 2
        if closed[middle] < j:
            low = middle + 1
        else:
            high = middle
    return bool(low < first[i + 1] and closed[low] == j)


@kernel
def price_chunk(  # noqa: C901  # one loop, in the order in which tests are cheap
    cadres: CadreSide,
    recipients: RecipientSide,
    tables: CostTables,
    u: IntArray,
    v: IntArray,
    shift: int,
    cadre_size: IntArray,
    recipient_size: IntArray,
    closed_first: IntArray,
    closed_recipient: IntArray,
    closed_side: BoolArray,
    begin: int,
    end: int,
    heap_start: IntArray,
    per_recipient: int,
    only_best: bool,  # noqa: FBT001  # kernels take arguments by position
) -> ChunkResult:
    """Price recipients' classes ``begin`` to ``end`` against all cadres' classes.

    The key of a pair is its cost plus ``u - v``, both shifted left by ``shift`` bits; its reduced
    cost is the key shifted back. Costs are below 2**40, so the reduced cost is the difference of
    the potentials alone when ``shift`` is 40, and ties go to the cheaper pair. What is known of a
    key without its distance is compared with the bar it has to stay below: 0, or if only the best
    are wanted, the worst of those in hand.
    """
    count = cadre_size.shape[0]
    row_key = np.zeros((end - begin) * per_recipient, dtype=np.int64)
    row_item = np.full((end - begin) * per_recipient, -1, dtype=np.int64)
    heap_key = np.zeros(heap_start[count], dtype=np.int64)
    heap_item = np.full(heap_start[count], -1, dtype=np.int64)
    sums = np.zeros(end - begin, dtype=np.int64)
    for j in range(begin, end):
        row = (j - begin) * per_recipient
        total = 0
        for i in range(count):
            bare = u[i] - v[j]
            if bare >= 0:
                continue
            look_ups = look_ups_m(cadres, i, recipients, j, tables)
            if look_ups < 0 or bare + look_ups >= 0:
                continue
            bar = 0
            if only_best:
                bar = row_key[row]
                if heap_start[i] < heap_start[i + 1]:
                    bar = max(bar, heap_key[heap_start[i]])
                if bare + look_ups >= bar:
                    continue
            key = bare + look_ups + locality_m(cadres, i, recipients, j, tables)
            if cadres.inherited[i] or recipients.inherited[j]:
                key += tables.inherited_m
            if key >= bar:
                continue
            distance = distance_m(cadres, i, recipients, j, tables)
            key += distance
            if key >= 0 or (tables.max_m >= 0 and distance > tables.max_m):
                continue
            if closed_side[j] and _is_closed(closed_first, closed_recipient, i, j):
                continue
            total += (key >> shift) * cadre_size[i]
            if per_recipient > 0 and key < row_key[row]:
                _offer(row_key, row_item, row, row + per_recipient, key, i)
            if heap_start[i] < heap_start[i + 1] and key < heap_key[heap_start[i]]:
                _offer(heap_key, heap_item, heap_start[i], heap_start[i + 1], key, j)
        sums[j - begin] = total * recipient_size[j]
    kept = 0
    for slot in range(row_item.shape[0]):
        kept += row_item[slot] >= 0
    for slot in range(heap_item.shape[0]):
        kept += heap_item[slot] >= 0
    cadre = np.empty(kept, dtype=np.int64)
    recipient = np.empty(kept, dtype=np.int64)
    kept_key = np.empty(kept, dtype=np.int64)
    by_cadre = np.zeros(kept, dtype=np.int64)
    at = 0
    for slot in range(row_item.shape[0]):
        if row_item[slot] >= 0:
            cadre[at] = row_item[slot]
            recipient[at] = begin + slot // per_recipient
            kept_key[at] = row_key[slot]
            at += 1
    for i in range(count):
        for slot in range(heap_start[i], heap_start[i + 1]):
            if heap_item[slot] >= 0:
                cadre[at] = i
                recipient[at] = heap_item[slot]
                kept_key[at] = heap_key[slot]
                by_cadre[at] = 1
                at += 1
    return cadre, recipient, kept_key, by_cadre, sums
