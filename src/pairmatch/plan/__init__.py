"""Classes back to people: the plan, its certificate, and its files.

In: the people and the outcome of the solver. Out: a `Plan`, which is plain data.
"""

from pairmatch.plan.plan import Plan, Stats

__all__ = ["Plan", "Stats"]
