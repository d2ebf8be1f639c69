import pickle
import threading
from collections.abc import Iterator
from concurrent.futures import Executor, ProcessPoolExecutor, ThreadPoolExecutor
from fractions import Fraction
from typing import Any

import numpy as np
import pytest

from pairmatch import OptionError, PairmatchError
from pairmatch.options import Options
from pairmatch.threads import IN_TURN


def codes(option: str, value: Any) -> list[str]:
    options = Options()
    looks: dict[str, Any] = {"engine": lambda value: options.engine(value, ("simplex", "scaling"))}
    looks.get(option, getattr(options, option))(value)
    assert all(finding.column == option for finding in options.findings)
    assert all(finding.found and finding.advice for finding in options.findings)
    return [finding.code for finding in options.findings]


class Asked:
    is_set = True


class Clients(Executor):
    """Like Dask's client executor: it sends work elsewhere."""


@pytest.mark.parametrize(
    ("option", "value", "code"),
    [
        ("engine", "oracle", "unknown_name"),
        ("engine", None, "wrong_type"),
        ("engine", ["simplex"], "wrong_type"),
        ("time_limit", float("nan"), "not_a_number"),
        ("time_limit", np.float32("nan"), "not_a_number"),
        ("time_limit", 0, "out_of_range"),
        ("time_limit", -1.5, "out_of_range"),
        ("time_limit", float("-inf"), "out_of_range"),
        ("time_limit", True, "wrong_type"),
        ("time_limit", np.True_, "wrong_type"),
        ("time_limit", "5", "wrong_type"),
        ("time_limit", np.array([1.0, 2.0]), "wrong_type"),
        ("threads", True, "wrong_type"),
        ("threads", 1.5, "wrong_type"),
        ("threads", 2.0, "wrong_type"),
        ("threads", "2", "wrong_type"),
        ("threads", 0, "out_of_range"),
        ("threads", -(10**30), "out_of_range"),
        ("progress", 3, "wrong_type"),
        ("progress", [], "wrong_type"),
        ("cancel", object(), "wrong_type"),
        ("cancel", True, "wrong_type"),
        ("cancel", Asked(), "wrong_type"),
        ("executor", Clients(), "wrong_type"),
        ("executor", ThreadPoolExecutor, "wrong_type"),
        ("executor", 4, "wrong_type"),
    ],
)
def test_what_cannot_be_honoured_is_found(option: str, value: Any, code: str) -> None:
    assert codes(option, value) == [code]


@pytest.mark.parametrize(
    ("option", "value"),
    [
        ("engine", "auto"),
        ("engine", "scaling"),
        ("time_limit", None),
        ("time_limit", 1),
        ("time_limit", np.int64(3)),
        ("time_limit", Fraction(1, 2)),
        ("time_limit", float("inf")),
        ("threads", None),
        ("threads", np.int32(2)),
        ("progress", None),
        ("progress", print),
        ("cancel", None),
        ("cancel", threading.Event()),
        ("executor", None),
        ("executor", IN_TURN),
    ],
)
def test_what_can_be_honoured_passes(option: str, value: Any) -> None:
    assert codes(option, value) == []


@pytest.fixture
def processes() -> Iterator[ProcessPoolExecutor]:
    with ProcessPoolExecutor(1) as pool:
        yield pool


def test_a_pool_of_processes_is_refused_before_one_is_started(
    processes: ProcessPoolExecutor,
) -> None:
    assert codes("executor", processes) == ["wrong_type"]
    assert not processes._processes


def test_a_pool_that_is_shut_down_is_refused() -> None:
    with ThreadPoolExecutor(1) as pool:
        assert codes("executor", pool) == []
    assert codes("executor", pool) == ["closed_executor"]


def test_all_that_is_wrong_is_said_at_once() -> None:
    options = Options()
    options.time_limit(-1)
    options.threads(0)
    options.instance("problem", "13912345678", int, "problem")
    with pytest.raises(OptionError) as caught:
        options.check()
    assert str(caught.value).splitlines() == [
        "3 options are wrong",
        "out_of_range: options.time_limit: a number out of range",
        "    -> give seconds above 0, or None for no limit",
        "out_of_range: options.threads: an integer below 1",
        "    -> give an integer from 1, or None for one a core",
        "wrong_type: options.problem: a str where an int is needed",
        "    -> make one with Problem.from_tables",
    ]


def test_nothing_wrong_raises_nothing() -> None:
    Options().check()


def test_an_option_error_is_both_of_its_kinds_and_pickles() -> None:
    options = Options()
    options.threads(0)
    with pytest.raises(OptionError, match="1 option is wrong") as caught:
        options.check()
    assert isinstance(caught.value, PairmatchError)
    assert isinstance(caught.value, ValueError)
    again = pickle.loads(pickle.dumps(caught.value))  # noqa: S301  # pickled on the line itself
    assert str(again) == str(caught.value)
