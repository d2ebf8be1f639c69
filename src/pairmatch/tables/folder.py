"""A folder of tables and a policy."""

from pathlib import Path
from typing import Any

from pairmatch.errors import Finding, InputError
from pairmatch.tables.problem import Problem
from pairmatch.tables.reading import READABLE
from pairmatch.tables.schema import SCHEMAS

_POLICY = (".yaml", ".yml", ".json")


def read_problem(folder: str | Path, **sources: Any) -> Problem:
    """Read and check the tables of a folder.

    Parameters
    ----------
    folder
        Holds ``cadres`` and ``recipients``, and if there are any ``units``, ``areas``,
        ``current``, ``locks``, ``bans`` and ``adjustments``, each as .csv, .parquet or .feather;
        and ``policy`` as .yaml, .yml or .json.
    sources
        Tables to take instead of the folder's, by name, and ``attributes``, as
        `Problem.from_tables` takes them.

    Raises
    ------
    InputError
        With every failure in every table.
    """
    where = Path(folder)
    if not where.is_dir():
        raise InputError(
            [_finding("unreadable_file", "folder", "no such folder", "check the path")]
        )
    findings: list[Finding] = []
    found: dict[str, Any] = {}
    for name, endings in [(schema.name, READABLE) for schema in SCHEMAS] + [("policy", _POLICY)]:
        if sources.get(name) is not None:
            found[name] = sources[name]
            continue
        files = [where / f"{name}{ending}" for ending in endings]
        files = [file for file in files if file.is_file()]
        if len(files) > 1:
            findings.append(
                _finding(
                    "two_files",
                    name,
                    f"{len(files)} files for one table",
                    "keep one of them",
                )
            )
        elif files:
            found[name] = files[0]
        elif name in ("cadres", "recipients"):
            findings.append(
                _finding(
                    "missing_table",
                    name,
                    "no file for this table in the folder",
                    f"add {name}.csv, {name}.parquet or {name}.feather",
                )
            )
    if findings:
        raise InputError(findings)
    return Problem.from_tables(**found, attributes=sources.get("attributes", ()))


def _finding(code: str, table: str, found: str, advice: str) -> Finding:
    return Finding(code, table, None, found, advice)
