"""All doubts about checked tables."""

from pairmatch.tables.checked import CheckedTables
from pairmatch.tables.doubts.doubt import Doubt
from pairmatch.tables.doubts.people import people_doubts
from pairmatch.tables.doubts.places import area_doubts


def find_doubts(checked: CheckedTables) -> tuple[Doubt, ...]:
    """Return what is likely a mistake in tables that have no failure."""
    return (*people_doubts(checked), *area_doubts(checked))
