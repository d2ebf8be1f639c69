"""Signals: a solve is asked to stop, anything else stops at once."""

import signal
import threading
from collections.abc import Iterator
from contextlib import contextmanager
from types import FrameType

_SIGNALS = (signal.SIGINT, signal.SIGTERM)


class Stopping:
    """What SIGINT (Ctrl-C) and SIGTERM do while a command runs.

    Attributes
    ----------
    asked
        Set by the first signal during `cancellable`; hand it to `pairmatch.solve` as ``cancel``.
    """

    def __init__(self) -> None:
        self.asked = threading.Event()
        self._gently = False
        self._held = False
        self._leaving = False

    @contextmanager
    def listening(self) -> Iterator[None]:
        """Take the signals over, and give them back at the end; a no-op outside the main thread."""
        if threading.current_thread() is not threading.main_thread():
            yield
            return
        before = {number: signal.signal(number, self._handle) for number in _SIGNALS}
        try:
            yield
        finally:
            for number, handler in before.items():
                signal.signal(number, handler)

    @contextmanager
    def cancellable(self) -> Iterator[threading.Event]:
        """Let the first signal set ``asked``; a second one stops at once.

        One within another ends with the outer one.
        """
        before, self._gently = self._gently, True
        try:
            yield self.asked
        finally:
            self._gently = before

    @contextmanager
    def held(self) -> Iterator[None]:
        """Ignore signals during the last, short step, which must not be torn in two."""
        self._held = True
        try:
            yield
        finally:
            self._held = False

    def _handle(self, _number: int, _frame: FrameType | None) -> None:
        # what is being left is cleared away, which a further signal must not interrupt
        if self._held or self._leaving:
            return
        if self._gently and not self.asked.is_set():
            self.asked.set()
        else:
            self._leaving = True
            raise KeyboardInterrupt
