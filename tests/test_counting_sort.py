import numpy as np

from pairmatch.counting_sort import counting_sort


def test_the_order_is_that_of_a_stable_sort_and_says_where_each_key_begins() -> None:
    rng = np.random.default_rng(0)
    for _ in range(100):
        keys = int(rng.integers(1, 9))
        key = rng.integers(0, keys, int(rng.integers(0, 40)))
        first, order = counting_sort(key, keys)
        assert order.tolist() == np.argsort(key, kind="stable").tolist()
        assert first.tolist() == np.searchsorted(key[order], np.arange(keys + 1)).tolist()


def test_nobody_is_sorted_by_no_key() -> None:
    first, order = counting_sort(np.zeros(0, dtype=np.int64), 0)
    assert (first.tolist(), order.tolist()) == ([0], [])
