"""Tables with edits laid over them: rows that are gone, and new ones, by key."""

from collections import Counter
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field
from typing import Any

import numpy as np
import pyarrow as pa

from pairmatch.arrays import BoolArray, IntArray
from pairmatch.tables.edits.rows import Place
from pairmatch.tables.keys import Keys
from pairmatch.tables.positions import places_in_order
from pairmatch.tables.schema import SCHEMAS, Schema

ID_TABLES = ("cadres", "recipients", "units", "areas")
Key = str | tuple[str, str]


@dataclass
class Fresh:
    """A new row, or a changed one.

    Attributes
    ----------
    values
        By column.
    place
        The edit and the row there that touched it last.
    base
        The row of the table that it was, -1 if it is new.
    failed
        Columns in which a failure was found already.
    """

    values: dict[str, Any]
    place: Place
    base: int = -1
    failed: frozenset[str] = frozenset()


class StagedTable:
    """One table with edits over it.

    Attributes
    ----------
    base
        The table as it was, as `CheckedTables.given` has it, sorted by key.
    gone
        Shape ``(rows,)``: rows of it that were removed, or are among the fresh ones.
    fresh
        Rows that are new or were changed, by key.
    edit, row
        Shape ``(rows,)``: where rows of the table come from, 0 for no edit.
    failed
        Rows of the table with a failure that was reported already, by column.
    changed
        Columns of which some row has a new value.
    """

    def __init__(self, base: pa.Table, schema: Schema, place: Place | None = None) -> None:
        rows = base.num_rows
        self.base, self.schema = base, schema
        self.gone: BoolArray = np.zeros(rows, dtype=np.bool_)
        self.fresh: dict[Key, Fresh] = {}
        self.edit: IntArray = np.full(rows, place.edit if place else 0, dtype=np.int64)
        self.row: IntArray = np.arange(1, rows + 1) if place else np.zeros(rows, dtype=np.int64)
        self.failed: dict[str, IntArray] = {}
        self.changed: set[str] = set()
        # where keys stand in the base, or would: looked up once
        self._places: dict[str, tuple[int, bool]] = {}
        # rows of the base that edits will change: taken once
        self._taken: dict[int, dict[str, Any]] = {}

    @property
    def is_touched(self) -> bool:
        """Whether any row is gone or fresh."""
        return bool(self.fresh) or bool(self.gone.any())

    def look_up(self, ids: Iterable[str]) -> None:
        """Find where ids stand, many at once, in a table with one key column."""
        wanted = [one for one in dict.fromkeys(ids) if one not in self._places]
        if wanted:
            at, is_there = places_in_order(wanted, self.base.column(self.schema.key[0]))
            found = zip(at.tolist(), is_there.tolist(), strict=True)
            self._places.update(zip(wanted, found, strict=True))

    def prepare(self, ids: Iterable[str]) -> None:
        """Take the rows of the base that will be changed, many at once."""
        wanted = list(dict.fromkeys(ids))
        self.look_up(wanted)
        at = sorted({row for one in wanted if (row := self.at(one)) >= 0} - self._taken.keys())
        values = self.base.take(pa.array(at, pa.int64())).to_pylist()
        self._taken.update(zip(at, values, strict=True))

    def place_of(self, one: str) -> int:
        """Return how many ids of the base are below an id."""
        return self._place(one)[0]

    def at(self, one: str) -> int:
        """Return the row of an id in the base, gone or not, or -1."""
        at, is_there = self._place(one)
        return at if is_there else -1

    def _place(self, one: str) -> tuple[int, bool]:
        found = self._places.get(one)
        if found is None:
            self.look_up((one,))
            found = self._places[one]
        return found

    def has(self, one: str) -> bool:
        """Tell whether an id is there now."""
        return one in self.fresh or ((at := self.at(one)) >= 0 and not self.gone[at])

    def open(self, ids: Sequence[str]) -> None:
        """Make rows of the base fresh ones, so that they can be changed."""
        self.prepare(ids)
        rows = [(one, at) for one in ids if one not in self.fresh and (at := self.at(one)) >= 0]
        for one, at in dict.fromkeys(rows):
            if self.gone[at]:
                continue
            place = Place(int(self.edit[at]), int(self.row[at]))
            failed = frozenset(name for name, idx in self.failed.items() if at in idx)
            self.fresh[one] = Fresh(dict(self._taken[at]), place, at, failed)
            self.gone[at] = True


@dataclass
class Staged:
    """All tables with edits over them.

    Attributes
    ----------
    tables
        By name.
    keys
        Where key columns of the base tables stand.
    given
        Names of the tables that were given.
    removed
        By table of people: rows of the base whose person was removed.
    along, emptied, closed
        How many rows, by table, and cells, by table and column, went with what was removed, and
        how many people with an area that was closed.
    replaced
        Whether a whole table was replaced, so that `keys` are new.
    """

    tables: dict[str, StagedTable]
    keys: Keys
    given: set[str]
    removed: dict[str, BoolArray] = field(default_factory=dict)
    along: Counter[str] = field(default_factory=Counter)
    emptied: Counter[tuple[str, str]] = field(default_factory=Counter)
    closed: Counter[str] = field(default_factory=Counter)
    replaced: bool = False

    def __post_init__(self) -> None:
        """Begin with nobody removed."""
        self.forget_removed()

    def forget_removed(self) -> None:
        """Begin again with the tables as they are."""
        for name in ("cadres", "recipients"):
            self.removed[name] = np.zeros(self.tables[name].base.num_rows, dtype=np.bool_)
        self._order: dict[str, tuple[IntArray, IntArray]] = {}

    def pair_row(self, name: str, recipient: str, cadre: str) -> int:
        """Return the row of a pair in the base of a table if it is there now, or -1."""
        table = self.tables[name]
        wanted = self.tables["recipients"].at(recipient), self.tables["cadres"].at(cadre)
        if table.base.num_rows == 0 or min(wanted) < 0:
            return -1
        if name not in self._order:
            pairs = self.pair_keys(name)
            order = np.arange(pairs.shape[0])
            if (pairs[1:] <= pairs[:-1]).any():
                order = np.argsort(pairs, kind="stable")
            self._order[name] = pairs[order], order
        pairs, order = self._order[name]
        code = (wanted[0] << 32) + wanted[1]
        at = int(np.searchsorted(pairs, code))
        if at == pairs.shape[0] or pairs[at] != code:
            return -1
        row = int(order[at])
        went = self.removed["recipients"][wanted[0]] or self.removed["cadres"][wanted[1]]
        return -1 if table.gone[row] or went else row

    def pair_keys(self, name: str) -> IntArray:
        """Return one number for each pair of a base table, rising with (recipient, cadre)."""
        recipient, cadre = (self.keys.of(name, f"{one}_id") for one in ("recipient", "cadre"))
        return np.where((recipient < 0) | (cadre < 0), -1, (recipient << 32) + cadre)


def schema_of(name: str) -> Schema:
    """Return the schema of a table."""
    return next(schema for schema in SCHEMAS if schema.name == name)
