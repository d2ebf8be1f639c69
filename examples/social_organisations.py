"""5,375 social organisations support 27,020 recipients: a second layer, outside of the cadres.

Five recipients an organisation are 145 too few; with six everybody has one. The counts are
published; where the organisations and the recipients are is synthetic. An organisation is a row of
the table of cadres, with the one rank that this policy has.
"""

from collections import Counter

import pairmatch as pm
from pairmatch.synth import organisation


def main(capacity: int = 6) -> pm.Plan:
    """Solve with a capacity for each organisation; say what comes of it."""
    plan = pm.solve(organisation("social_organisations", capacity).problem())
    loads = Counter(plan.loads.column("load").to_pylist())
    print(f"social organisations (synthetic places), at most {capacity} each")
    print(f"{plan.status.name}: {plan.pairs.num_rows} served, {plan.missing} missing")
    for load, count in sorted(loads.items()):
        print(f"  {count} with {load}")
    return plan


if __name__ == "__main__":
    main(5)
    main(6)
