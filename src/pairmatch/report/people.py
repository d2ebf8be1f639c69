"""Pairs and those without a cadre as tables for people: with unit, rank, area and the like.

The plan's own tables hold ids and whole metres; these hold what somebody needs who reads them in a
spreadsheet. They are made column by column, without a look at single people.
"""

from collections.abc import Iterable, Iterator
from typing import TypeAlias

import numpy as np
import pyarrow as pa
import pyarrow.compute as pc

from pairmatch.arrays import BoolArray, IntArray
from pairmatch.diagnosis.reasons import details
from pairmatch.formulate.formulation import Formulation
from pairmatch.plan import Plan
from pairmatch.problem import Problem
from pairmatch.tables.positions import positions, whole
from pairmatch.words import named

_METRES = 1000.0

Columns: TypeAlias = Iterable[tuple[str, pa.ChunkedArray | pa.Array]]


def pairs_for_people(plan: Plan, language: str = "en") -> pa.Table:
    """Return a row for each pair, in the order of ``plan.pairs``.

    Returns
    -------
    pyarrow.Table
        The columns that the page on the plan lists under pairs.csv, then the attributes.
    """
    problem, pairs, formulation = plan.problem, plan.pairs, plan.problem.formulation
    recipient = positions(pairs.column("recipient_id"), problem.recipients.column("recipient_id"))
    cadre = positions(pairs.column("cadre_id"), problem.cadres.column("cadre_id"))
    of_recipient = _rows(problem, "recipients", recipient)
    of_cadre = _rows(problem, "cadres", cadre)

    def yes_or_no(marked: BoolArray) -> pa.Array:
        return _words(marked, "yes", "no", language)

    return _table(
        [
            ("recipient_id", pairs.column("recipient_id")),
            ("category", of_recipient.column("category")),
            ("priority", of_recipient.column("priority")),
            ("household_id", of_recipient.column("household_id")),
            ("recipient_area", of_recipient.column("area")),
            ("recipient_area_name", _area_names(problem, "recipients", recipient)),
            ("cadre_id", pairs.column("cadre_id")),
            ("unit_id", of_cadre.column("unit_id")),
            ("rank", of_cadre.column("rank")),
            ("cadre_area", of_cadre.column("area")),
            ("cadre_area_name", _area_names(problem, "cadres", cadre)),
            *_in_two_units(pairs, "distance"),
            *_in_two_units(pairs, "cost"),
            ("new_or_kept", _words(pairs.column("kept").to_numpy(), "kept", "new", language)),
            ("exception", yes_or_no(formulation.merely_allowed(cadre, recipient))),
            ("locked", yes_or_no(_locked(formulation, cadre, recipient))),
            *_attributes(of_recipient, "recipient", problem.attributes),
            *_attributes(of_cadre, "cadre", problem.attributes),
        ]
    )


def unmatched_for_people(plan: Plan, language: str = "en") -> pa.Table:
    """Return a row for each recipient who has fewer cadres than wanted, as ``plan.unmatched``.

    Returns
    -------
    pyarrow.Table
        The columns that the page on the plan lists under unmatched.csv, then the attributes.
    """
    problem, unmatched = plan.problem, plan.unmatched
    recipient = positions(
        unmatched.column("recipient_id"), problem.recipients.column("recipient_id")
    )
    rows = _rows(problem, "recipients", recipient)
    return _table(
        [
            ("recipient_id", unmatched.column("recipient_id")),
            ("category", rows.column("category")),
            ("priority", rows.column("priority")),
            ("household_id", rows.column("household_id")),
            ("recipient_area", rows.column("area")),
            ("recipient_area_name", _area_names(problem, "recipients", recipient)),
            ("wanted", rows.column("demand")),
            *((name, unmatched.column(name)) for name in ("missing", "reason")),
            ("detail", details(unmatched, language)),
            *_attributes(rows, "recipient", problem.attributes),
        ]
    )


def _table(columns: Columns) -> pa.Table:
    """Return a table; an attribute that is called like another column gets a line behind it."""
    named: dict[str, pa.ChunkedArray | pa.Array] = {}
    for name, values in columns:
        while name in named:
            name += "_"  # noqa: PLW2901  # the name it gets
        named[name] = values
    return pa.table(named)


def _in_two_units(pairs: pa.Table, name: str) -> Columns:
    """Yield a column of metres in kilometres, exact to the metre, and as it is."""
    metres = pairs.column(f"{name}_m")
    yield f"{name}_km", pc.divide(metres.cast(pa.float64()), _METRES)
    yield f"{name}_m", metres


def _rows(problem: Problem, table: str, idx: IntArray) -> pa.Table:
    """Return rows of people, with the columns that people read."""
    people = getattr(problem, table)
    unread = {"lon", "lat", "capacity", "min_load", f"{table.removesuffix('s')}_id"}
    wanted = [name for name in people.column_names if name not in unread]
    return people.select(wanted).take(pa.array(idx))


def _area_names(problem: Problem, table: str, idx: IntArray) -> pa.Array:
    """Return the name of the area of people, null where there is none."""
    if not problem.has_areas:
        return pa.nulls(idx.shape[0], pa.string())
    at = problem.checked.keys.of(table, "area")[idx]
    return whole(problem.areas.column("name")).take(pa.array(at, mask=at < 0))


def _words(marked: BoolArray, yes: str, no: str, language: str) -> pa.Array:
    words = [named("cell", word, language) for word in (no, yes)]
    return pa.array(words).take(pa.array(marked.astype(np.int64)))


def _locked(formulation: Formulation, cadre: IntArray, recipient: IntArray) -> BoolArray:
    """Tell which pairs are locked."""
    at = formulation.special_pairs.find(cadre, recipient)
    locked: BoolArray = np.append(formulation.special_pairs.locked, False)[at]
    return locked


def _attributes(
    rows: pa.Table, prefix: str, attributes: tuple[str, ...]
) -> Iterator[tuple[str, pa.ChunkedArray]]:
    for name in attributes:
        if name in rows.column_names:
            yield f"{prefix}_{name}", rows.column(name)
