"""A folder of tables and a policy."""

from pathlib import Path
from typing import Any

from pairmatch.errors import InputError
from pairmatch.model.read_limits import MAX_BYTES, MAX_ROWS, ReadLimits, RefusedError, check_not_url
from pairmatch.model.unreadable import unreadable
from pairmatch.options import Options
from pairmatch.tables.findings import Findings
from pairmatch.tables.folder_files import POLICY, assign_files
from pairmatch.tables.problem import Problem, checked_problem
from pairmatch.tables.schema import SCHEMAS


def read_problem(
    folder: str | Path,
    *,
    unknown_current: str = "drop",
    max_rows: int = MAX_ROWS,
    max_bytes: int = MAX_BYTES,
    **sources: Any,
) -> Problem:
    """Read and check the tables of a folder.

    Parameters
    ----------
    folder
        Holds ``cadres`` and ``recipients``, and if there are any ``units``, ``areas``,
        ``current``, ``locks``, ``bans`` and ``adjustments``, each as .csv, .parquet or .feather;
        and ``policy`` as .yaml, .yml or .json. Other files are ignored with a note; one whose name
        is nearly one of these is a failure.
    unknown_current
        As `Problem.from_tables` takes it.
    max_rows, max_bytes
        Most rows of a table, and most bytes of a file and of a table in memory; what has more is
        refused.
    sources
        Tables to take instead of the folder's, by name, and ``attributes``, as
        `Problem.from_tables` takes them.

    Raises
    ------
    OptionError
        If a source has another name, or ``unknown_current`` is not one of its names, or a limit
        no whole number above 0.
    InputError
        With every failure in every table.
    """
    limits = ReadLimits(max_rows, max_bytes)
    where = Path(folder)
    findings = Findings()
    names = _names(where)
    tables = (*(schema.name for schema in SCHEMAS), POLICY)
    options = Options()
    for name in sources:
        options.one_of("sources", name, (*tables, "attributes"))
    options.check()
    given = {name: sources[name] for name in tables if sources.get(name) is not None}
    files = assign_files(names, given, findings)
    for name, file in files.found.items():
        given[name] = where / file
    for name in files.doubtful:
        findings.unread(name)
    if files.ignored:
        findings.note("ignored_file", "folder", count=len(files.ignored), names=files.ignored)
    present = {*given, *files.doubtful}
    if POLICY not in present:
        findings.note("default_policy", POLICY)
    if "units" not in present:
        findings.note("no_units", "units")
    return checked_problem(
        given, sources.get("attributes", ()), findings, files.ignored, unknown_current, limits
    )


def _names(where: Path) -> list[str]:
    """Return the names of all that a folder holds, sorted."""
    code = "unreadable_file"
    try:
        check_not_url(where)
        return sorted(path.name for path in where.iterdir())
    except RefusedError as error:
        code, found, advice = error.code, error.found, error.advice
    except (FileNotFoundError, NotADirectoryError):
        found, advice = "no such folder", "check the path"
        if where.is_file():
            found = "a file where a folder is needed"
            advice = "name the folder that the tables are in"
    except PermissionError:
        found, advice = "a folder that you may not read", "ask its owner for the permission"
    except (OSError, ValueError) as error:
        found, advice = unreadable(error)
    findings = Findings()
    findings.table(code, "folder", None, found, advice)
    raise InputError(findings.found)
