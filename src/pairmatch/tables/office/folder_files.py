"""Which file of a folder is which table, and which names are nearly one."""

import re
import unicodedata
from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass

from pairmatch.model.near_names import is_same_but_for_dress, nearest
from pairmatch.model.shown_names import shown_file_name
from pairmatch.tables.findings import Findings
from pairmatch.tables.office.vocabulary import Vocabulary, folded_value
from pairmatch.tables.reading import READABLE, TEXT_ENDINGS, WORKBOOK
from pairmatch.tables.schema import SCHEMAS

POLICY = "policy"
POLICY_ENDINGS = (".yaml", ".yml", ".json")
ENDINGS: Mapping[str, tuple[str, ...]] = {
    **{schema.name: (*READABLE, *TEXT_ENDINGS) for schema in SCHEMAS},
    POLICY: POLICY_ENDINGS,
}

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
    """Files of one folder.

    Attributes
    ----------
    found
        By table, or policy.
    workbooks
        Those that are not called like a table: what they hold their sheets say.
    others
        Files that are no table.
    doubtful
        Tables whose file is in doubt; what is wrong was reported.
    """

    found: Mapping[str, str]
    workbooks: tuple[str, ...]
    others: tuple[str, ...]
    doubtful: frozenset[str]


def assign_files(
    names: Sequence[str], replaced: Collection[str], vocabulary: Vocabulary, findings: Findings
) -> FolderFiles:
    """Find the file of each table, reporting those that are twice there or misspelt.

    A file is called like its table, in English or in Chinese; where none is, a year, an office or
    a date may stand around the name.

    Parameters
    ----------
    names
        Of all files in a folder. Hidden ones, and those that a system or a synthetic province
        puts there, are passed over.
    replaced
        Tables, or the policy, that come from elsewhere: their files are none of a table.
    """
    names = [name for name in names if not name.startswith((".", "~$")) and name not in _NOBODY_S]
    plain: dict[str, list[str]] = {table: [] for table in ENDINGS if table not in replaced}
    dressed: dict[str, list[str]] = {table: [] for table in plain}
    for name in names:
        stem, _, ending = unicodedata.normalize("NFKC", name).strip().rpartition(".")
        table = vocabulary.tables.get(folded_value(stem))
        wanted = dressed if table is None else plain
        table = table or vocabulary.table_of(stem)
        if table in wanted and f".{ending.casefold()}" in ENDINGS[table]:
            wanted[table].append(name)
    files = {table: plain[table] or dressed[table] for table in plain}
    known = {name for some in files.values() for name in some}
    near: dict[str, list[str]] = {}
    workbooks: list[str] = []
    others: list[str] = []
    for name in names:
        if name in known:
            continue
        table = _nearly(name, files, vocabulary)
        if table is not None:
            near.setdefault(table, []).append(name)
        else:
            is_workbook = name.casefold().endswith(WORKBOOK) and not _means_one(name, vocabulary)
            (workbooks if is_workbook else others).append(name)
    doubtful = {
        table
        for table, some in files.items()
        if _report(table, some, near.get(table, []), findings)
    }
    found = {table: some[0] for table, some in files.items() if some and table not in doubtful}
    return FolderFiles(found, tuple(workbooks), tuple(others), frozenset(doubtful))


def _means_one(name: str, vocabulary: Vocabulary) -> bool:
    """Tell whether a workbook is called like a table, which then has another file."""
    return vocabulary.table_of(name.rpartition(".")[0]) is not None


def _nearly(name: str, exact: Mapping[str, Sequence[str]], vocabulary: Vocabulary) -> str | None:
    """Return the table that a file is nearly the file of: misspelt, or of a kind that is not read.

    Where the table has its file, nothing else is.
    """
    stem, *endings = unicodedata.normalize("NFKC", name).strip().split(".")
    if endings and endings[-1].strip().casefold() not in _OF_DATA:
        return None
    absent = [table for table, files in exact.items() if not files]
    meant = vocabulary.table_of(stem)
    for table in absent:
        if table == meant or is_same_but_for_dress(stem, table):
            return table
    return nearest(_COPY.sub("", stem), absent)


def _report(table: str, files: Sequence[str], near: Sequence[str], findings: Findings) -> bool:
    """Report what is wrong with the files of a table; tell whether anything is."""
    if len(files) + len(near) > 1:
        names = tuple(shown_file_name(name) for name in (*files, *near))
        findings.table("two_files", table, count=len(names), names=names)
    elif near:
        kind, wanted = _cure(near[0], table)
        findings.table(kind, table, file=shown_file_name(near[0]), wanted=wanted)
    else:
        return False
    return True


def _cure(name: str, table: str) -> tuple[str, str]:
    """Return what kind of finding a file is, and how it should be called."""
    endings = [f".{ending.strip().casefold()}" for ending in name.split(".")[1:]]
    readable = [ending for ending in endings if ending in ENDINGS[table]]
    if readable and endings[-1] in (*readable, ".txt"):
        return "misspelt_file.rename", f"{table}{readable[0]}"
    ending = POLICY_ENDINGS[0] if table == POLICY else WORKBOOK
    saved = shown_file_name(f"{name.partition('.')[0]}{ending}")
    return "misspelt_file.save", f"{table}{ending}" if saved.startswith("*") else saved
