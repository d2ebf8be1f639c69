"""Which files came back, and how each may be called in a message."""

import re
from collections.abc import Collection, Iterable, Iterator
from os import PathLike
from pathlib import Path

from pairmatch.errors import Finding, InputError
from pairmatch.lists.layout import INDEX
from pairmatch.model.read_limits import RefusedError, check_not_url
from pairmatch.model.shown_names import shown_file_name
from pairmatch.model.unreadable import unreadable
from pairmatch.tables.office.synonyms import ANSWERS

_HIDDEN = (".", "~$")
# what systems write, and what was written beside the lists that went out
_NOBODY_S = frozenset({"Thumbs.db", "desktop.ini", INDEX})
_PARTS = re.compile(r"[\s_\-.()（）]+")
# what programs and people put behind a name
_SHORT_NUMBER = re.compile(r"[0-9]{1,4}|copy|副本")


def files_of(
    returned: str | PathLike[str] | Iterable[str | PathLike[str]], known: Collection[str]
) -> list[tuple[Path, str]]:
    """Return the files among paths and in folders, each with a name for messages, in order.

    Parameters
    ----------
    returned
        A path or several, of files and of folders, which are looked into.
    known
        Codes of units, and codes and names of areas, which may be shown; a file that is called
        otherwise than by them, and might be called after somebody, is shown by its number.

    Raises
    ------
    InputError
        If a path leads nowhere.
    """
    paths = [returned] if isinstance(returned, str | PathLike) else list(returned)
    found: dict[Path, None] = {}
    findings: list[Finding] = []
    for number, path in enumerate(paths, 1):
        try:
            check_not_url(path)
            found.update(dict.fromkeys(_files(Path(path))))
        except RefusedError as error:
            why = error
        except (OSError, ValueError) as error:
            why = unreadable(error)
        else:
            continue
        one = why.finding(ANSWERS)
        findings.append(Finding(one.kind, ANSWERS, f"#{number}", one.parameters))
    if findings:
        raise InputError(findings)
    shown = {code.casefold() for code in known}
    files: list[tuple[Path, str]] = []
    names: dict[str, int] = {}
    for number, path in enumerate(found, 1):
        name = path.name if _may_be_shown(path.stem, shown) else shown_file_name(path.name)
        if name.startswith("*"):
            name = f"#{number}{name[1:]}"
        names[name] = names.get(name, 0) + 1
        # two folders may have files of one name
        files.append((path, name if names[name] == 1 else f"{name} ({names[name]})"))
    return files


def _files(path: Path) -> Iterator[Path]:
    """Yield a file, or all in a folder and in those below, in the order of their names."""
    if not path.is_dir():
        path.stat()
        yield path
        return
    for inner in sorted(path.iterdir()):
        if not inner.name.startswith(_HIDDEN) and inner.name not in _NOBODY_S:
            yield from _files(inner)


def _may_be_shown(stem: str, known: Collection[str]) -> bool:
    """Tell whether a name has known codes and short numbers in it, and nothing else."""
    if stem.casefold() in known:
        return True
    parts = [part for part in _PARTS.split(stem.casefold()) if part]
    return any(part in known for part in parts) and all(
        part in known or _SHORT_NUMBER.fullmatch(part) for part in parts
    )
