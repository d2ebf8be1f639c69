"""Classes back to people: the plan, its reasons, its certificate, and its files."""

from pairmatch.plan.diagnosis import Diagnosis, Shortage
from pairmatch.plan.plan import Plan, Stats

__all__ = ["Diagnosis", "Plan", "Shortage", "Stats"]
