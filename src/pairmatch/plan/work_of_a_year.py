"""The work that a plan makes in a year: contacts, visits, and the way there and back."""

from typing import NamedTuple

import numpy as np
import pyarrow as pa
import pyarrow.compute as pc

from pairmatch.arrays import IntArray
from pairmatch.problem import Problem
from pairmatch.tables.positions import whole

CONTACTS = 4
"""Contacts that a cadre owes each recipient in a year, visits among them or not.

Contacts and visits are the least that the programme which the defaults of the policy are from
(Gansu, since 2023) asks of a cadre.
"""

VISITS = 2
"""Visits that a cadre owes each recipient in a year; whoever shares a household shares a visit."""

_WAYS = 2  # there and back


class Work(NamedTuple):
    """What each pair adds to the work of a year, shape ``(pairs,)``, int64.

    A visit that several pairs share is counted with the one of them that is the farthest, so that
    pairs of any kind can be added up.

    Attributes
    ----------
    contacts, visits
        How many.
    travel_m
        Metres there and back, of all visits.
    """

    contacts: IntArray
    visits: IntArray
    travel_m: IntArray


def work_of_pairs(problem: Problem, pairs: pa.Table, cadre: IntArray, recipient: IntArray) -> Work:
    """Return what each pair adds to the work of a year.

    Parameters
    ----------
    pairs
        With a column distance_m, one way.
    cadre, recipient
        Shape ``(pairs,)``: their positions in the tables of the problem.
    """
    distance = pairs.column("distance_m").to_numpy()
    household = _households(problem)[recipient]
    # of those whom one cadre sees at one home, the farthest first
    order = np.lexsort((-distance, household, cadre))
    differs = np.diff(cadre[order]).astype(np.bool_) | np.diff(household[order]).astype(np.bool_)
    first = order[np.append(True, differs)] if order.shape[0] else order
    visits = np.zeros(pairs.num_rows, dtype=np.int64)
    visits[first] = VISITS
    return Work(np.full(pairs.num_rows, CONTACTS), visits, _WAYS * visits * distance)


def _households(problem: Problem) -> IntArray:
    """Return a number for the household of each recipient; one without an id lives alone."""
    ids = whole(problem.recipients.column("household_id"))
    codes = pc.fill_null(ids.dictionary_encode().indices, -1).to_numpy(zero_copy_only=False)
    numbers: IntArray = codes.astype(np.int64)
    return np.where(numbers < 0, -1 - np.arange(numbers.shape[0]), numbers)


def work_table(problem: Problem, cadre: IntArray, work: Work, by: str) -> pa.Table:
    """Return the work added up, sorted by its ids.

    Parameters
    ----------
    cadre
        Shape ``(pairs,)``: positions in the table of cadres.
    by
        ``cadre`` or ``unit``.

    Returns
    -------
    pyarrow.Table
        unit_id, cadre_id (by cadre alone), pairs, contacts, visits, travel_m (there and back).
    """
    keys = ["unit_id", "cadre_id"] if by == "cadre" else ["unit_id"]
    people = problem.cadres.select(keys).take(pa.array(cadre))
    for name, values in zip(("contacts", "visits", "travel_m"), work, strict=True):
        people = people.append_column(name, pa.array(values))
    sums = people.group_by(keys).aggregate(
        [([], "count_all"), ("contacts", "sum"), ("visits", "sum"), ("travel_m", "sum")]
    )
    names = ["count_all", "contacts_sum", "visits_sum", "travel_m_sum"]
    table = sums.select([*keys, *names])
    table = table.rename_columns([*keys, "pairs", "contacts", "visits", "travel_m"])
    return table.sort_by([(name, "ascending") for name in keys])


def work_in_all(problem: Problem, cadre: IntArray, work: Work) -> dict[str, dict[str, int]]:
    """Return the work in all, and the most that any one cadre and any one unit has.

    Parameters
    ----------
    cadre
        Shape ``(pairs,)``: positions in the table of cadres.

    Returns
    -------
    dict
        contacts, visits and travel_m of ``total``, ``most_of_a_cadre`` and ``most_of_a_unit``.
    """
    units = whole(problem.cadres.column("unit_id")).dictionary_encode().indices
    unit = units.to_numpy().astype(np.int64)[cadre]
    groups = {"total": np.zeros_like(cadre), "most_of_a_cadre": cadre, "most_of_a_unit": unit}
    return {
        name: {what: _largest_sum(group, values) for what, values in work._asdict().items()}
        for name, group in groups.items()
    }


def _largest_sum(group: IntArray, values: IntArray) -> int:
    sums = np.zeros(int(group.max(initial=0)) + 1, dtype=np.int64)
    np.add.at(sums, group, values)
    return int(sums.max())
