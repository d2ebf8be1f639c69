"""Progress on standard error: a bar on a terminal, plain lines elsewhere."""

import sys
import time
from abc import ABC, abstractmethod
from collections.abc import Iterator
from contextlib import contextmanager
from importlib.util import find_spec
from typing import TYPE_CHECKING, TextIO, cast

from pairmatch.cli.stopping import Stopping
from pairmatch.cli.streams import Unfailing
from pairmatch.words import Value, named, say

if TYPE_CHECKING:
    from rich.progress import Progress as Bar

    from pairmatch.limits import Progress

_SECONDS_BETWEEN_LINES = 5.0


class Display(ABC):
    """Shows which phase a command is in, and what is left of it."""

    def __init__(self, stopping: Stopping, language: str) -> None:
        self._stopping, self._language = stopping, language
        self._phase = ""
        self._round = 0

    def phase(self, name: str) -> None:
        """Begin a phase of unknown length."""
        self._phase = ""
        self._show(named("phase", name, self._language), 0, 0, is_new=True)

    def update(self, progress: "Progress") -> None:
        """Show how far a solve is; this is its progress callback."""
        is_new = progress.phase != self._phase
        self._phase = progress.phase
        if is_new and progress.phase == "solve":
            self._round += 1
        words = named("phase", progress.phase, self._language)
        if progress.phase in ("solve", "price"):
            in_round: dict[str, Value] = {"round": self._round, "phase": words}
            words = say("phase.in_round", in_round, self._language)
        if self._stopping.asked.is_set():
            words = say("phase.stopping", {"phase": words}, self._language)
        self._show(words, progress.done, progress.total, is_new=is_new)

    @abstractmethod
    def _show(self, words: str, done: int, total: int, *, is_new: bool) -> None:
        """Show a phase; ``total`` is 0 where it is not known."""


class Lines(Display):
    """A line a phase, and now and then one in a long phase."""

    def __init__(self, stopping: Stopping, language: str) -> None:
        super().__init__(stopping, language)
        self._shown = time.monotonic()
        self._stream = Unfailing(sys.stderr)

    def _show(self, words: str, done: int, total: int, *, is_new: bool) -> None:
        now = time.monotonic()
        if not is_new and now - self._shown < _SECONDS_BETWEEN_LINES:
            return
        self._shown = now
        if total and done:
            shared: dict[str, Value] = {"phase": words, "percent": 100 * done // total}
            words = say("phase.share", shared, self._language)
        print(words, file=self._stream, flush=True)  # what it is for


class BarDisplay(Display):
    """One bar that goes away when all is done."""

    def __init__(self, stopping: Stopping, language: str, bar: "Bar") -> None:
        super().__init__(stopping, language)
        self._bar = bar
        self._task = bar.add_task("", total=None)

    def _show(self, words: str, done: int, total: int, *, is_new: bool) -> None:
        if is_new:
            # a task's total cannot be made unknown again, so that each phase gets a task
            self._bar.remove_task(self._task)
            self._task = self._bar.add_task(words, total=total or None)
        if total:
            self._bar.update(self._task, completed=done, total=total)
        self._bar.update(self._task, description=words)


@contextmanager
def open_display(stopping: Stopping, language: str) -> Iterator[Display]:
    """Return a bar if standard error is a terminal and rich is installed, plain lines if not."""
    if not sys.stderr.isatty() or find_spec("rich") is None:
        yield Lines(stopping, language)
        return
    from rich.console import Console  # noqa: PLC0415  # an extra, loaded only where it is seen
    from rich.progress import (  # noqa: PLC0415  # the same
        BarColumn,
        Progress,
        SpinnerColumn,
        TextColumn,
        TimeElapsedColumn,
        TimeRemainingColumn,
    )

    columns = (
        SpinnerColumn(),
        TextColumn("{task.description}", markup=False),
        BarColumn(bar_width=None),
        TimeElapsedColumn(),
        TextColumn(say("phase.left", language=language)),
        TimeRemainingColumn(),
    )
    # a terminal may be closed while a solve goes on
    console = Console(file=cast(TextIO, Unfailing(sys.stderr)))
    with Progress(*columns, console=console, transient=True) as bar:
        yield BarDisplay(stopping, language, bar)
