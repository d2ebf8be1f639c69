"""Public security serves Jishishan county: 82 leaders and 24 cadres stationed in its villages.

With 106 recipients this is truly one to one, and those who are stationed there take whoever lives
near. The counts and the county are published; how the 106 split by category, the people and their
villages are synthetic.
"""

import pyarrow as pa
import pyarrow.compute as pc

import pairmatch as pm
from pairmatch.synth import organisation


def main(capacity: int = 1) -> pm.Plan:
    """Solve with a capacity for each cadre; say what comes of it."""
    scenario = organisation("public_security", capacity)
    plan = pm.solve(scenario.problem())
    stationed = scenario.cadres.filter(pc.is_valid(scenario.cadres.column("area")))
    theirs = pc.is_in(
        plan.pairs.column("cadre_id"), value_set=pa.array(stationed.column("cadre_id").to_pylist())
    )
    metres = plan.pairs.filter(theirs).column("distance_m")
    print(f"public security (synthetic people), at most {capacity} a cadre")
    print(f"{plan.status.name}: {plan.pairs.num_rows} served, {plan.missing} missing")
    print(f"stationed cadres go {pc.mean(metres).as_py() / 1000:.1f} km on average")
    return plan


if __name__ == "__main__":
    main(1)
    main(2)
