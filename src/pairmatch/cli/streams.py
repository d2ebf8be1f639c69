"""Standard streams that may be closed, or whose reader may go away."""

import os
import sys
from typing import TextIO

from pairmatch.errors import system_reason


def open_closed_streams() -> None:
    """Put the null device where a standard stream was closed before this process began.

    A file that is opened later would take its number otherwise, and get what is meant for it.
    """
    for number in range(3):
        try:
            os.fstat(number)
        except OSError:
            os.open(os.devnull, os.O_RDWR)  # takes the lowest free number, which is this one
    for name in ("stdout", "stderr"):
        if getattr(sys, name) is None:
            setattr(sys, name, open(os.devnull, "w", encoding="utf-8"))  # noqa: PTH123, SIM115
    for stream in (sys.stdout, sys.stderr):
        # a console that cannot show a character of a path shows its number instead
        reconfigure = getattr(stream, "reconfigure", None)
        if reconfigure is not None:
            reconfigure(errors="backslashreplace")


class Unfailing:
    """A text stream that takes everything, also after its reader has gone away.

    What is told about a solve must not make it fail.
    """

    def __init__(self, stream: TextIO) -> None:
        self._stream = stream

    def write(self, text: str) -> int:
        """Write as far as anybody listens."""
        try:
            return self._stream.write(text)
        except OSError:
            return len(text)

    def flush(self) -> None:
        """Pass on what was written as far as anybody listens."""
        try:
            self._stream.flush()
        except OSError:
            _let_go(self._stream)

    def isatty(self) -> bool:
        """Tell whether this is a terminal."""
        return self._stream.isatty()

    def fileno(self) -> int:
        """Return the number of the file."""
        return self._stream.fileno()

    @property
    def encoding(self) -> str:
        """The encoding of the text."""
        return self._stream.encoding


def print_answer(text: str) -> str | None:
    """Print on standard output; return what failed, unless it is only that nobody listens."""
    try:
        print(text)  # noqa: T201  # the command line
        sys.stdout.flush()
    except OSError as error:
        _let_go(sys.stdout)
        return None if isinstance(error, BrokenPipeError) else system_reason(error)
    return None


def settle() -> None:
    """Flush both streams, so that the interpreter has nothing to complain about at its end."""
    for stream in (sys.stdout, sys.stderr):
        try:
            stream.flush()
        except OSError:
            _let_go(stream)


def _let_go(stream: TextIO) -> None:
    """Send what is left in a stream nowhere: the interpreter would fail to write it at its end."""
    nowhere = os.open(os.devnull, os.O_WRONLY)
    os.dup2(nowhere, stream.fileno())
    os.close(nowhere)
