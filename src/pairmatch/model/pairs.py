"""Rows of the tables that name single pairs."""

from decimal import Decimal

from pydantic import BaseModel, ConfigDict

from pairmatch.model.people import Id


class CurrentPair(BaseModel):
    """An incumbent pair: it is paired today."""

    model_config = ConfigDict(frozen=True, extra="forbid")

    recipient_id: Id
    cadre_id: Id


class Lock(CurrentPair):
    """A pair that must be made; ``author`` is an opaque id."""

    reason: str | None = None
    author: str | None = None


class Ban(CurrentPair):
    """A pair that must not be made; ``author`` is an opaque id."""

    reason: str | None = None
    author: str | None = None


class Adjustment(CurrentPair):
    """A pair that costs more or, if negative, less than its attributes say."""

    extra_km: Decimal
