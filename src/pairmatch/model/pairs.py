"""Rows of the tables that name single pairs."""

from decimal import Decimal

from pairmatch.model.row import Id, OptionalId, Row, Text


class CurrentPair(Row):
    """An incumbent pair: it is paired today."""

    recipient_id: Id
    cadre_id: Id


class Lock(CurrentPair):
    """A pair that must be made; ``author`` is an opaque id."""

    reason: Text | None = None
    author: OptionalId | None = None


class Ban(CurrentPair):
    """A pair that must not be made; ``author`` is an opaque id."""

    reason: Text | None = None
    author: OptionalId | None = None


class Adjustment(CurrentPair):
    """A pair that costs more or, if negative, less than its attributes say."""

    extra_km: Decimal
