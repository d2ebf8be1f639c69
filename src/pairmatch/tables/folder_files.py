"""Which file of a folder is which table, and which names are nearly one."""

import re
import unicodedata
from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass

from pairmatch.model.near_names import is_same_but_for_dress, nearest
from pairmatch.model.shown_names import shown_file_name
from pairmatch.tables.findings import Findings
from pairmatch.tables.reading import READABLE
from pairmatch.tables.schema import SCHEMAS

POLICY = "policy"
POLICY_ENDINGS = (".yaml", ".yml", ".json")
ENDINGS: Mapping[str, tuple[str, ...]] = {
    **{schema.name: READABLE for schema in SCHEMAS},
    POLICY: POLICY_ENDINGS,
}
_NEEDED = ("cadres", "recipients")

# endings of what may be meant as a table or a policy; a document or a picture is neither
_OF_DATA = frozenset(
    {
        *("csv", "tsv", "tab", "txt", "xls", "xlsx", "xlsm", "xlsb", "ods", "et", "parquet", "pq"),
        *("feather", "ftr", "arrow", "ipc", "json", "jsonl", "yaml", "yml", "toml", "gz", "zst"),
    }
)
# what programs and people put behind a name: a second download, a copy, a later state
_COPY = re.compile(r"[\s_.\-]*(\(\d{1,3}\)|copy|new|final|副本|新|\d{1,4})$", re.IGNORECASE)
SOURCES = "SOURCES.md"
"""What a synthetic province writes of its sources beside its tables."""

# files that nobody has put there as a table
_NOBODY_S = frozenset({"Thumbs.db", "desktop.ini", SOURCES})


@dataclass(frozen=True)
class FolderFiles:
    """Files by table (or policy), names of those that are none, and tables that are in doubt."""

    found: Mapping[str, str]
    ignored: tuple[str, ...]
    doubtful: frozenset[str]


def assign_files(
    names: Sequence[str], replaced: Collection[str], findings: Findings
) -> FolderFiles:
    """Find the file of each table, reporting those that are twice there, misspelt or missing.

    Parameters
    ----------
    names
        Of all files in a folder. Hidden ones, and those that a system or a synthetic province
        puts there, are passed over.
    replaced
        Tables, or the policy, that come from elsewhere: their files are ignored.
    """
    names = [name for name in names if not name.startswith((".", "~$")) and name not in _NOBODY_S]
    exact = {
        table: [name for ending in endings if (name := f"{table}{ending}") in names]
        for table, endings in ENDINGS.items()
        if table not in replaced
    }
    known = {name for files in exact.values() for name in files}
    near: dict[str, list[str]] = {}
    ignored: list[str] = []
    for name in names:
        if name in known:
            continue
        table = _nearly(name, exact)
        if table is None:
            ignored.append(name)
        else:
            near.setdefault(table, []).append(name)
    doubtful = set()
    for table, files in exact.items():
        if _report(table, files, near.get(table, []), findings):
            doubtful.add(table)
    found = {table: files[0] for table, files in exact.items() if files and table not in doubtful}
    return FolderFiles(found, tuple(shown_file_name(name) for name in ignored), frozenset(doubtful))


def _nearly(name: str, exact: Mapping[str, Sequence[str]]) -> str | None:
    """Return the table that a file is nearly the file of.

    Where the table has its file, only another dress of that very name counts.
    """
    stem, *endings = unicodedata.normalize("NFKC", name).strip().split(".")
    if endings and endings[-1].strip().casefold() not in _OF_DATA:
        return None
    for table, files in exact.items():
        if is_same_but_for_dress(stem, table):
            readable = len(endings) == 1 and f".{endings[0].casefold()}" in ENDINGS[table]
            return table if readable or not files else None
    absent = [table for table, files in exact.items() if not files]
    return nearest(_COPY.sub("", stem), absent)


def _report(table: str, files: Sequence[str], near: Sequence[str], findings: Findings) -> bool:
    """Report what is wrong with the files of a table; tell whether anything is."""
    if len(files) + len(near) > 1:
        names = (*files, *near)
        findings.table("two_files", table, count=len(names), names=names)
    elif near:
        kind, wanted = _cure(near[0], table)
        findings.table(kind, table, file=near[0], wanted=wanted)
    elif not files and table in _NEEDED:
        findings.table("missing_table", table, wanted=table)
    else:
        return False
    return True


def _cure(name: str, table: str) -> tuple[str, str]:
    """Return what kind of finding a file is, and how it should be called."""
    endings = [f".{ending.strip().casefold()}" for ending in name.split(".")[1:]]
    readable = [ending for ending in endings if ending in ENDINGS[table]]
    if readable and endings[-1] in (*readable, ".txt"):
        return "misspelt_file.rename", f"{table}{readable[0]}"
    return "misspelt_file.save", f"{table}{ENDINGS[table][0]}"
