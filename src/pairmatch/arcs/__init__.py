"""Candidate arcs between classes: seeds, and the pricing of every omitted pair."""

from pairmatch.arcs.pricing import Priced, Pricing, Quota
from pairmatch.arcs.seeds import seed_arcs

__all__ = ["Priced", "Pricing", "Quota", "seed_arcs"]
