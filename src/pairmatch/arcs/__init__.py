"""Candidate arcs between classes: seeds, and the pricing of every omitted pair."""

from pairmatch.arcs.coarse import CoarseProblem, coarsen
from pairmatch.arcs.pricing import Priced, Pricing
from pairmatch.arcs.repricing import Repricing
from pairmatch.arcs.seeds import seed_arcs

__all__ = ["CoarseProblem", "Priced", "Pricing", "Repricing", "coarsen", "seed_arcs"]
