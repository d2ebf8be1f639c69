"""A transfer season: 2 % of the cadres and 3 % of the recipients change, and few others move.

``python transfer_season.py 0.01`` takes a hundredth of the synthetic province. Half of these cadres
go to another unit, half retire and have successors; half of these recipients leave
the programme, and as many come. The plan is solved again from that of before.
"""

import sys
from typing import Any

import numpy as np

import pairmatch as pm
from pairmatch.synth import generate_province


def season(problem: pm.Problem, seed: int = 0) -> pm.Scenario:
    """Return the edits of a season."""
    rng = np.random.default_rng(seed)
    cadres, recipients = problem.cadres, problem.recipients

    def drawn(rows: int, share: float) -> list[int]:
        chosen = rng.choice(rows, size=max(2, round(share * rows)), replace=False)
        return [int(row) for row in chosen]

    moving = drawn(cadres.num_rows, 0.02)
    transferred, retired = moving[::2], moving[1::2]
    units = problem.units.select(["unit_id", "area"]).to_pylist()
    there: dict[str, list[str]] = {}
    for unit in units:
        there.setdefault(unit["area"], []).append(unit["unit_id"])
    edits: list[pm.edits.Edit] = []
    for row in cadres.take(transferred).to_pylist():
        # village-stationed cadres work where no unit is: they go to any
        others = there.get(row["area"]) or [unit["unit_id"] for unit in units]
        new = others[int(rng.integers(len(others)))]
        edits.append(pm.edits.ChangeCadres(ids=[row["cadre_id"]], set={"unit_id": new}))
    leaving = cadres.take(retired).to_pylist()
    edits.append(pm.edits.RemoveCadres(ids=[row["cadre_id"] for row in leaving]))
    edits.append(pm.edits.AddCadres(rows=[_successor(row, "cadre_id") for row in leaving]))
    changing = drawn(recipients.num_rows, 0.03)
    gone = recipients.take(changing[::2]).column("recipient_id").to_pylist()
    like = recipients.take(changing[1::2]).to_pylist()
    edits.append(pm.edits.RemoveRecipients(ids=gone))
    edits.append(pm.edits.AddRecipients(rows=[_successor(row, "recipient_id") for row in like]))
    return pm.Scenario.from_mapping({"name": "transfer season", "edits": edits})


def _successor(row: dict[str, Any], key: str) -> dict[str, Any]:
    return {**row, key: f"{row[key]}N", **({"household_id": None} if "household_id" in row else {})}


def main(scale: float = 0.01) -> tuple[pm.Plan, pm.Plan]:
    """Solve, edit, solve again; say what moved. Returns the plans before and after."""
    before = pm.solve(generate_province(scale).problem())
    after = before.what_if(season(before.problem))
    diff = before.diff(after)
    print(f"transfer season at scale {scale:g}: {before.problem} then {after.problem}")
    print(f"{after.status.name}: {after.pairs.num_rows} pairs, {after.missing} missing")
    print(diff.text())
    return before, after


if __name__ == "__main__":
    main(float(sys.argv[1]) if len(sys.argv) > 1 else 0.01)
