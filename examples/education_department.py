"""The education department: 52 cadres for 53 recipients, so one cadre takes two.

The counts are published; the people, their villages and the counties are synthetic.
"""

import pairmatch as pm
from pairmatch.synth import organisation


def main(capacity: int = 2) -> pm.Plan:
    """Solve with a capacity for each cadre; say what comes of it."""
    plan = pm.solve(organisation("education_department", capacity).problem())
    loads = plan.loads.column("load").to_pylist()
    print(f"education department (synthetic people), at most {capacity} a cadre")
    print(f"{plan.status.name}: {plan.pairs.num_rows} served, {plan.missing} missing")
    print(f"cadres with two: {loads.count(2)}")
    return plan


if __name__ == "__main__":
    main(1)
    main(2)
