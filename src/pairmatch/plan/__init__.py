"""Classes back to people: the plan, its reasons, its certificate, and its files."""

from pairmatch.plan.cures import Cure
from pairmatch.plan.diagnosis import Diagnosis, Shortage
from pairmatch.plan.plan import Plan, Stats

__all__ = ["Cure", "Diagnosis", "Plan", "Shortage", "Stats"]
