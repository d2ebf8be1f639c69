"""Synthetic tables and a policy, ready to be solved or written."""

from dataclasses import dataclass
from importlib import resources
from pathlib import Path

import pyarrow as pa
from pyarrow import parquet

from pairmatch.model import Policy
from pairmatch.options import Options
from pairmatch.problem import Problem
from pairmatch.tables.folder_files import SOURCES
from pairmatch.words.en.grammar import counted

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

    def write(self, folder: str | Path) -> None:
        """Write one Parquet file for each table, ``policy.yaml`` and ``SOURCES.md``.

        Parameters
        ----------
        folder
            Made if it does not exist.

        Raises
        ------
        OptionError
            If there is something in the folder: tables left from before would mix with these.
        """
        where = Path(folder)
        where.mkdir(parents=True, exist_ok=True)
        if any(where.iterdir()):
            options = Options()
            options.refuse("folder_taken", "folder")
            options.check()
        for name, table in self._tables().items():
            marked = table.replace_schema_metadata(_METADATA)
            parquet.write_table(marked, where / f"{name}.parquet")
        text = "# synthetic: people, units and places below the counties are made up\n"
        (where / "policy.yaml").write_text(text + self.policy.to_yaml(), encoding="utf-8")
        sources = resources.files("pairmatch.synth").joinpath(f"data/{SOURCES}")
        (where / SOURCES).write_text(sources.read_text("utf-8"), encoding="utf-8")

    def _tables(self) -> dict[str, pa.Table]:
        tables = {
            "cadres": self.cadres,
            "recipients": self.recipients,
            "units": self.units,
            "areas": self.areas,
        }
        return tables if self.current is None else {**tables, "current": self.current}
