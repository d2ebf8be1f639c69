"""From arguments to an exit code."""

import json
import os
import sys
from collections.abc import Sequence
from importlib import import_module

from pairmatch.cli.answer import Answer
from pairmatch.cli.display import open_display
from pairmatch.cli.failures import failure, out_of_memory, stopped
from pairmatch.cli.parser import build_parser
from pairmatch.cli.stopping import Stopping
from pairmatch.errors import PairmatchError


def main(argv: Sequence[str] | None = None) -> int:
    """Run one command and return its exit code; see `pairmatch.cli.answer.ExitCode`.

    Parameters
    ----------
    argv
        The arguments after the program's name; by default those of this process.
    """
    arguments = build_parser().parse_args(argv)
    # commands load what they need: help and usage errors come at once
    command = import_module(f"pairmatch.cli.{arguments.command}")
    stopping = Stopping()
    try:
        with stopping.listening(), open_display(stopping) as display:
            answer: Answer = command.run(arguments, stopping, display)
    except PairmatchError as error:
        answer = failure(error)
    except MemoryError:
        answer = out_of_memory()
    except KeyboardInterrupt:
        answer = stopped()
    return _say(answer, as_json=arguments.json)


def _say(answer: Answer, *, as_json: bool) -> int:
    for stream in (sys.stdout, sys.stderr):
        # a console that cannot show a character of a path shows its number instead
        reconfigure = getattr(stream, "reconfigure", None)
        if reconfigure is not None:
            reconfigure(errors="backslashreplace")
    try:
        if answer.is_failure:
            print(f"pairmatch: {answer.text}", file=sys.stderr)  # noqa: T201  # the command line
        elif not as_json:
            print(answer.text)  # noqa: T201  # the same
        if as_json:
            print(json.dumps(answer.document))  # noqa: T201  # the same
        sys.stdout.flush()
    except BrokenPipeError:
        # whoever read the output has gone; keep the interpreter from flushing into the void
        os.dup2(os.open(os.devnull, os.O_WRONLY), sys.stdout.fileno())
    return int(answer.code)
