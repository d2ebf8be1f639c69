"""``pairmatch warm-up``: every kernel compiled ahead, for images and servers."""

from argparse import Namespace

from pairmatch._warm_up import warm_up
from pairmatch.cli.answer import Answer, ExitCode
from pairmatch.cli.display import Display
from pairmatch.cli.stopping import Stopping
from pairmatch.words.en.grammar import counted


def run(_arguments: Namespace, _stopping: Stopping, display: Display) -> Answer:
    """Compile all kernels and keep them; it is a failure where they cannot be kept."""
    display.phase("compiling, or loading what is compiled already")
    done = warm_up()
    document = {
        "seconds": round(done.seconds, 3),
        "kernels": done.kernels,
        "compiled": done.compiled,
        "kept": done.kept,
        "folder": None if done.folder is None else str(done.folder),
    }
    kernels = counted(done.kernels, "kernel")
    text = f"{kernels} in {done.seconds:.1f} s, {done.compiled} of them compiled"
    if done.kept < done.kernels:
        text += (
            f"; only {done.kept} could be kept, the others are lost. Run this as a user who may "
            "write the package's folder, or set NUMBA_CACHE_DIR to a folder with room"
        )
        return Answer(ExitCode.BAD_INPUT, text, document, is_failure=True)
    return Answer(ExitCode.DONE, f"{text}\nKept in {done.folder}", document)
