"""A county loses its sponsors from elsewhere, and its people may have other cadres then.

``python lost_sponsor.py 0.01`` takes a hundredth of the synthetic province. All units elsewhere
that sponsor the county sponsor it no more; the plan is solved again from that of before, and beside
it with at most a few pairs changed.
"""

import sys
from collections import Counter
from typing import Any

import pairmatch as pm
from pairmatch.synth import generate_province


def most_served(plan: pm.Plan) -> str:
    """Return the code of the county where most recipients have a cadre of a sponsor elsewhere."""
    problem = plan.problem
    units = {row["unit_id"]: row for row in problem.units.to_pylist()}
    unit = {row["cadre_id"]: row["unit_id"] for row in problem.cadres.to_pylist()}
    # division codes begin with that of the county
    county = {row["recipient_id"]: row["area"][:6] for row in problem.recipients.to_pylist()}
    pairs = (
        (county[pair["recipient_id"]], units[unit[pair["cadre_id"]]])
        for pair in plan.pairs.to_pylist()
    )
    served = Counter[str](code for code, row in pairs if is_sponsor(row, code))
    return served.most_common(1)[0][0]


def is_sponsor(unit: dict[str, Any], county: str) -> bool:
    """Tell whether a unit that is not of a county sponsors it."""
    return county in unit["sponsors"] and unit["area"][:6] != county


def lost(problem: pm.Problem, county: str) -> pm.Scenario:
    """Return the edits that take a county off what units elsewhere sponsor."""
    edits = [
        {
            "op": "change_units",
            "ids": [row["unit_id"]],
            "set": {"sponsors": [code for code in row["sponsors"] if code != county]},
        }
        for row in problem.units.to_pylist()
        if is_sponsor(row, county)
    ]
    return pm.Scenario.from_mapping({"name": "a county loses its sponsors", "edits": edits})


def main(scale: float = 0.01, most_changes: int = 5) -> tuple[pm.Plan, pm.Plan, pm.Plan]:
    """Solve, edit, solve again, with few changes and with any; say what moved."""
    before = pm.solve(generate_province(scale).problem())
    county = most_served(before)
    scenario = lost(before.problem, county)
    after = before.what_if(scenario)
    few = before.what_if(scenario, most_changes=most_changes)
    print(f"{county} loses its sponsors at scale {scale:g}: {len(scenario.edits)} units")
    for name, plan in (("any number of changes", after), (f"at most {most_changes}", few)):
        moved = before.diff(plan).changes.num_rows
        print(
            f"{name}: {plan.status.name}, {plan.objective / 1000:.0f} km, {moved} rows of changes"
        )
    print(before.diff(after).text())
    return before, after, few


if __name__ == "__main__":
    main(float(sys.argv[1]) if len(sys.argv) > 1 else 0.01)
