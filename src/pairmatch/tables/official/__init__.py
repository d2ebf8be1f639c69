"""Areas as they are published: those of today, and codes of counties that are no longer in use.

Where they come from is written in ``data/SOURCES.md``.
"""
