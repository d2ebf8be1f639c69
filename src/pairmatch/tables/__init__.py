"""Tables in: files and frames become a checked `Problem`, or one error with every failure."""

from pairmatch.model.notes import Note
from pairmatch.tables.folder import read_problem
from pairmatch.tables.problem import Problem

__all__ = ["Note", "Problem", "read_problem"]
