"""``pairmatch template``: a workbook to fill in."""

import shlex
from argparse import Namespace
from pathlib import Path

from pairmatch.cli.answer import Answer, ExitCode
from pairmatch.cli.display import Display
from pairmatch.cli.stopping import Stopping
from pairmatch.report.folder import check_target
from pairmatch.whole_folder import write_folder
from pairmatch.words import say
from pairmatch.workbooks.template import write_template


def run(arguments: Namespace, _stopping: Stopping, display: Display) -> Answer:
    """Make a folder with a workbook to fill in, in the language of the command."""
    language = arguments.lang
    file = say("workbook.file_name", language=language)
    check_target(arguments.folder)
    display.phase("write_tables")

    def write(folder: Path) -> None:
        write_template(folder / file, language=language)

    write_folder(arguments.folder, write)
    path = arguments.folder / file
    folder = shlex.quote(str(arguments.folder))
    text = say("command.fill_in", {"file": str(path), "folder": folder}, language)
    return Answer(ExitCode.DONE, text, {"folder": str(arguments.folder), "file": str(path)})
