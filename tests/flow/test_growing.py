import numpy as np

from pairmatch.flow.growing import Growing


def test_what_was_there_stays_and_what_is_new_can_be_written() -> None:
    rng = np.random.default_rng(1)
    for start in (0, 1, 7):
        expected = list(range(start))
        array = Growing(np.arange(start, dtype=np.int64))
        for fill in range(30):
            count = int(rng.integers(0, 9))
            new = array.append(count)
            assert new.shape == (count,)
            new[:] = 100 + fill
            expected += [100 + fill] * count
            assert array.values.tolist() == expected
            # a view: what is written to it stays
            if expected:
                array.values[0] = expected[0] = -fill
        assert array.values.dtype == np.int64


def test_what_is_new_is_zero_if_it_is_to_be() -> None:
    array = Growing(np.arange(3), zeros=True)
    for count in (0, 1, 40, 2, 500):
        assert array.append(count).tolist() == [0] * count
        # what is written to one part must not show up in the next
        array.values[:] = 7
