"""Heaps give back what was put in, in order."""

import numpy as np
from hypothesis import given
from hypothesis import strategies as st

from pairmatch._kernels import callable_from_python
from pairmatch.heaps import pop as inner_pop
from pairmatch.heaps import push as inner_push
from pairmatch.heaps import replace_top as inner_replace_top

# only kernels call them
pop = callable_from_python(inner_pop)
push = callable_from_python(inner_push)
replace_top = callable_from_python(inner_replace_top)

KEYS = st.lists(st.integers(-5, 5), max_size=12)


@given(KEYS)
def test_what_was_pushed_comes_out_in_order(keys: list[int]) -> None:
    key, item = np.zeros(len(keys), dtype=np.int64), np.zeros(len(keys), dtype=np.int64)
    for place, new in enumerate(keys):
        push(key, item, place, new, place)
    out = []
    for last in range(len(keys) - 1, -1, -1):
        assert keys[item[0]] == key[0]
        out.append((int(key[0]), int(item[0])))
        pop(key, item, last + 1)
    assert [new for new, _ in out] == sorted(keys)
    assert sorted(place for _, place in out) == list(range(len(keys)))


@given(KEYS, st.integers(0, 3), st.integers(1, 4))
def test_a_heap_of_the_largest_keeps_the_smallest(keys: list[int], begin: int, size: int) -> None:
    beyond = 9
    key = np.full(begin + size + 1, beyond, dtype=np.int64)
    item = np.full(begin + size + 1, -1, dtype=np.int64)
    for place, new in enumerate(keys):
        if new < key[begin]:
            replace_top(key, item, begin, begin + size, new, place, -1)
    kept = sorted(keys)[:size]
    assert sorted(key[begin : begin + size]) == kept + [beyond] * (size - len(kept))
    assert all(keys[place] == new for new, place in zip(key, item, strict=True) if place >= 0)
    untouched = [*range(begin), begin + size]
    assert (key[untouched] == beyond).all()
