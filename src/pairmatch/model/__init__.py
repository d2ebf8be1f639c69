"""What people say, as plain data: people, places, pairs, policy, status."""

from pairmatch.model.pairs import Adjustment, Ban, CurrentPair, Lock
from pairmatch.model.people import Cadre, Recipient
from pairmatch.model.places import Area, Unit
from pairmatch.model.policy import Policy
from pairmatch.model.status import Status

__all__ = [
    "Adjustment",
    "Area",
    "Ban",
    "Cadre",
    "CurrentPair",
    "Lock",
    "Policy",
    "Recipient",
    "Status",
    "Unit",
]
