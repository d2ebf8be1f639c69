"""All lists of a plan as tables of cells, sorted by list: what whoever writes workbooks needs."""

import json
from collections.abc import Sequence
from dataclasses import asdict, dataclass
from functools import cached_property
from itertools import accumulate
from pathlib import Path
from typing import Any

import pyarrow as pa
from pyarrow import feather

TABLES = ("pairs", "changes", "work")
"""Sheets that have rows of their own for each list."""


@dataclass(frozen=True)
class Told:
    """What every list says alike.

    Attributes
    ----------
    by, language
        One of `pairmatch.lists.layout.BY`, and the language.
    date
        Of the day on which the lists are made.
    status, digest, plan_digest
        Of the plan and of its problem.
    policy
        What the plan goes by, in sentences.
    attributes
        Columns of the pairs that the caller has added.
    widths
        By table, how many letters the columns are wide.
    """

    by: str
    language: str
    date: str
    status: str
    digest: str
    plan_digest: str
    policy: Sequence[str]
    attributes: Sequence[str]
    widths: dict[str, Sequence[int]]


@dataclass(frozen=True, eq=False)
class Prepared:
    """Lists that are ready to be written.

    Attributes
    ----------
    told
        What they say alike.
    lists
        Arrow, a row for each list: file, code, name, the counts of
        `pairmatch.lists.layout.COUNTS` (null where one does not apply), and rows_pairs,
        rows_changes and rows_work: how many rows it has of each table.
    tables
        The cells of `TABLES`, list after list; the changes may be missing.
    """

    told: Told
    lists: pa.Table
    tables: dict[str, pa.Table]

    def save(self, folder: Path) -> None:
        """Write files from which `load` makes the same."""
        for name, table in {"lists": self.lists, **self.tables}.items():
            feather.write_feather(table, folder / f"{name}.feather", compression="uncompressed")
        (folder / "told.json").write_text(json.dumps(asdict(self.told)), encoding="utf-8")

    @classmethod
    def load(cls, folder: Path) -> "Prepared":
        """Return what `save` has written; the tables stay on the disk until they are read."""
        told = Told(**json.loads((folder / "told.json").read_text(encoding="utf-8")))
        tables = {
            name: feather.read_table(folder / f"{name}.feather", memory_map=True)
            for name in ("lists", *TABLES)
            if (folder / f"{name}.feather").exists()
        }
        return cls(told, tables.pop("lists"), tables)

    @cached_property
    def _starts(self) -> dict[str, list[int]]:
        return {
            name: list(accumulate(self.lists.column(f"rows_{name}").to_pylist(), initial=0))
            for name in self.tables
        }

    def rows(self, number: int, name: str) -> pa.Table:
        """Return the rows of one list of one of the `tables`."""
        start, end = self._starts[name][number : number + 2]
        return self.tables[name].slice(start, end - start)

    def about(self, number: int) -> dict[str, Any]:
        """Return a row of `lists`."""
        row: dict[str, Any] = self.lists.slice(number, 1).to_pylist()[0]
        return row
