"""Chains against a plain walk from pair to pair."""

from itertools import pairwise

import numpy as np
from hypothesis import given
from hypothesis import strategies as st

from pairmatch.arrays import BoolArray, IntArray
from pairmatch.explain.chains import Chains, Matches, match_pairs, trace_chains

Pair = tuple[int, int, bool]
PAIRS = st.dictionaries(
    st.tuples(st.integers(0, 6), st.integers(0, 6)), st.booleans(), max_size=40
).map(lambda found: sorted((*pair, is_added) for pair, is_added in found.items()))


def columns(pairs: list[Pair]) -> tuple[IntArray, IntArray, BoolArray]:
    recipient = np.array([pair[0] for pair in pairs], dtype=np.int64)
    cadre = np.array([pair[1] for pair in pairs], dtype=np.int64)
    return recipient, cadre, np.array([pair[2] for pair in pairs], dtype=np.bool_)


def traced(pairs: list[Pair], begin_at: BoolArray | None = None) -> tuple[Matches, Matches, Chains]:
    recipient, cadre, is_added = columns(pairs)
    of_recipients, of_cadres = match_pairs(recipient, is_added), match_pairs(cadre, is_added)
    begin_at = np.zeros(len(pairs), dtype=np.bool_) if begin_at is None else begin_at
    chains = trace_chains(is_added, of_recipients.partner, of_cadres.partner, begin_at)
    return of_recipients, of_cadres, chains


@given(PAIRS)
def test_at_each_person_the_first_removed_is_matched_with_the_first_added(
    pairs: list[Pair],
) -> None:
    for side, matches in enumerate(traced(pairs)[:2]):
        for person in range(7):
            kinds = [
                [n for n, pair in enumerate(pairs) if pair[side] == person and pair[2] is is_added]
                for is_added in (False, True)
            ]
            matched = min(map(len, kinds))
            for kind, other in (kinds, kinds[::-1]):
                assert matches.nth[kind].tolist() == list(range(len(kind)))
                assert matches.partner[kind[:matched]].tolist() == other[:matched]
                left = kind[matched:]
                assert matches.partner[left].tolist() == [-1] * len(left)
                assert matches.surplus[kind].tolist() == [0] * matched + list(
                    range(1, len(left) + 1)
                )


@given(PAIRS)
def test_every_pair_is_in_exactly_one_chain_and_kinds_alternate_along_it(pairs: list[Pair]) -> None:
    of_recipients, of_cadres, chains = traced(pairs)
    assert sorted(chains.order.tolist()) == list(range(len(pairs)))
    parts = np.split(chains.order, chains.begins[1:]) if chains.count else []
    assert [part.min() for part in parts] == sorted(part.min() for part in parts)
    for number, part in enumerate(parts):
        assert set(chains.number[part].tolist()) == {number}
        for one, next_one in pairwise(part.tolist()):
            side, matches = (1, of_cadres) if pairs[one][2] else (0, of_recipients)
            assert pairs[one][2] is not pairs[next_one][2]
            assert pairs[one][side] == pairs[next_one][side]
            assert matches.partner[one] == next_one
        first, last = int(part[0]), int(part[-1])
        into = (of_recipients if pairs[first][2] else of_cadres).partner[first]
        onward = (of_cadres if pairs[last][2] else of_recipients).partner[last]
        # a path that is complete, or a cycle
        assert (into, onward) in ((-1, -1), (last, first))
        if into >= 0:
            assert first == part.min()


@given(PAIRS, st.integers(0, 40))
def test_a_cycle_begins_where_it_should(pairs: list[Pair], wanted: int) -> None:
    begin_at = np.arange(len(pairs)) >= wanted
    _, _, plain = traced(pairs)
    _, _, chains = traced(pairs, begin_at)
    assert chains.number.tolist() == plain.number.tolist()
    for part, old in zip(
        np.split(chains.order, chains.begins[1:]),
        np.split(plain.order, plain.begins[1:]),
        strict=True,
    ):
        if part.tolist() != old.tolist():
            assert part[0] == min(pair for pair in part if pair >= wanted)


@given(PAIRS)
def test_sums_are_those_of_the_pairs_of_each_chain(pairs: list[Pair]) -> None:
    _, _, chains = traced(pairs)
    values = np.arange(len(pairs)) ** 2
    expected = [int(values[chains.number == number].sum()) for number in range(chains.count)]
    assert chains.sums(values).tolist() == expected
    marked = values % 3 == 1
    assert chains.with_any(marked).tolist() == [
        bool(marked[chains.number == number].any()) for number in range(chains.count)
    ]


def test_a_long_path_and_a_long_cycle_are_whole() -> None:
    # r0 leaves c0 for c1, r1 leaves c1 for c2, and so on
    path = [(n, n + is_added, is_added) for n in range(1000) for is_added in (False, True)]
    _, _, chains = traced(path)
    assert chains.count == 1
    assert chains.order.tolist() == list(range(2000))
    cycle = [(n, (n + is_added) % 1000, is_added) for n, _, is_added in path]
    _, _, chains = traced(cycle)
    assert chains.count == 1
    assert chains.order.tolist() == list(range(2000))
