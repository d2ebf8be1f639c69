"""Synthetic data: a province of any size, and the organisations with published counts.

People, units, villages and the points of townships are made up. Codes, names and the points of
counties are real; see ``data/SOURCES.md``.
"""

from pairmatch.synth.dataset import Dataset
from pairmatch.synth.organisations import Organisation, organisation, scenario_names
from pairmatch.synth.people import Geometry
from pairmatch.synth.province import Province, generate_province
from pairmatch.synth.published import PUBLISHED, Published

__all__ = [
    "PUBLISHED",
    "Dataset",
    "Geometry",
    "Organisation",
    "Province",
    "Published",
    "generate_province",
    "organisation",
    "scenario_names",
]
