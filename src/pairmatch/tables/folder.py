"""A folder of tables and a policy."""

from collections.abc import Mapping
from pathlib import Path
from typing import Any

from pairmatch.errors import InputError
from pairmatch.model.policy import Policy
from pairmatch.model.read_limits import ReadLimits, RefusedError, check_not_url
from pairmatch.model.unreadable import unreadable
from pairmatch.options import Options
from pairmatch.tables.checked import CheckedTables, check_tables
from pairmatch.tables.findings import Findings
from pairmatch.tables.folder_files import POLICY, assign_files
from pairmatch.tables.schema import SCHEMAS


def tables_of_folder(
    folder: Path, sources: Mapping[str, Any], unknown_current: str, limits: ReadLimits
) -> tuple[CheckedTables, Policy]:
    """Read and check the tables and the policy of a folder.

    Parameters
    ----------
    folder
        Holds tables and a policy by name, as `pairmatch.read_problem` says.
    sources
        Tables to take instead of the folder's, by name, and ``attributes``.
    unknown_current, limits
        As `check_tables` takes them.

    Raises
    ------
    OptionError
        If a source has another name, or ``unknown_current`` is not one of its names.
    InputError
        With every failure in every table.
    """
    findings = Findings()
    names = _names(folder)
    tables = (*(schema.name for schema in SCHEMAS), POLICY)
    options = Options()
    for name in sources:
        options.one_of("sources", name, (*tables, "attributes"))
    options.check()
    given = {name: sources[name] for name in tables if sources.get(name) is not None}
    files = assign_files(names, given, findings)
    for name, file in files.found.items():
        given[name] = folder / file
    for name in files.doubtful:
        findings.unread(name)
    if files.ignored:
        findings.note("ignored_file", "folder", count=len(files.ignored), names=files.ignored)
    present = {*given, *files.doubtful}
    if POLICY not in present:
        findings.note("default_policy", POLICY)
    if "units" not in present:
        findings.note("no_units", "units")
    return check_tables(
        given, sources.get("attributes", ()), unknown_current, limits, findings, files.ignored
    )


def _names(where: Path) -> list[str]:
    """Return the names of all that a folder holds, sorted."""
    try:
        check_not_url(where)
        return sorted(path.name for path in where.iterdir())
    except RefusedError as error:
        why = error
    except (FileNotFoundError, NotADirectoryError):
        is_file = where.is_file()
        why = RefusedError(
            "unreadable_file.not_a_folder" if is_file else "unreadable_file.no_folder"
        )
    except PermissionError:
        why = RefusedError("unreadable_file.folder_permission")
    except (OSError, ValueError) as error:
        why = unreadable(error)
    raise InputError([why.finding("folder")])
