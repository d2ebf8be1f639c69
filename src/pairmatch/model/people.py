"""Rows of the tables of cadres and recipients."""

from typing import Annotated

from pydantic import Field

from pairmatch.model.row import Id, OptionalId, Row, Text

Longitude = Annotated[float, Field(ge=-180, le=180, allow_inf_nan=False)]
Latitude = Annotated[float, Field(ge=-90, le=90, allow_inf_nan=False)]


class Cadre(Row):
    """A cadre: who helps. Ids are opaque; there is no field for a name."""

    cadre_id: Id
    unit_id: Id
    rank: Text
    area: OptionalId | None = None
    lon: Longitude | None = None
    lat: Latitude | None = None
    capacity: Annotated[int, Field(ge=0)] | None = None
    min_load: Annotated[int, Field(ge=0)] = 0


class Recipient(Row):
    """A recipient: who is helped. Ids are opaque; there is no field for a name."""

    recipient_id: Id
    category: Text
    area: OptionalId
    lon: Longitude | None = None
    lat: Latitude | None = None
    household_id: OptionalId | None = None
    demand: Annotated[int, Field(ge=1)] = 1
    priority: int = 1
