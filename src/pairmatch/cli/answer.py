"""What a command answers: an exit code, a text for people and a document for programs."""

from dataclasses import dataclass
from enum import IntEnum
from typing import Any


class ExitCode(IntEnum):
    """What the exit code of a command says; where several fit, the largest is given."""

    DONE = 0
    BUG = 1
    BAD_INPUT = 2
    SHORT = 3
    STOPPED = 4
    NOT_CERTIFIED = 5


@dataclass(frozen=True)
class Answer:
    """One command's answer.

    Attributes
    ----------
    code
        The exit code.
    text
        For people: standard output, or standard error where ``is_failure``.
    document
        For programs, with ``--json``; plain data.
    is_failure
        Nothing was done.
    """

    code: ExitCode
    text: str
    document: dict[str, Any]
    is_failure: bool = False
