"""The 78 enterprises: 1,303 cadres for 1,661 recipients in 44 counties.

They are reported as paired one to one, which cannot be: at one a cadre, 358 go without, each with a
reason. At two a cadre everybody is served. The counts are published; the people, their villages
and which counties are served are synthetic.
"""

from collections import Counter

import pairmatch as pm
from pairmatch.synth import organisation


def main(capacity: int = 2) -> pm.Plan:
    """Solve with a capacity for each cadre; say what comes of it."""
    plan = pm.solve(organisation("enterprises_78", capacity).problem())
    reasons = Counter(plan.unmatched.column("reason").to_pylist())
    print(f"78 enterprises (synthetic people), at most {capacity} a cadre")
    print(f"{plan.status.name}: {plan.pairs.num_rows} served, {plan.missing} missing")
    for reason, count in reasons.items():
        print(f"  {count} {reason}")
    if plan.diagnosis is not None:
        print(plan.diagnosis)
    return plan


if __name__ == "__main__":
    main(1)
    main(2)
