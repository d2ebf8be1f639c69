"""The times and the memory of a finished solve, written into its plan."""

from dataclasses import replace

from pairmatch.limits import Limits
from pairmatch.plan.memory import peak_memory_mb
from pairmatch.plan.plan import Plan


def timed(plan: Plan, limits: Limits) -> Plan:
    """End the last phase and return the plan with how long each phase took."""
    limits.finish()
    return replace(
        plan,
        stats=replace(
            plan.stats,
            seconds=dict(limits.seconds),
            total_seconds=limits.elapsed(),
            peak_memory_mb=peak_memory_mb(),
        ),
    )
