"""Key columns as positions, each encoded once, when tables are checked.

Hashing a quarter of a million texts takes milliseconds, and checks as well as the formulation ask
where the same columns stand among the same keys.
"""

from collections.abc import Mapping, Sequence
from concurrent.futures import Executor
from dataclasses import dataclass, field, replace

import numpy as np
import pyarrow as pa
import pyarrow.compute as pc

from pairmatch.arrays import IntArray
from pairmatch.tables.positions import positions, whole
from pairmatch.threads import IN_TURN

PAIRS = ("current", "locks", "bans", "adjustments")

# columns that refer to rows of a table, by that table; what stands together is searched in one
# go, as it is the keys that take the time
_REFERENCES = (
    ("units", (("cadres", "unit_id"), ("units", "lead_unit_id"))),
    ("areas", (("recipients", "area"),)),
    ("areas", (("cadres", "area"), ("areas", "parent"), ("units", "area"), ("sponsors", "area"))),
    ("cadres", tuple((name, "cadre_id") for name in PAIRS)),
    ("recipients", tuple((name, "recipient_id") for name in PAIRS)),
)
_KEY = {"units": "unit_id", "areas": "area", "cadres": "cadre_id", "recipients": "recipient_id"}
_TABLE_OF = {column: table for table, columns in _REFERENCES for column in columns}
_SPONSOR = ("sponsors", "unit")
_TABLE_OF[_SPONSOR] = "units"
# columns of a few names, which stand among the names that are there
_NAMED = (("cadres", "rank"), ("recipients", "category"), ("areas", "level"), ("units", "level"))
# where codes of areas stand
_CODES = (("recipients", "area"), ("cadres", "area"), ("sponsors", "area"))

Columns = Mapping[tuple[str, str], IntArray]


@dataclass(frozen=True, eq=False)
class Keys:
    """Positions of key columns: int64, a row each, -1 for null or unknown.

    Attributes
    ----------
    columns
        Positions by table and column: of units, areas, cadres and recipients in their tables, of
        ranks, categories and levels among ``names``. The table ``sponsors`` has a row for each
        area that a unit sponsors, with columns ``unit`` and ``area``. Without a table of areas,
        their codes are numbered as they come.
    names
        The distinct names of such a column, in no order that counts.
    """

    columns: Columns = field(default_factory=dict)
    names: Mapping[tuple[str, str], pa.Array] = field(default_factory=dict)

    def of(self, table: str, column: str) -> IntArray:
        """Return the positions of a column, shape ``(rows,)``."""
        return self.columns[table, column]

    def among(self, table: str, column: str, known: Sequence[str]) -> IntArray:
        """Return where a column of names stands among known ones, shape ``(rows,)``."""
        at = positions(self.names[table, column], pa.array(known, pa.string()))
        among: IntArray = np.append(at, -1)[self.columns[table, column]]
        return among

    def are_among(self, table: str, column: str, known: Sequence[str]) -> bool:
        """Tell whether all names of a column are known ones."""
        return set(self.names[table, column].to_pylist()) <= set(known)

    def updated(self, found: Columns) -> "Keys":
        """Return these keys with other positions of some columns."""
        return replace(self, columns={**self.columns, **found})

    def taken(self, rows: Mapping[str, IntArray]) -> "Keys":
        """Return the keys of tables of which some rows are taken, in any order.

        Parameters
        ----------
        rows
            By table, the row that comes first, second, ...: all of a table that others refer to.
        """
        now_at = {}
        for name, order in rows.items():
            if name in _KEY:
                # the last entry is where -1 points to
                now_at[name] = np.full(order.shape[0] + 1, -1, dtype=np.int64)
                now_at[name][order] = np.arange(order.shape[0])
        columns = {}
        for (name, column), found in self.columns.items():
            columns[name, column] = found[rows[name]] if name in rows else found
            target = _TABLE_OF.get((name, column))
            if target in now_at:
                columns[name, column] = now_at[target][columns[name, column]]
        return replace(self, columns=columns)


def encode(tables: Mapping[str, pa.Table], executor: Executor = IN_TURN) -> Keys:
    """Find where all key columns of some tables stand, side by side."""
    tables = _with_sponsors(tables)

    def stand(target: str, columns: Sequence[tuple[str, str]]) -> Columns:
        known = tables[target].column(_KEY[target])
        return _apart(tables, columns, positions(_joined(tables, columns), known))

    references = [
        (target, here)
        for target, columns in _REFERENCES
        if target in tables and (here := [one for one in columns if one[0] in tables])
    ]
    named = [one for one in _NAMED if one[0] in tables]
    found = executor.map(lambda one: stand(*one), references)
    names = executor.map(lambda one: _numbered(tables[one[0]].column(one[1])), named)
    columns = {one: at for part in found for one, at in part.items()}
    numbered = dict(zip(named, names, strict=True))
    columns |= {one: at for one, (at, _) in numbered.items()}
    if "sponsors" in tables:
        columns[_SPONSOR] = tables["sponsors"].column("unit").to_numpy()
    return Keys(columns, {one: distinct for one, (_, distinct) in numbered.items()})


def codes_as_they_come(tables: Mapping[str, pa.Table]) -> Columns:
    """Return numbers for codes of areas, where no table says what they are."""
    tables = _with_sponsors(tables)
    found, _ = _numbered(_joined(tables, _CODES))
    unit = tables["sponsors"].column("unit").to_numpy()
    return {**_apart(tables, _CODES, found), _SPONSOR: unit}


def _with_sponsors(tables: Mapping[str, pa.Table]) -> Mapping[str, pa.Table]:
    if "units" not in tables:
        return tables
    lists = whole(tables["units"].column("sponsors"))
    unit = pc.list_parent_indices(lists).cast(pa.int64())
    return {**tables, "sponsors": pa.table({"unit": unit, "area": pc.list_flatten(lists)})}


def _joined(tables: Mapping[str, pa.Table], columns: Sequence[tuple[str, str]]) -> pa.ChunkedArray:
    """Return several columns of texts as one."""
    chunks = [chunk for table, name in columns for chunk in tables[table].column(name).chunks]
    return pa.chunked_array(chunks, pa.string())


def _apart(
    tables: Mapping[str, pa.Table], columns: Sequence[tuple[str, str]], found: IntArray
) -> Columns:
    """Return what was found of joined columns, for each of them."""
    ends = np.cumsum([tables[table].num_rows for table, _ in columns])[:-1]
    return dict(zip(columns, np.split(found, ends), strict=True))


def _numbered(column: pa.ChunkedArray) -> tuple[IntArray, pa.Array]:
    """Return numbers of values in the order in which they first come, and the values."""
    encoded = whole(column).dictionary_encode()
    number = pc.fill_null(encoded.indices, -1).to_numpy(zero_copy_only=False).astype(np.int64)
    return number, encoded.dictionary
