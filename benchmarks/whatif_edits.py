"""Edits of a province that a planner may make: person by person, and of a county."""

from collections.abc import Callable, Iterator, Mapping
from typing import Any, TypeAlias

import numpy as np
import pyarrow as pa

import pairmatch as pm

Edit: TypeAlias = Mapping[str, Any]

OPS = ("add", "remove", "change", "lock", "ban", "adjust")
_COUNTY_CADRES = 3000
_ADJUSTED_KM = 30
_TRIES = 100


def person_edits(plan: pm.Plan, count: int, rng: np.random.Generator) -> Iterator[tuple[str, Edit]]:
    """Yield single edits of people of a plan, one kind after the other.

    Somebody added is like somebody who is there; who is changed goes to the unit, or moves to the
    area, of somebody else; a pair banned or adjusted is one of the plan's; a pair locked is a
    recipient with the cadre of somebody near in the tables.
    """
    for nth in range(count):
        op = OPS[nth % len(OPS)]
        side = ("cadres", "recipients")[nth // len(OPS) % 2]
        yield op, _drawn(plan, op, side, nth, rng)


def county_edit(problem: pm.Problem, scale: float) -> Edit:
    """Return the edit by which each cadre of a county may have but one recipient.

    The county is the one that comes nearest to 3,000 cadres at scale 1.
    """
    keys = problem.checked.keys
    parent = keys.of("areas", "parent")
    level = problem.areas.column("level").to_pylist()
    is_county = np.array([one == "county" for one in level])
    at = keys.of("cadres", "area")
    above = np.append(np.where(is_county, np.arange(len(level)), -1), -1)
    for _ in range(len(set(level))):
        # the last entry is where -1 points to
        above = np.where(above < 0, above[np.append(parent, -1)], above)
    county = above[at]
    counties, counts = np.unique(county[county >= 0], return_counts=True)
    chosen = counties[np.abs(counts - _COUNTY_CADRES * scale).argmin()]
    ids = problem.cadres.column("cadre_id").filter(pa.array(county == chosen))
    return {"op": "change_cadres", "ids": ids.to_pylist(), "set": {"capacity": 1}}


def _drawn(plan: pm.Plan, op: str, side: str, nth: int, rng: np.random.Generator) -> Edit:
    draw = _DRAWN[op]
    return draw(plan, side, nth, rng)


def _row(plan: pm.Plan, side: str, rng: np.random.Generator) -> dict[str, Any]:
    table = getattr(plan.problem, side)
    if side == "cadres":
        area = table.column_names.index("area")
        table = table.set_column(area, "area", plan.problem.own_area)
    row: dict[str, Any] = table.slice(int(rng.integers(table.num_rows)), 1).to_pylist()[0]
    return row


def _add(plan: pm.Plan, side: str, nth: int, rng: np.random.Generator) -> Edit:
    row = _row(plan, side, rng)
    row[_key(side)] = f"new{nth}"
    return {"op": f"add_{side}", "rows": [row]}


def _remove(plan: pm.Plan, side: str, _nth: int, rng: np.random.Generator) -> Edit:
    return {"op": f"remove_{side}", "ids": [_row(plan, side, rng)[_key(side)]]}


def _change(plan: pm.Plan, side: str, _nth: int, rng: np.random.Generator) -> Edit:
    column = {"cadres": "unit_id", "recipients": "area"}[side]
    person, other = _row(plan, side, rng), _row(plan, side, rng)
    return {"op": f"change_{side}", "ids": [person[_key(side)]], "set": {column: other[column]}}


def _lock(plan: pm.Plan, _side: str, _nth: int, rng: np.random.Generator) -> Edit:
    pairs = plan.pairs
    for _ in range(_TRIES):
        near = pairs.slice(int(rng.integers(pairs.num_rows - 1)), 2).to_pylist()
        recipient, cadre = near[0]["recipient_id"], near[1]["cadre_id"]
        is_new = near[0]["cadre_id"] != cadre
        if is_new and plan.problem.costs([cadre], [recipient])[1][0, 0]:
            return {"op": "lock", "pairs": [{"recipient_id": recipient, "cadre_id": cadre}]}
    raise RuntimeError("no pair was found that may be locked")


def _ban(plan: pm.Plan, _side: str, _nth: int, rng: np.random.Generator) -> Edit:
    return {"op": "ban", "pairs": [_pair(plan, rng)]}


def _adjust(plan: pm.Plan, _side: str, _nth: int, rng: np.random.Generator) -> Edit:
    return {"op": "adjust", "pairs": [_pair(plan, rng)], "extra_km": _ADJUSTED_KM}


def _pair(plan: pm.Plan, rng: np.random.Generator) -> dict[str, str]:
    pairs = plan.pairs.select(["recipient_id", "cadre_id"])
    pair: dict[str, str] = pairs.slice(int(rng.integers(pairs.num_rows)), 1).to_pylist()[0]
    return pair


def _key(side: str) -> str:
    return f"{side.removesuffix('s')}_id"


_DRAWN: Mapping[str, Callable[[pm.Plan, str, int, np.random.Generator], Edit]] = {
    "add": _add,
    "remove": _remove,
    "change": _change,
    "lock": _lock,
    "ban": _ban,
    "adjust": _adjust,
}
