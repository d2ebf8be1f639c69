"""Rows of the tables of units and areas."""

from typing import Literal

from pydantic import BaseModel, ConfigDict

from pairmatch.model.people import Id, Latitude, Longitude

UNIT_LEVELS = ("province", "prefecture", "county", "township")
AREA_LEVELS = ("province", "prefecture", "county", "township", "village")


class Unit(BaseModel):
    """A unit that cadres belong to, and the areas that it answers for."""

    model_config = ConfigDict(frozen=True, extra="forbid")

    unit_id: Id
    level: Literal["province", "prefecture", "county", "township"] | None = None
    area: str | None = None
    lead_unit_id: str | None = None
    sponsors: tuple[str, ...] = ()


class Area(BaseModel):
    """An administrative area; ``parent`` is the area that it lies in."""

    model_config = ConfigDict(frozen=True, extra="forbid")

    area: Id
    parent: str | None
    level: Literal["province", "prefecture", "county", "township", "village"]
    name: str | None = None
    lon: Longitude | None = None
    lat: Latitude | None = None
