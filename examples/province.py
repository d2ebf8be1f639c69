"""The whole province, or a hundredth of it: ``python province.py 0.01``.

At scale 1 these are the 251,000 cadres and 267,000 recipients that were published; the people,
their villages and units are synthetic.
"""

import sys

import pairmatch as pm
from pairmatch.synth import generate_province


def main(scale: float = 0.01) -> pm.Plan:
    """Solve a province of that scale; say what comes of it."""
    plan = pm.solve(generate_province(scale).problem())
    people = plan.problem.cadres.num_rows, plan.problem.recipients.num_rows
    print(f"synthetic province: {people[0]} cadres, {people[1]} recipients")
    print(f"{plan.status.name}: {plan.pairs.num_rows} served, {plan.missing} missing")
    print(f"cost {plan.objective / 1000:.0f} km, proven within {plan.certificate.gap} m")
    return plan


if __name__ == "__main__":
    main(float(sys.argv[1]) if len(sys.argv) > 1 else 0.01)
