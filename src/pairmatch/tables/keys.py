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

from pairmatch.arrays import BoolArray, IntArray
from pairmatch.tables.positions import positions, whole
from pairmatch.threads import IN_TURN

PAIRS = ("current", "locks", "bans", "adjustments")

# columns that refer to rows of a table, by that table; what stands together is searched in one
# go, as it is the keys that take the time
_REFERENCES = (
    ("units", (("cadres", "unit_id"), ("units", "lead_unit_id"))),
    ("areas", (("recipients", "area"),)),
    ("areas", (("cadres", "area"), ("areas", "parent"), ("units", "area"), ("units", "sponsors"))),
    ("cadres", tuple((name, "cadre_id") for name in PAIRS)),
    ("recipients", tuple((name, "recipient_id") for name in PAIRS)),
)
_KEY = {"units": "unit_id", "areas": "area", "cadres": "cadre_id", "recipients": "recipient_id"}
_TABLE_OF = {column: table for table, columns in _REFERENCES for column in columns}
# columns of a few names, which stand among the names that are there
_NAMED = (("cadres", "rank"), ("recipients", "category"), ("areas", "level"), ("units", "level"))


@dataclass(frozen=True, eq=False)
class Keys:
    """Positions of key columns: int64, a row each, -1 for null or unknown.

    Attributes
    ----------
    columns
        Positions by table and column: of units, areas, cadres and recipients in their tables, of
        ranks, categories and levels among ``names``. ``units.sponsors`` has an entry for each
        sponsored area; without a table of areas, their codes are numbered as they come.
    names
        The distinct names of such a column, in no order that counts.
    sponsor
        Position of the unit of each entry of ``units.sponsors``.
    """

    columns: Mapping[tuple[str, str], IntArray] = field(default_factory=dict)
    names: Mapping[tuple[str, str], pa.Array] = field(default_factory=dict)
    sponsor: IntArray = field(default_factory=lambda: np.zeros(0, dtype=np.int64))

    def of(self, table: str, column: str) -> IntArray:
        """Return the positions of a column, shape ``(rows,)``."""
        return self.columns[table, column]

    def among(self, table: str, column: str, known: Sequence[str]) -> IntArray:
        """Return where a column of names stands among known ones, shape ``(rows,)``."""
        at = positions(self.names[table, column], pa.array(known, pa.string()))
        among: IntArray = np.append(at, -1)[self.columns[table, column]]
        return among

    def with_column(self, table: str, column: str, found: IntArray) -> "Keys":
        """Return these keys with other positions of one column."""
        return replace(self, columns={**self.columns, (table, column): found})

    def kept(self, table: str, rows: BoolArray) -> "Keys":
        """Return what is left where only some rows of a table of pairs are kept."""
        return replace(
            self,
            columns={
                (name, column): found[rows] if name == table else found
                for (name, column), found in self.columns.items()
            },
        )

    def in_order(self, order: Mapping[str, IntArray]) -> "Keys":
        """Return the keys of tables whose rows are taken in another order.

        Parameters
        ----------
        order
            For each table that is not in its order yet, the row that comes first, second, ...
        """
        now_at = {}
        for name, rows in order.items():
            # the last entry is where -1 points to
            now_at[name] = np.full(rows.shape[0] + 1, -1, dtype=np.int64)
            now_at[name][rows] = np.arange(rows.shape[0])
        columns = {}
        for (name, column), found in self.columns.items():
            in_rows = found[order[name]] if name in order and column != "sponsors" else found
            target = now_at.get(_TABLE_OF.get((name, column), ""))
            columns[name, column] = in_rows if target is None else target[in_rows]
        units = now_at.get("units")
        sponsor = self.sponsor if units is None else units[self.sponsor]
        return replace(self, columns=columns, sponsor=sponsor)


def encode(tables: Mapping[str, pa.Table], executor: Executor = IN_TURN) -> Keys:
    """Find where all key columns of some tables stand, side by side."""
    tasks = [
        (tables[target].column(_KEY[target]), there)
        for target, columns in _REFERENCES
        if target in tables and (there := [one for one in columns if one[0] in tables])
    ]
    named = [one for one in _NAMED if one[0] in tables]
    references = executor.map(lambda task: _references(tables, *task), tasks)
    names = executor.map(lambda one: _numbered(tables[one[0]].column(one[1])), named)
    columns = {one: found for part in references for one, found in part.items()}
    numbered = dict(zip(named, names, strict=True))
    return Keys(
        columns | {one: found for one, (found, _) in numbered.items()},
        {one: distinct for one, (_, distinct) in numbered.items()},
        _sponsor(tables["units"]) if "units" in tables else np.zeros(0, dtype=np.int64),
    )


def with_codes_compared(keys: Keys, tables: Mapping[str, pa.Table]) -> Keys:
    """Give codes of areas numbers as they come, where no table says what they are."""
    where = (("recipients", "area"), ("cadres", "area"), ("units", "sponsors"))
    parts = [_texts(tables, *one) for one in where]
    found, _ = _numbered(_joined(parts))
    ends = np.cumsum([len(part) for part in parts])[:-1]
    columns = dict(zip(where, np.split(found, ends), strict=True))
    return replace(keys, columns={**keys.columns, **columns}, sponsor=_sponsor(tables["units"]))


def _references(
    tables: Mapping[str, pa.Table], known: pa.ChunkedArray, columns: list[tuple[str, str]]
) -> dict[tuple[str, str], IntArray]:
    parts = [_texts(tables, *one) for one in columns]
    ends = np.cumsum([len(part) for part in parts], dtype=np.int64)[:-1]
    return dict(zip(columns, np.split(positions(_joined(parts), known), ends), strict=True))


def _numbered(column: pa.ChunkedArray) -> tuple[IntArray, pa.Array]:
    """Return numbers of values in the order in which they first come, and the values."""
    encoded = whole(column).dictionary_encode()
    number = pc.fill_null(encoded.indices, -1).to_numpy(zero_copy_only=False).astype(np.int64)
    return number, encoded.dictionary


def _texts(tables: Mapping[str, pa.Table], table: str, column: str) -> pa.ChunkedArray:
    values = tables[table].column(column)
    return pc.list_flatten(values) if column == "sponsors" else values


def _joined(parts: Sequence[pa.ChunkedArray]) -> pa.ChunkedArray:
    return pa.chunked_array([chunk for part in parts for chunk in part.chunks], pa.string())


def _sponsor(units: pa.Table) -> IntArray:
    unit: IntArray = pc.list_parent_indices(whole(units.column("sponsors"))).to_numpy()
    return unit.astype(np.int64)
