"""A workbook as a file that appears whole or not at all."""

from collections.abc import Callable
from pathlib import Path

from pairmatch.errors import PlanFileError
from pairmatch.whole_folder import cannot_write, name_beside

_ENDING = ".xlsx"


def check_workbook_file(path: Path, *, replace: bool = False) -> None:
    """Find out whether a workbook may be written, before anything long is started.

    Raises
    ------
    PlanFileError
        Saying what is in the way.
    """
    parameters = {"folder": str(path)}
    if path.suffix.lower() != _ENDING:
        raise PlanFileError("not_xlsx", parameters)
    if path.is_dir() or (path.exists() and not replace):
        raise PlanFileError("taken_workbook", parameters)


def write_workbook_file(
    path: Path, write: Callable[[Path], None], *, replace: bool = False
) -> None:
    """Let ``write`` make a file beside the path, then rename it.

    Raises
    ------
    PlanFileError
        If there is such a file and it may not be replaced, or the disk refuses.
    """
    check_workbook_file(path, replace=replace)
    aside = name_beside(path)
    try:
        try:
            write(aside)
            aside.replace(path)
        finally:
            aside.unlink(missing_ok=True)
    except OSError as error:
        raise cannot_write(path, error) from None
