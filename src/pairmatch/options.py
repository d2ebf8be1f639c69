"""Options of a call, checked together before anything runs."""

import math
from collections.abc import Callable, Iterable, Sequence
from concurrent.futures import Executor
from dataclasses import dataclass, field
from numbers import Integral, Real
from typing import Protocol

from pairmatch.errors import Finding, OptionError
from pairmatch.threads import runs_threads
from pairmatch.words import Value


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
        if not isinstance(value, str):
            self.refuse("wrong_type.name", option, given=_kind(value), names=tuple(names))
        elif value not in names:
            self.refuse("unknown_name", option, names=tuple(names))

    def engine(self, value: object, names: Iterable[str]) -> None:
        """Look at the name of a flow engine."""
        self.one_of("engine", value, ("auto", *names))

    def time_limit(self, value: object) -> None:
        """Look at a time limit: seconds above 0, or None."""
        if value is not None:
            self.number("time_limit", value, "seconds_or_none", lambda seconds: seconds > 0)

    def threads(self, value: object) -> None:
        """Look at a number of threads: an integer from 1, or None."""
        if value is not None:
            self.integer("threads", value, 1, "threads_or_none")

    def progress(self, value: object) -> None:
        """Look at a progress callback: callable, or None."""
        if value is not None and not callable(value):
            given = _kind(value)
            self.refuse("wrong_type.callable", "progress", given=given, wanted="function_or_none")

    def cancel(self, value: object) -> None:
        """Look at a cancel token: anything with ``is_set()``, or None."""
        if value is not None and not callable(getattr(value, "is_set", None)):
            given = _kind(value)
            self.refuse("wrong_type.cancel", "cancel", given=given, wanted="cancel_or_none")

    def executor(self, value: object) -> None:
        """Look at an executor: a pool of threads that takes work, or None."""
        if value is None:
            return
        if not runs_threads(value):
            given = _kind(value)
            self.refuse("wrong_type.executor", "executor", given=given, wanted="executor_or_none")
        elif not _takes_work(value):
            self.refuse("closed_executor", "executor", wanted="executor_or_none")

    def instance(self, option: str, value: object, kind: type, wanted: str) -> None:
        """Look at an argument that must be of one of our own types."""
        if not isinstance(value, kind):
            given, needed = _kind(value), kind.__name__
            self.refuse("wrong_type.instance", option, given=given, needed=needed, wanted=wanted)

    def number(
        self,
        option: str,
        value: object,
        wanted: str,
        fits: Callable[[float], bool],
        **parameters: Value,
    ) -> None:
        """Look at a number, which ``fits`` tells to be in range.

        ``wanted`` is the phrase that says what to give, ``parameters`` are its own.
        """
        parameters["wanted"] = wanted
        if isinstance(value, bool) or not isinstance(value, Real):
            self.refuse("wrong_type.number", option, given=_kind(value), **parameters)
        elif math.isnan(value):
            self.refuse("not_a_number.option", option, **parameters)
        elif not fits(float(value)):
            self.refuse("out_of_range.option", option, **parameters)

    def integer(self, option: str, value: object, least: int, wanted: str) -> None:
        """Look at an integer that is not below ``least``."""
        if isinstance(value, bool) or not isinstance(value, Integral):
            self.refuse("wrong_type.integer", option, given=_kind(value), wanted=wanted)
        elif value < least:
            self.refuse("out_of_range.integer", option, least=least, wanted=wanted)

    def refuse(self, kind: str, option: str, **parameters: Value) -> None:
        """Add a finding about an option."""
        self.findings.append(Finding(kind, "options", option, parameters))


def _kind(value: object) -> str:
    return "None" if value is None else type(value).__name__


def _takes_work(executor: Executor) -> bool:
    try:
        executor.submit(int)
    except RuntimeError:  # it is shut down, or its threads could not be started
        return False
    return True
