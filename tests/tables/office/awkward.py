"""Files as offices send them, one trap each, and what must come out of each.

The problem is the same every time: a county with two townships, its cadres and its recipients. A
case spoils the file of one table, or says how a file is made that is only written oddly.
"""

import io
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from functools import cache
from pathlib import Path
from typing import Any

import pytest

from pairmatch.errors import InputError
from pairmatch.model import Policy
from pairmatch.problem import Problem, read_problem

Row = Sequence[str | int | float | bool | None]

AREAS: tuple[Row, ...] = (
    ("区划代码", "上级区划代码", "级别", "名称", "经度", "纬度"),
    ("620999", "", "county", "甲县", "103.8", "36.0"),
    ("620999001", "620999", "township", "大水䃎镇", "103.7", "36.1"),
    ("620999002", "620999", "township", "城关镇", "103.6", "36.2"),
)
UNITS: tuple[Row, ...] = (
    ("单位编号", "级别", "区划代码"),
    ("u1", "county", "620999"),
    ("u2", "township", "620999002"),
)
CADRES: tuple[Row, ...] = (
    ("干部编号", "单位编号", "职级", "区划代码"),
    ("c1", "u1", "division", "620999001"),
    ("c2", "u1", "staff", "620999002"),
    ("c3", "u2", "staff", "620999002"),
)
RECIPIENTS: tuple[Row, ...] = (
    ("对象编号", "类别", "区划代码", "户编号"),
    ("r001", "orphan", "620999001", "h1"),
    ("r002", "orphan", "620999001", "h1"),
    ("r003", "severely_disabled", "620999002", ""),
    ("r004", "destitute_household", "620999002", "h2"),
)
TABLES = {"区划": AREAS, "单位": UNITS, "干部": CADRES, "对象": RECIPIENTS}
"""The tables by the Chinese names of their files; each begins with its header."""

# code, table, column, file, sheet, cells (or rows where a column is not known)
Failed = tuple[str, str, str | None, str, str, tuple[str, ...]]
# code, table, column, count
Noted = tuple[str, str, str | None, int]
Files = Mapping[str, bytes]


@dataclass(frozen=True)
class Case:
    """One trap.

    Attributes
    ----------
    name
        What is awkward.
    files
        By name, what stands in the folder, or a function that makes it; the plain files of the
        other tables are added.
    tables
        Which tables, by Chinese name, the files are instead of.
    notes
        What is noted that is not noted of plain files.
    fails
        Every failure; where there is one, nothing is read.
    options
        Further arguments of `read_problem`.
    """

    name: str
    files: Files | Callable[[], Files]
    tables: tuple[str, ...] = ("对象",)
    notes: tuple[Noted, ...] = ()
    fails: tuple[Failed, ...] = ()
    options: Mapping[str, Any] | None = None

    def write(self, folder: Path) -> None:
        """Write the files to a folder, with plain ones for all other tables."""
        files = self.files() if callable(self.files) else self.files
        for name, data in files.items():
            (folder / name).parent.mkdir(parents=True, exist_ok=True)
            (folder / name).write_bytes(data)
        for name, rows in TABLES.items():
            if name not in self.tables:
                (folder / f"{name}.csv").write_bytes(text(rows))

    def check(self, folder: Path) -> None:
        """Read the folder and compare with what must come out."""
        self.write(folder)
        options = {"policy": Policy(), **(self.options or {})}
        if self.fails:
            with pytest.raises(InputError) as caught:
                read_problem(folder, **options)
            assert failures(caught.value) == sorted(self.fails, key=str)
            for language in ("en", "zh"):
                assert caught.value.text(language)
            return
        problem = read_problem(folder, **options)
        assert notes(problem) == sorted(self.notes, key=str)
        assert problem.tables() == plain_problem().tables()


def cases(*every: Case) -> pytest.MarkDecorator:
    """Make a test of each case, with its name."""
    names = [case.name for case in every]
    assert len(set(names)) == len(names)
    return pytest.mark.parametrize("case", every, ids=names)


def text(
    rows: Sequence[Row], separator: str = ",", end: str = "\n", encoding: str = "utf-8"
) -> bytes:
    """Return rows as a text file."""
    lines = [separator.join("" if cell is None else str(cell) for cell in row) for row in rows]
    return "".join(line + end for line in lines).encode(encoding)


def failures(error: InputError) -> list[Failed]:
    """Return every failure with the place that it names, sorted."""
    return sorted(
        (
            (
                found.code,
                found.table,
                found.column,
                found.source.file,
                found.source.sheet,
                tuple(f"{found.letter}{row}" for row in found.rows.tolist()),
            )
            for found in error.findings
        ),
        key=str,
    )


def notes(problem: Problem) -> list[Noted]:
    """Return what is noted of a problem and not of the plain one, sorted."""
    usual = plain_problem().notes
    return sorted(
        (
            (note.code, note.table, note.column, note.count)
            for note in problem.notes
            if note not in usual
        ),
        key=str,
    )


@cache
def plain_problem() -> Problem:
    """Return the problem that every file is about."""
    tables: dict[str, Any] = {}
    for name, names, rows in (
        ("areas", ("area", "parent", "level", "name", "lon", "lat"), AREAS),
        ("units", ("unit_id", "level", "area"), UNITS),
        ("cadres", ("cadre_id", "unit_id", "rank", "area"), CADRES),
        ("recipients", ("recipient_id", "category", "area", "household_id"), RECIPIENTS),
    ):
        tables[name] = {
            ours: [row[at] or None for row in rows[1:]] for at, ours in enumerate(names)
        }
    for degrees in ("lon", "lat"):
        tables["areas"][degrees] = [float(cell) for cell in tables["areas"][degrees]]
    return Problem.from_tables(**tables, policy=Policy())


def saved(book: Any) -> bytes:
    """Return a workbook of openpyxl as a file."""
    data = io.BytesIO()
    book.save(data)
    return data.getvalue()
