"""Twelve universities: 528 cadres for 663 recipients, 414 of them orphans.

Leaders should take the orphans, but there are not that many leaders: the rule is a preference, and
each pair that it merely allows is counted. The counts are published; the people, their ranks,
their villages and the counties are synthetic.
"""

import pairmatch as pm
from pairmatch.synth import organisation


def main(capacity: int = 2) -> pm.Plan:
    """Solve with a capacity for each cadre; say what comes of it."""
    plan = pm.solve(organisation("universities", capacity).problem())
    print(f"12 universities (synthetic people), at most {capacity} a cadre")
    print(f"{plan.status.name}: {plan.pairs.num_rows} served, {plan.missing} missing")
    print(f"orphans with a cadre who does not lead: {plan.by_exception}")
    return plan


if __name__ == "__main__":
    main(1)
    main(2)
