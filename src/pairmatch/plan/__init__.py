"""Classes back to people: the plan, its reasons, its certificate, and its files."""

from pairmatch.plan.plan import Plan

__all__ = ["Plan"]
