"""``pairmatch warm-up``: every kernel compiled ahead, for images and servers."""

from argparse import Namespace
from typing import Any

from pairmatch._warm_up import warm_up
from pairmatch.cli.answer import Answer, ExitCode
from pairmatch.cli.display import Display
from pairmatch.cli.stopping import Stopping
from pairmatch.words import say


def run(arguments: Namespace, _stopping: Stopping, display: Display) -> Answer:
    """Compile all kernels and keep them; it is a failure where they cannot be kept."""
    display.phase("warm_up")
    done = warm_up()
    document: dict[str, Any] = {
        "seconds": round(done.seconds, 3),
        "kernels": done.kernels,
        "compiled": done.compiled,
        "kept": done.kept,
        "folder": None if done.folder is None else str(done.folder),
    }
    warm = say("command.warm", document, arguments.lang)
    if done.kept < done.kernels:
        text = say("command.warm_lost", {"warm": warm, "kept": done.kept}, arguments.lang)
        return Answer(ExitCode.BAD_INPUT, text, document, is_failure=True)
    text = say("command.warm_kept", {"warm": warm, "folder": str(done.folder)}, arguments.lang)
    return Answer(ExitCode.DONE, text, document)
