"""Folders that appear whole or not at all: filled beside their place, then renamed."""

import secrets
import shutil
from collections.abc import Callable, Sequence
from contextlib import suppress
from pathlib import Path

from pairmatch.errors import PlanFileError, system_reason

# of a name that is as long as a file system takes, room is left for more
_NAME_BESIDE = 40


def write_folder(target: Path, write: Callable[[Path], None]) -> None:
    """Let ``write`` fill a folder beside the target, then rename it: all of it or nothing.

    An empty folder at the target is replaced; anything else is refused, so that two runs into the
    same place cannot mix.

    Raises
    ------
    PlanFileError
        If the target is not empty, or the disk refuses.
    """
    place = settled(target)
    aside = name_beside(place)
    made: list[Path] = []
    try:
        if place.exists() and (not place.is_dir() or any(place.iterdir())):
            raise PlanFileError("taken", {"folder": str(target)})
        for parent in reversed(place.parents):
            if not parent.exists():
                made.append(parent)
                parent.mkdir(exist_ok=True)
        try:
            aside.mkdir()
            write(aside)
            aside.rename(place)
        finally:
            # nothing is there after the rename
            shutil.rmtree(aside, ignore_errors=True)
    except OSError as error:
        raise cannot_write(target, error) from None
    finally:
        # once more, should the first one have been interrupted
        shutil.rmtree(aside, ignore_errors=True)
        _remove_empty(made)


def cannot_write(target: Path, error: OSError) -> PlanFileError:
    """Return the error for a folder that the system will not write, without its path."""
    return PlanFileError("cannot_write", {"folder": str(target), "why": system_reason(error)})


def settled(target: Path) -> Path:
    """Return where a folder to come would be, without ``..`` and without links on the way there.

    Raises
    ------
    PlanFileError
        If the path leads nowhere.
    """
    try:
        # the last name may be a link, which is not followed
        is_link_or_name = target.name not in ("", "..")
        return target.parent.resolve() / target.name if is_link_or_name else target.resolve()
    except (OSError, RuntimeError, ValueError):  # links that lead to each other, a zero in a name
        pass
    # out here, so that the error is the only one
    raise PlanFileError("nowhere")


def _remove_empty(folders: Sequence[Path]) -> None:
    """Remove folders, each of which is in the one before, as far as there is nothing in them."""
    for folder in reversed(folders):
        with suppress(OSError):
            folder.rmdir()


def name_beside(target: Path) -> Path:
    """Return a hidden name beside a folder, for what is not complete.

    The name is known before there is anything of that name: whatever interrupts, it can be removed.
    """
    return target.absolute().parent / f".{target.name[:_NAME_BESIDE]}.{secrets.token_hex(8)}"
