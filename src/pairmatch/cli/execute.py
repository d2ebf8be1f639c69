"""From arguments to an exit code."""

import json
import sys
from argparse import Namespace
from collections.abc import Sequence
from importlib import import_module

from pairmatch.cli.answer import Answer, ExitCode
from pairmatch.cli.display import open_display
from pairmatch.cli.failures import failure, out_of_memory, stopped
from pairmatch.cli.language import argparse_speaks, chosen_language
from pairmatch.cli.parser import build_parser
from pairmatch.cli.stopping import Stopping
from pairmatch.cli.streams import Unfailing, open_closed_streams, print_answer, settle
from pairmatch.errors import PairmatchError
from pairmatch.words import say


def execute(argv: Sequence[str]) -> int:
    """Run one command and return its exit code; see `pairmatch.cli.answer.ExitCode`.

    Parameters
    ----------
    argv
        The arguments after the program's name.
    """
    open_closed_streams()
    try:
        language = chosen_language(argv)
        with argparse_speaks(language):
            arguments = build_parser(language).parse_args(argv)
        return _say(_answer(arguments), arguments.lang, as_json=arguments.json)
    finally:
        settle()


def _answer(arguments: Namespace) -> Answer:
    # commands load what they need: help and usage errors come at once
    command = import_module(f"pairmatch.cli.{arguments.command.replace('-', '_')}")
    stopping = Stopping()
    try:
        with stopping.listening(), open_display(stopping, arguments.lang) as display:
            answer: Answer = command.run(arguments, stopping, display)
    except PairmatchError as error:
        return failure(error, arguments.lang)
    except MemoryError:
        return out_of_memory(arguments.lang)
    except KeyboardInterrupt:
        return stopped(arguments.lang)
    return answer


def _say(answer: Answer, language: str, *, as_json: bool) -> int:
    told = Unfailing(sys.stderr)
    wrong = None
    if answer.is_failure:
        _tell(answer.text, told, language)
    elif not as_json:
        wrong = print_answer(answer.text)
    if as_json:
        wrong = print_answer(json.dumps(answer.document))
    if wrong is None:
        return int(answer.code)
    _tell(say("command.no_output", {"why": wrong}, language), told, language)
    return max(int(answer.code), int(ExitCode.BAD_INPUT))


def _tell(text: str, stream: Unfailing, language: str) -> None:
    said = say("command.failure", {"text": text}, language)
    print(said, file=stream, flush=True)  # the command line
