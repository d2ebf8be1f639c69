import threading
from concurrent import futures
from concurrent.futures import Executor, ProcessPoolExecutor, ThreadPoolExecutor

import pytest

from pairmatch.threads import IN_TURN, Once, PlainThreads, available_threads, runs_threads


def test_in_turn_is_here_and_now() -> None:
    done: list[int] = []
    future = IN_TURN.submit(lambda: done.append(threading.get_ident()))
    assert done == [threading.get_ident()]
    assert future.done()
    assert list(IN_TURN.map(abs, [-1, 2])) == [1, 2]
    with pytest.raises(ZeroDivisionError):
        IN_TURN.submit(divmod, 1, 0)


def test_plain_threads_give_results_and_errors_and_leave_no_thread() -> None:
    before = threading.active_count()
    with PlainThreads(2) as pool:
        assert list(pool.map(divmod, [7, 8], [2, 3])) == [(3, 1), (2, 2)]
        failed = pool.submit(divmod, 1, 0)
        with pytest.raises(ZeroDivisionError):
            failed.result()
        assert pool.submit(int, "12").result() == 12
    assert threading.active_count() == before


def test_plain_threads_work_side_by_side_and_no_more_than_asked_for() -> None:
    meeting = threading.Barrier(2)
    with PlainThreads(2) as pool:
        assert sorted(pool.map(lambda _: meeting.wait(60), range(4))) == [0, 0, 1, 1]
        names = set(pool.map(lambda _: threading.current_thread().name, range(50)))
    assert names <= {"pairmatch-0", "pairmatch-1"}


def test_what_has_not_begun_can_be_cancelled() -> None:
    begun, go_on = threading.Event(), threading.Event()

    def wait() -> bool:
        begun.set()
        return go_on.wait(60)

    pool = PlainThreads(1)
    first, second, third = pool.submit(wait), pool.submit(int), pool.submit(int)
    begun.wait(60)
    assert second.cancel()
    pool.shutdown(wait=False, cancel_futures=True)
    go_on.set()
    pool.shutdown()
    assert first.result()
    assert third.cancelled()


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
        assert all(runs_threads(one) for one in (pool, mine, IN_TURN, PlainThreads(1)))
        monkeypatch.setattr(futures, "InterpreterPoolExecutor", Interpreters, raising=False)
        assert all(runs_threads(one) for one in (pool, mine, IN_TURN))
        assert not any(runs_threads(one) for one in (apart, Clients(), ProcessPoolExecutor, None))


def test_threads_that_were_shut_down_take_no_work() -> None:
    with PlainThreads(1) as threads:
        assert threads.submit(int, "7").result() == 7
    with pytest.raises(RuntimeError, match="shutdown"):
        threads.submit(int, "7")


def test_what_is_made_once_is_tried_again_where_making_it_failed() -> None:
    kept: Once[int] = Once()
    with pytest.raises(ZeroDivisionError):
        kept.value(lambda: 1 // 0)
    assert kept.value(lambda: 3) == 3
    assert kept.value(lambda: 4) == 3
