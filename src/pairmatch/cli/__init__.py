"""The command line: a few commands, thin, one module each.

This module imports nothing that takes time, so that a signal finds its handler from the start.
"""

import os
import signal
import sys
import threading
from collections.abc import Sequence
from types import FrameType

_STOPPED = 4  # as in pairmatch.cli.answer.ExitCode, which is not loaded yet


def main(argv: Sequence[str] | None = None) -> int:
    """Run one command and return its exit code; see `pairmatch.cli.answer.ExitCode`.

    Parameters
    ----------
    argv
        The arguments after the program's name; by default those of this process.
    """
    listens = threading.current_thread() is threading.main_thread()
    before = signal.signal(signal.SIGINT, _leave) if listens else None
    try:
        from pairmatch.cli.execute import execute  # noqa: PLC0415  # loads much, see above

        return execute(sys.argv[1:] if argv is None else argv)
    finally:
        if listens:
            # None stands for a handler that is not Python's, which cannot be put back
            signal.signal(signal.SIGINT, signal.SIG_DFL if before is None else before)


def command() -> int:
    """Run the command of this process, which has nothing to do afterwards.

    An interrupt while the interpreter ends changes nothing any more, and is quiet: all is said and
    written by then.
    """
    try:
        code = main()
    except SystemExit as ended:  # of help, and of an error of usage
        code = int(ended.code or 0)
    signal.signal(signal.SIGINT, lambda *_: os._exit(code))
    return code


def _leave(_number: int, _frame: FrameType | None) -> None:
    """End the process quietly: modules are being loaded, and nothing has been begun.

    An exception would be shown with a traceback, or be caught by a module that is half loaded.
    """
    os._exit(_STOPPED)


__all__ = ["command", "main"]
