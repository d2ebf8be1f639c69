"""Rows of the tables of units and areas."""

from typing import Literal

from pairmatch.model.people import Latitude, Longitude
from pairmatch.model.row import Id, OptionalId, Row, Text

UNIT_LEVELS = ("province", "prefecture", "county", "township")
AREA_LEVELS = ("province", "prefecture", "county", "township", "village")


class Unit(Row):
    """A unit that cadres belong to, and the areas that it answers for."""

    unit_id: Id
    level: Literal["province", "prefecture", "county", "township"] | None = None
    area: OptionalId | None = None
    lead_unit_id: OptionalId | None = None
    sponsors: tuple[OptionalId, ...] = ()


class Area(Row):
    """An administrative area; ``parent`` is the area that it lies in."""

    area: Id
    parent: OptionalId | None
    level: Literal["province", "prefecture", "county", "township", "village"]
    name: Text | None = None
    lon: Longitude | None = None
    lat: Latitude | None = None
