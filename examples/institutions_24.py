"""The 24 financial institutions: 153 cadres for 175 recipients.

One to one leaves 22 without a cadre; all are reported as covered, so some cadres take two. The
counts are published; the people, their villages and the counties are synthetic.
"""

import pairmatch as pm
from pairmatch.synth import organisation


def main(capacity: int = 2) -> pm.Plan:
    """Solve with a capacity for each cadre; say what comes of it."""
    plan = pm.solve(organisation("institutions_24", capacity).problem())
    loads = plan.loads.column("load").to_pylist()
    print(f"24 financial institutions (synthetic people), at most {capacity} a cadre")
    print(f"{plan.status.name}: {plan.pairs.num_rows} served, {plan.missing} missing")
    print(f"cadres with two: {loads.count(2)}")
    if plan.diagnosis is not None:
        print(plan.diagnosis)
    return plan


if __name__ == "__main__":
    main(1)
    main(2)
