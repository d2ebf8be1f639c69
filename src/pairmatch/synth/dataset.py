"""Synthetic tables and a policy, ready to be solved or written."""

from dataclasses import dataclass
from pathlib import Path

import pyarrow as pa

from pairmatch.model import Policy
from pairmatch.options import Options
from pairmatch.problem import Problem
from pairmatch.tables.office.folder_files import SOURCES
from pairmatch.tables.official.areas import sources
from pairmatch.words.en.grammar import counted
from pairmatch.workbooks.table_files import TableFormat, check_format, write_tables

_METADATA = {
    "synthetic": "true",
    "attribution": "points of counties: GeoNames, CC BY 4.0; everything below them is made up",
}


@dataclass(frozen=True, eq=False, kw_only=True)
class Dataset:
    """Synthetic tables with the columns of the public tables, and a policy.

    Attributes
    ----------
    cadres, recipients, units, areas
        Arrow tables; every column is there, with nulls where there is nothing to say.
    current
        The incumbent pairs, if there are any.
    policy
        The policy to solve with.
    """

    cadres: pa.Table
    recipients: pa.Table
    units: pa.Table
    areas: pa.Table
    current: pa.Table | None
    policy: Policy

    def __repr__(self) -> str:
        """Return the sizes of the tables in a line."""
        rows = ", ".join(
            counted(table.num_rows, name.removesuffix("s"), name)
            for name, table in self._tables().items()
        )
        return f"<{type(self).__name__}: {rows}>"

    def problem(self) -> Problem:
        """Return the checked problem."""
        return Problem.from_tables(**self._tables(), policy=self.policy)

    def write(self, folder: str | Path, table_format: TableFormat = "parquet") -> None:
        """Write one file for each table, ``policy.yaml`` and ``SOURCES.md``.

        Parameters
        ----------
        folder
            Made if it does not exist.
        table_format
            ``"parquet"``, ``"csv"`` or ``"xlsx"``.

        Raises
        ------
        OptionError
            If there is something in the folder: tables left from before would mix with these. If
            the format is another one, needs a package that is not installed, or a table is too
            large for a workbook.
        """
        check_format(table_format)
        where = Path(folder)
        where.mkdir(parents=True, exist_ok=True)
        if any(where.iterdir()):
            options = Options()
            options.refuse("folder_taken", "folder")
            options.check()
        text = "# synthetic: people, units and places below the counties are made up\n"
        write_tables(
            self._tables(),
            self.policy,
            where,
            table_format,
            metadata=_METADATA,
            heading=text,
        )
        (where / SOURCES).write_text(sources(), encoding="utf-8")

    def _tables(self) -> dict[str, pa.Table]:
        tables = {
            "cadres": self.cadres,
            "recipients": self.recipients,
            "units": self.units,
            "areas": self.areas,
        }
        return tables if self.current is None else {**tables, "current": self.current}
