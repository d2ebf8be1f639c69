"""Pairs that changed as chains: a conformal decomposition of one plan minus another.

That is the decomposition of a flow into paths and cycles :cite:p:`ahuja1993network`.

Two plans differ by pairs removed and pairs added. At each person pairs removed are matched with
pairs added, in order; what is left of one kind has no match there, and a chain ends. So each pair
has at most one match at its recipient and one at its cadre, and the changed pairs fall into paths
and cycles in which pairs removed and added alternate. No person has both a pair added and a pair
removed without a match: each chain alone may be taken back as far as loads and demands allow.
"""

from dataclasses import dataclass

import numpy as np

from pairmatch.arrays import BoolArray, IntArray


@dataclass(frozen=True)
class Matches:
    """How ``E`` changed pairs are matched at the persons of one side.

    Attributes
    ----------
    nth
        Shape ``(E,)``, from 0: of the pairs of one person and one kind (removed or added), which
        one this is.
    partner
        Shape ``(E,)``: the pair of the other kind that it is matched with, or -1.
    surplus
        Shape ``(E,)``: 0 for a pair with a match; of those without, the first of each person is 1,
        the next 2, and so on.
    """

    nth: IntArray
    partner: IntArray
    surplus: IntArray


@dataclass(frozen=True)
class Chains:
    """``K`` chains of ``E`` changed pairs.

    Attributes
    ----------
    number
        Shape ``(E,)``: the chain of each pair, from 0, in the order of their first pairs.
    order
        Shape ``(E,)``: the pairs, chain by chain, each along its chain: a recipient leaves a cadre
        (removed) and goes to another (added), whose recipient leaves (removed), and so on.
    begins
        Shape ``(K,)``: where each chain begins in ``order``.
    """

    number: IntArray
    order: IntArray
    begins: IntArray

    @property
    def count(self) -> int:
        """How many chains there are."""
        return int(self.begins.shape[0])

    def sums(self, values: IntArray) -> IntArray:
        """Return the sum of what belongs to the pairs of each chain, shape ``(K,)``."""
        if self.count == 0:
            return np.zeros(0, dtype=np.int64)
        sums: IntArray = np.add.reduceat(values[self.order], self.begins)
        return sums

    def with_any(self, marked: BoolArray) -> BoolArray:
        """Tell which chains have a marked pair, shape ``(K,)``."""
        return self.sums(marked.astype(np.int64)) > 0


def match_pairs(person: IntArray, is_added: BoolArray) -> Matches:
    """Match pairs removed with pairs added at each person: the first with the first, and so on.

    Parameters
    ----------
    person
        Shape ``(E,)``: the person of each pair on one side.
    is_added
        Shape ``(E,)``: the pair is added, otherwise it is removed.
    """
    count = person.shape[0]
    nth = _number_within(2 * person + is_added)
    partner = np.full(count, -1, dtype=np.int64)
    order = np.lexsort((is_added, nth, person))
    first, second = order[:-1], order[1:]
    is_match = (person[first] == person[second]) & (nth[first] == nth[second])
    partner[first[is_match]] = second[is_match]
    partner[second[is_match]] = first[is_match]
    # the matched come first, so that the others' numbers begin with the number of the matched
    surplus = np.zeros(count, dtype=np.int64)
    left = np.flatnonzero(partner < 0)
    surplus[left] = _number_within(person[left]) + 1
    return Matches(nth, partner, surplus)


def trace_chains(
    is_added: BoolArray, at_recipient: IntArray, at_cadre: IntArray, begin_at: BoolArray
) -> Chains:
    """Follow matched pairs from pair to pair.

    Parameters
    ----------
    is_added, at_recipient, at_cadre
        Shape ``(E,)``: kinds, and ``partner`` of `Matches` on both sides.
    begin_at
        Shape ``(E,)``: pairs at which a cycle should begin, if it has one; otherwise it begins with
        its first pair. Paths begin where they begin.
    """
    pairs = np.arange(is_added.shape[0])
    before = np.where(is_added, at_recipient, at_cadre)
    wish = np.where(begin_at, pairs, pairs + pairs.shape[0])
    least, is_endless = _least_before(before, wish)
    before = np.where(is_endless & (least == wish), -1, before)
    steps, head = _distances(before)
    smallest = pairs.copy()
    np.minimum.at(smallest, head, pairs)
    _, number = np.unique(smallest[head], return_inverse=True)
    number = number.astype(np.int64).reshape(-1)
    order = np.lexsort((steps, number))
    begins = np.flatnonzero(steps[order] == 0)
    return Chains(number, order, begins)


def _number_within(group: IntArray) -> IntArray:
    """Return the number of each member within its group, from 0, in order."""
    order = np.argsort(group, kind="stable")
    ordered = group[order]
    is_first = np.append(True, ordered[1:] != ordered[:-1])[: group.shape[0]]
    first = np.flatnonzero(is_first)
    length = np.diff(np.append(first, group.shape[0]))
    number = np.empty(group.shape[0], dtype=np.int64)
    number[order] = np.arange(group.shape[0]) - np.repeat(first, length)
    return number


def _least_before(before: IntArray, value: IntArray) -> tuple[IntArray, BoolArray]:
    """Return the least value from each pair backwards, and which pairs are on cycles.

    Each round looks twice as far back as the one before it.
    """
    least, back = value.copy(), before.copy()
    at = np.flatnonzero(back >= 0)
    for _ in range(int(before.shape[0]).bit_length()):
        least[at] = np.minimum(least[at], least[back[at]])
        back[at] = back[back[at]]
        at = at[back[at] >= 0]
    return least, back >= 0


def _distances(before: IntArray) -> tuple[IntArray, IntArray]:
    """Return how many steps back the first pair is, and which one that is; there are no cycles."""
    steps = (before >= 0).astype(np.int64)
    head = np.where(before >= 0, before, np.arange(before.shape[0]))
    at = np.flatnonzero(before >= 0)
    while at.shape[0]:
        further = steps[head[at]]
        steps[at] += further
        head[at] = head[head[at]]
        at = at[further > 0]
    return steps, head
