"""Options of a call, checked together before anything runs."""

import math
from collections.abc import Callable, Iterable, Sequence
from concurrent.futures import Executor
from dataclasses import dataclass, field
from numbers import Integral, Real
from typing import Protocol

from pairmatch.errors import Finding, OptionError
from pairmatch.threads import runs_threads
from pairmatch.wording import with_article


class CancelToken(Protocol):
    """Anything that can be asked whether to stop, such as `threading.Event`."""

    def is_set(self) -> bool:
        """Return whether the caller wants to stop."""


@dataclass
class Options:
    """Collects what is wrong with the options of one call.

    Each method looks at one option and never raises; `check` raises for all of them. Messages
    name types, never what was given: it may be anything, a table of people included.
    """

    findings: list[Finding] = field(default_factory=list)

    def check(self) -> None:
        """Raise `OptionError` if anything that was looked at is wrong."""
        if self.findings:
            raise OptionError(self.findings)

    def one_of(self, option: str, value: object, names: Sequence[str]) -> None:
        """Look at an option that names one of a few."""
        advice = f"choose one of {', '.join(names)}"
        if not isinstance(value, str):
            self.refuse("wrong_type", option, f"{_kind(value)}, not a name", advice)
        elif value not in names:
            self.refuse("unknown_name", option, "no such name", advice)

    def engine(self, value: object, names: Iterable[str]) -> None:
        """Look at the name of a flow engine."""
        self.one_of("engine", value, ("auto", *names))

    def time_limit(self, value: object) -> None:
        """Look at a time limit: seconds above 0, or None."""
        if value is not None:
            advice = "give seconds above 0, or None for no limit"
            self.number("time_limit", value, advice, lambda seconds: seconds > 0)

    def threads(self, value: object) -> None:
        """Look at a number of threads: an integer from 1, or None."""
        if value is not None:
            self.integer("threads", value, 1, "give an integer from 1, or None for one a core")

    def progress(self, value: object) -> None:
        """Look at a progress callback: callable, or None."""
        if value is not None and not callable(value):
            advice = "give a function of one argument, or None"
            self.refuse("wrong_type", "progress", f"{_kind(value)}, not callable", advice)

    def cancel(self, value: object) -> None:
        """Look at a cancel token: anything with ``is_set()``, or None."""
        if value is not None and not callable(getattr(value, "is_set", None)):
            advice = "give an object with is_set(), such as threading.Event(), or None"
            self.refuse("wrong_type", "cancel", f"{_kind(value)} without is_set()", advice)

    def executor(self, value: object) -> None:
        """Look at an executor: a pool of threads that takes work, or None."""
        advice = "give an open concurrent.futures.ThreadPoolExecutor, or None for a pool of its own"
        if value is None:
            return
        if not runs_threads(value):
            self.refuse("wrong_type", "executor", f"{_kind(value)}, not a pool of threads", advice)
        elif not _takes_work(value):
            self.refuse("closed_executor", "executor", "a pool that takes no more work", advice)

    def instance(self, option: str, value: object, wanted: type, advice: str) -> None:
        """Look at an argument that must be of one of our own types."""
        if not isinstance(value, wanted):
            self.refuse(
                "wrong_type",
                option,
                f"{_kind(value)} where {with_article(wanted.__name__)} is needed",
                advice,
            )

    def number(
        self, option: str, value: object, advice: str, fits: Callable[[float], bool]
    ) -> None:
        """Look at a number, which ``fits`` tells to be in range."""
        if isinstance(value, bool) or not isinstance(value, Real):
            self.refuse("wrong_type", option, f"{_kind(value)}, not a number", advice)
        elif math.isnan(value):
            self.refuse("not_a_number", option, "NaN", advice)
        elif not fits(float(value)):
            self.refuse("out_of_range", option, "a number out of range", advice)

    def integer(self, option: str, value: object, least: int, advice: str) -> None:
        """Look at an integer that is not below ``least``."""
        if isinstance(value, bool) or not isinstance(value, Integral):
            self.refuse("wrong_type", option, f"{_kind(value)}, not an integer", advice)
        elif value < least:
            self.refuse("out_of_range", option, f"an integer below {least}", advice)

    def refuse(self, code: str, option: str, found: str, advice: str) -> None:
        """Add a finding about an option."""
        self.findings.append(Finding(code, "options", option, found, advice))


def _kind(value: object) -> str:
    return with_article(type(value).__name__) if value is not None else "None"


def _takes_work(executor: Executor) -> bool:
    try:
        executor.submit(int)
    except RuntimeError:  # it is shut down, or its threads could not be started
        return False
    return True
