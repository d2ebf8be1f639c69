"""The state-assets commission serves Lingtai county: 28 cadres for 31 orphans and 3 others.

Even if all of them led, some would take two orphans. The counts and the county are published; the
people, their ranks and their villages are synthetic.
"""

import pairmatch as pm
from pairmatch.synth import organisation


def main(capacity: int = 2) -> pm.Plan:
    """Solve with a capacity for each cadre; say what comes of it."""
    plan = pm.solve(organisation("state_assets_commission", capacity).problem())
    loads = plan.loads.column("load").to_pylist()
    print(f"state-assets commission (synthetic people), at most {capacity} a cadre")
    print(f"{plan.status.name}: {plan.pairs.num_rows} served, {plan.missing} missing")
    print(f"cadres with two: {loads.count(2)}, with none: {loads.count(0)}")
    return plan


if __name__ == "__main__":
    main(1)
    main(2)
