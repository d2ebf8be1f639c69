import threading
from concurrent import futures
from concurrent.futures import Executor, ProcessPoolExecutor, ThreadPoolExecutor

import pytest

from pairmatch.threads import IN_TURN, available_threads, runs_threads


def test_in_turn_is_here_and_now() -> None:
    done: list[int] = []
    future = IN_TURN.submit(lambda: done.append(threading.get_ident()))
    assert done == [threading.get_ident()]
    assert future.done()
    assert list(IN_TURN.map(abs, [-1, 2])) == [1, 2]
    with pytest.raises(ZeroDivisionError):
        IN_TURN.submit(divmod, 1, 0)


def test_threads_are_counted() -> None:
    assert available_threads(3) == 3
    assert available_threads(None) >= 1


def test_pools_of_threads_are_told_from_others(monkeypatch: pytest.MonkeyPatch) -> None:
    class Mine(ThreadPoolExecutor):
        pass

    class Clients(Executor):
        """Like Dask's client executor: it sends work elsewhere."""

    class Interpreters(ThreadPoolExecutor):
        """As in Python 3.14: its threads share nothing."""

    with ThreadPoolExecutor(1) as pool, Mine(1) as mine, Interpreters(1) as apart:
        assert all(runs_threads(one) for one in (pool, mine, IN_TURN))
        monkeypatch.setattr(futures, "InterpreterPoolExecutor", Interpreters, raising=False)
        assert all(runs_threads(one) for one in (pool, mine, IN_TURN))
        assert not any(runs_threads(one) for one in (apart, Clients(), ProcessPoolExecutor, None))
