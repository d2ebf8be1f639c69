import threading

import pytest

from pairmatch.threads import IN_TURN, available_threads


def test_in_turn_is_here_and_now() -> None:
    done: list[int] = []
    future = IN_TURN.submit(lambda: done.append(threading.get_ident()))
    assert done == [threading.get_ident()]
    assert future.done()
    assert list(IN_TURN.map(abs, [-1, 2])) == [1, 2]
    with pytest.raises(ZeroDivisionError):
        IN_TURN.submit(divmod, 1, 0)


def test_threads_are_counted_or_refused() -> None:
    assert available_threads(3) == 3
    assert available_threads(None) >= 1
    with pytest.raises(ValueError, match="threads is 0; give at least 1"):
        available_threads(0)
