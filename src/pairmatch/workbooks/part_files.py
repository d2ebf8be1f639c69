"""A problem cut by areas, as a folder with a folder of tables for each part."""

import re
from collections.abc import Iterable
from pathlib import Path

from pairmatch.model.policy import Policy
from pairmatch.tables.parts import REST, Parts
from pairmatch.workbooks.table_files import TableFormat, write_tables

ACROSS = "across"
"""The folder of the pairs of people in two parts."""

_SAFE = re.compile(r"\w[\w\-]{0,59}")


def folder_names(parts: Iterable[str]) -> dict[str, str]:
    """Return the name of each part's folder: its area's code, or a number where that is no name.

    Names differ by more than case, as some systems want it.
    """
    names: dict[str, str] = {}
    taken = {REST, ACROSS}
    for number, part in enumerate(parts, start=1):
        name = part
        if not _SAFE.fullmatch(part) or (part.casefold() in taken and part != REST):
            name = f"part-{number}"
        taken.add(name.casefold())
        names[part] = name
    return names


def write_parts(parts: Parts, policy: Policy, folder: Path, table_format: TableFormat) -> None:
    """Write a folder of tables for each part, with the policy in each.

    The pairs across get a folder too, so that all of them together are the problem again.

    Parameters
    ----------
    parts
        What `pairmatch.Problem.part` returns.
    policy
        The problem's.
    folder
        Must be there.
    table_format
        As `write_tables` takes it.

    Raises
    ------
    OptionError
        If a package is missing, or a table is too large for a workbook.
    OSError
        If a file cannot be written.
    """
    for part, name in folder_names(parts.tables).items():
        (folder / name).mkdir()
        write_tables(parts.tables[part], policy, folder / name, table_format)
    if REST in parts.tables and parts.across:
        (folder / ACROSS).mkdir()
        write_tables(parts.across, None, folder / ACROSS, table_format)
