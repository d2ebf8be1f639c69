"""Totals of changes by area, unit, rank and category."""

from collections.abc import Sequence

import numpy as np
import pyarrow as pa
import pyarrow.compute as pc

from pairmatch.arrays import BoolArray, IntArray
from pairmatch.explain.causes import CAUSES
from pairmatch.explain.changed_pairs import Persons
from pairmatch.model.places import AREA_LEVELS
from pairmatch.plan import Plan
from pairmatch.tables.positions import whole

_SUMS = ("changes", *CAUSES, "removed", "added", "cost_before_m", "cost_after_m")


def totals_of_recipients(changes: pa.Table, name: str) -> pa.Table:
    """Return totals by a column of the recipients, sorted by it."""
    return _added_up(pa.table({name: changes.column(name), **_counted(changes)}), [name])


def totals_of_cadres(changes: pa.Table, name: str) -> pa.Table:
    """Return totals by a column that changes have of the cadres before and after, sorted by it.

    A change within one unit or rank counts there once, with the pair removed and the pair added.
    """
    was, now = changes.column(f"{name}_before"), changes.column(f"{name}_after")
    counted = _counted(changes)
    is_within = pc.equal(was, now).fill_null(fill_value=False).to_numpy()
    parts = []
    for column, others in ((was, ("added", "cost_after_m")), (now, ("removed", "cost_before_m"))):
        mine = {**counted, **dict.fromkeys(others, np.zeros(changes.num_rows, dtype=np.int64))}
        if column is now:
            for key in ("changes", *CAUSES):
                mine[key] = np.where(is_within, 0, mine[key])
        there = column.is_valid()
        parts.append(pa.table({name: column, **mine}).filter(there))
    return _added_up(pa.concat_tables(parts), [name])


def totals_of_areas(changes: pa.Table, areas: pa.Table) -> pa.Table:
    """Return totals by the recipients' areas and all areas above, the largest areas first.

    Parameters
    ----------
    areas
        As `areas_of_changes` returns it.
    """
    change = areas.column("change").to_numpy()
    counted = {name: values[change] for name, values in _counted(changes).items()}
    keys = {name: areas.column(name) for name in ("level", "area")}
    found = _added_up(pa.table({**keys, **counted}), list(keys))
    at = pc.index_in(found.column("area"), value_set=whole(areas.column("area")))
    found = found.add_column(2, "name", whole(areas.column("name")).take(whole(at)))
    rank = pc.index_in(found.column("level"), value_set=pa.array(AREA_LEVELS))
    order = np.argsort(pc.fill_null(rank, 0).to_numpy(), kind="stable")
    return found.take(pa.array(order))


def areas_of_changes(
    before: Plan, after: Plan, recipients: Persons, recipient: IntArray
) -> pa.Table:
    """Return the areas that each change is in: change (a row), level, area, name.

    Where there is no table of areas, the codes stand alone, without a level.

    Parameters
    ----------
    recipient
        Shape (changes,): positions among the recipients.
    """
    found = []
    # who is gone lived in an area of the tables before
    for plan, at in ((after, recipients.after), (before, recipients.before)):
        is_here = (recipients.after >= 0) == (plan is after)
        rows = np.flatnonzero(is_here[recipient])
        found.append(_areas_above(plan, rows, at[recipient[rows]]))
    return pa.concat_tables(found)


def _areas_above(plan: Plan, rows: IntArray, recipient: IntArray) -> pa.Table:
    """Return rows with level, code and name of their recipients' areas, and of those above."""
    problem = plan.problem
    if not problem.has_areas:
        code = whole(problem.recipients.column("area")).take(pa.array(recipient))
        unknown = pa.nulls(rows.shape[0], pa.string())
        return pa.table({"change": rows, "level": unknown, "area": code, "name": unknown})
    keys, areas = problem.checked.keys, problem.areas
    parent = keys.of("areas", "parent")
    at = keys.of("recipients", "area")[recipient]
    steps = [(rows, at)]
    while rows.shape[0]:
        rows, at = rows[parent[at] >= 0], parent[at][parent[at] >= 0]
        steps.append((rows, at))
    change, at = (np.concatenate(columns) for columns in zip(*steps, strict=True))
    found = areas.select(["level", "area", "name"]).take(pa.array(at))
    return found.add_column(0, "change", pa.array(change))


def _counted(changes: pa.Table) -> dict[str, IntArray]:
    """Return what is added up, a number for each change."""
    cause = whole(changes.column("cause"))
    costs = {
        name: pc.fill_null(changes.column(name), 0).to_numpy()
        for name in ("cost_before_m", "cost_after_m")
    }
    return {
        "changes": np.ones(changes.num_rows, dtype=np.int64),
        **{name: _as_numbers(pc.equal(cause, name)) for name in CAUSES},
        "removed": _as_numbers(changes.column("cadre_before").is_valid()),
        "added": _as_numbers(changes.column("cadre_after").is_valid()),
        **costs,
    }


def _as_numbers(marked: pa.Array | pa.ChunkedArray) -> IntArray:
    flags: BoolArray = whole(marked).to_numpy(zero_copy_only=False)
    return flags.astype(np.int64)


def _added_up(table: pa.Table, keys: Sequence[str]) -> pa.Table:
    """Return the sums by keys, sorted by them, without a row of those that have none."""
    summed = table.group_by(list(keys), use_threads=False).aggregate(
        [(name, "sum") for name in _SUMS]
    )
    summed = summed.select([*keys, *(f"{name}_sum" for name in _SUMS)])
    found = summed.rename_columns([*keys, *_SUMS])
    return found.sort_by([(key, "ascending") for key in keys])
