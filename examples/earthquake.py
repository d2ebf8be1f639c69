"""An earthquake: 3,000 cadres of one county are needed for the relief, and pair with nobody.

``python earthquake.py 0.02`` takes a fiftieth of the synthetic province, and at most 3,000 cadres
of the county whose cadres have most recipients. Their recipients go to others. Only pairs of that
county may change: the rest of the province stands.
"""

import sys
from collections import Counter

import pairmatch as pm
from pairmatch.synth import generate_province

MOST = 3_000


def county_of(code: str) -> str:
    """Return the county of an area: division codes begin with that of the county."""
    return code[:6]


def busiest_county(plan: pm.Plan) -> str:
    """Return the code of the county whose cadres have most recipients."""
    area = {row["cadre_id"]: row["area"] for row in plan.problem.cadres.to_pylist()}
    areas = plan.problem.areas.to_pylist()
    counties = {row["area"] for row in areas if row["level"] == "county"}
    codes = (county_of(area[one]) for one in plan.pairs.column("cadre_id").to_pylist())
    return Counter(code for code in codes if code in counties).most_common(1)[0][0]


def relief(plan: pm.Plan, county: str, most: int = MOST) -> pm.Scenario:
    """Return the edit that takes cadres of a county out of the programme for a while.

    Those who have recipients are taken first.
    """
    paired = set(plan.pairs.column("cadre_id").to_pylist())
    rows = plan.problem.cadres.select(["cadre_id", "area"]).to_pylist()
    there = [row["cadre_id"] for row in rows if county_of(row["area"]) == county]
    there.sort(key=lambda one: one not in paired)
    busy = pm.edits.ChangeCadres(ids=there[:most], set={"capacity": 0, "min_load": 0})
    return pm.Scenario(name="earthquake relief", edits=(busy,))


def main(scale: float = 0.02, most: int = MOST) -> tuple[pm.Plan, pm.Plan]:
    """Solve, take the cadres out, solve again within the county; say what moved."""
    before = pm.solve(generate_province(scale).problem())
    county = busiest_county(before)
    scenario = relief(before, county, most)
    after = before.what_if(scenario, only=[county])
    print(f"earthquake in {county} at scale {scale:g}: {before.problem}")
    print(f"{after.status.name}: {after.pairs.num_rows} pairs, {after.missing} missing")
    print(before.diff(after).text())
    return before, after


if __name__ == "__main__":
    main(float(sys.argv[1]) if len(sys.argv) > 1 else 0.02)
