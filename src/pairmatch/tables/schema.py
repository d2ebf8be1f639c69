"""The tables' columns: names, kinds, and what they default to."""

from dataclasses import dataclass
from typing import Literal

from pydantic import BaseModel

from pairmatch.model.pairs import Adjustment, Ban, CurrentPair, Lock
from pairmatch.model.people import Cadre, Recipient
from pairmatch.model.places import Area, Unit

Kind = Literal["id", "text", "integer", "number", "ids"]


@dataclass(frozen=True)
class Column:
    """One column: ``required`` must be there, ``filled`` must not be null in any row."""

    name: str
    kind: Kind
    required: bool = False
    filled: bool = False
    default: int | None = None
    low: int | None = None
    high: int | None = None


@dataclass(frozen=True)
class Schema:
    """One table; ``key`` are the columns that must be distinct together and that rows sort by."""

    name: str
    columns: tuple[Column, ...]
    key: tuple[str, ...]
    model: type[BaseModel]

    def column(self, name: str) -> Column:
        """Return a column by name."""
        return next(column for column in self.columns if column.name == name)


def _must(name: str, kind: Kind) -> Column:
    return Column(name, kind, required=True, filled=True)


_LON = Column("lon", "number")
_LAT = Column("lat", "number")
_PAIR = (_must("recipient_id", "id"), _must("cadre_id", "id"))
_WHY = (Column("reason", "text"), Column("author", "id"))
_MOST = 1_000_000

CADRES = Schema(
    "cadres",
    (
        _must("cadre_id", "id"),
        _must("unit_id", "id"),
        _must("rank", "text"),
        Column("area", "id"),
        _LON,
        _LAT,
        Column("capacity", "integer", low=0, high=_MOST),
        Column("min_load", "integer", default=0, low=0, high=_MOST),
    ),
    ("cadre_id",),
    Cadre,
)
RECIPIENTS = Schema(
    "recipients",
    (
        _must("recipient_id", "id"),
        _must("category", "text"),
        _must("area", "id"),
        _LON,
        _LAT,
        Column("household_id", "id"),
        Column("demand", "integer", default=1, low=1, high=10_000),
        Column("priority", "integer", default=1, low=-_MOST, high=_MOST),
    ),
    ("recipient_id",),
    Recipient,
)
UNITS = Schema(
    "units",
    (
        _must("unit_id", "id"),
        Column("level", "text"),
        Column("area", "id"),
        Column("lead_unit_id", "id"),
        Column("sponsors", "ids"),
    ),
    ("unit_id",),
    Unit,
)
AREAS = Schema(
    "areas",
    (
        _must("area", "id"),
        Column("parent", "id", required=True),
        _must("level", "text"),
        Column("name", "text"),
        _LON,
        _LAT,
    ),
    ("area",),
    Area,
)
CURRENT = Schema("current", _PAIR, ("recipient_id", "cadre_id"), CurrentPair)
LOCKS = Schema("locks", (*_PAIR, *_WHY), ("recipient_id", "cadre_id"), Lock)
BANS = Schema("bans", (*_PAIR, *_WHY), ("recipient_id", "cadre_id"), Ban)
ADJUSTMENTS = Schema(
    "adjustments",
    (*_PAIR, Column("extra_km", "number", required=True, filled=True, low=-100_000, high=100_000)),
    ("recipient_id", "cadre_id"),
    Adjustment,
)

SCHEMAS = (CADRES, RECIPIENTS, UNITS, AREAS, CURRENT, LOCKS, BANS, ADJUSTMENTS)
