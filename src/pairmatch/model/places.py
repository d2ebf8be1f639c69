"""Rows of the tables of units and areas."""

from typing import Literal, TypeAlias, get_args

from pairmatch.model.people import Latitude, Longitude
from pairmatch.model.row import Id, OptionalId, Row, Text

# from the top down; whatever has an axis of levels has them in this order
UnitLevel: TypeAlias = Literal["province", "prefecture", "county", "township"]
AreaLevel: TypeAlias = Literal[UnitLevel, "village"]
UNIT_LEVELS: tuple[UnitLevel, ...] = get_args(UnitLevel)
AREA_LEVELS: tuple[AreaLevel, ...] = get_args(AreaLevel)


class Unit(Row):
    """A unit that cadres belong to, and the areas that it answers for."""

    unit_id: Id
    level: UnitLevel | None = None
    area: OptionalId | None = None
    lead_unit_id: OptionalId | None = None
    sponsors: tuple[OptionalId, ...] = ()


class Area(Row):
    """An administrative area; ``parent`` is the area that it lies in."""

    area: Id
    parent: OptionalId | None
    level: AreaLevel
    name: Text | None = None
    lon: Longitude | None = None
    lat: Latitude | None = None
