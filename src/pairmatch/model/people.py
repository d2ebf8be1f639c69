"""Rows of the tables of cadres and recipients."""

from typing import Annotated

from pydantic import BaseModel, ConfigDict, Field

Id = Annotated[str, Field(min_length=1)]
Longitude = Annotated[float, Field(ge=-180, le=180, allow_inf_nan=False)]
Latitude = Annotated[float, Field(ge=-90, le=90, allow_inf_nan=False)]


class Cadre(BaseModel):
    """A cadre: who helps. Ids are opaque; there is no field for a name."""

    model_config = ConfigDict(frozen=True, extra="forbid")

    cadre_id: Id
    unit_id: Id
    rank: str
    area: str | None = None
    lon: Longitude | None = None
    lat: Latitude | None = None
    capacity: Annotated[int, Field(ge=0)] | None = None
    min_load: Annotated[int, Field(ge=0)] = 0


class Recipient(BaseModel):
    """A recipient: who is helped. Ids are opaque; there is no field for a name."""

    model_config = ConfigDict(frozen=True, extra="forbid")

    recipient_id: Id
    category: str
    area: str
    lon: Longitude | None = None
    lat: Latitude | None = None
    household_id: str | None = None
    demand: Annotated[int, Field(ge=1)] = 1
    priority: int = 1
