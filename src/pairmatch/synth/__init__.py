"""Synthetic data: a province of any size, and the organisations with published counts.

People, units, villages and the points of townships are made up. Codes, names and the points of
counties are real; see ``data/SOURCES.md``.
"""

from pairmatch.synth.province import Province, generate_province

__all__ = ["Province", "generate_province"]
