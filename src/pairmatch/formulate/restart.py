"""A formulation that is held to the pairs of an earlier plan."""

from dataclasses import dataclass, replace

import numpy as np
import pyarrow as pa

from pairmatch.arrays import BoolArray, IntArray
from pairmatch.counting_sort import counting_sort
from pairmatch.errors import Finding, InputError
from pairmatch.formulate.costs import CostTables, PairCosts
from pairmatch.formulate.eligibility import INELIGIBLE
from pairmatch.formulate.formulation import Formulation
from pairmatch.formulate.special_pairs import SpecialPairs
from pairmatch.model.levels import with_changes
from pairmatch.model.start import Start
from pairmatch.tables.checked import CheckedTables
from pairmatch.tables.positions import positions


@dataclass(frozen=True)
class StartPairs:
    """The pairs of a start by position, shape ``(P,)``; -1 for people who are gone."""

    cadre: IntArray
    recipient: IntArray


def start_pairs(checked: CheckedTables, start: Start) -> StartPairs:
    """Find the people of a start among the tables."""
    return StartPairs(
        positions(start.pairs.column("cadre_id"), checked.cadres.column("cadre_id")),
        positions(start.pairs.column("recipient_id"), checked.recipients.column("recipient_id")),
    )


def restarted(
    formulation: Formulation,
    checked: CheckedTables,
    start: Start,
    found: StartPairs | None = None,
) -> Formulation:
    """Return the formulation of a re-solve: the level ``changed``, and what has to stand.

    Parameters
    ----------
    found
        What `start_pairs` returns, where it is known.

    Raises
    ------
    InputError
        If ``only`` names something that is not in the tables.
    """
    found = start_pairs(checked, start) if found is None else found
    there = np.flatnonzero((found.cadre >= 0) & (found.recipient >= 0))
    cadre, recipient = found.cadre[there], found.recipient[there]
    objective = replace(
        formulation.objective,
        levels=with_changes(formulation.objective.levels, priced=start.change_m > 0),
        start_pairs=int(found.cadre.shape[0]),
        change_m=start.change_m,
        most_changes=start.most_changes,
    )
    pairs = _with_pairs(formulation.special_pairs, cadre, recipient, formulation.costs)
    if start.only is None:
        return replace(formulation, objective=objective, special_pairs=pairs)
    inside_cadre, inside_recipient = _inside(formulation, checked, start.only)
    outside = ~(inside_cadre[pairs.cadre] | inside_recipient[pairs.recipient])
    stands = pairs.started & outside
    return replace(
        formulation,
        costs=_restricted(formulation.costs, inside_cadre, inside_recipient),
        objective=replace(
            objective,
            tables={name: _apart(table) for name, table in objective.tables.items()},
        ),
        # what may not be made any more cannot stand
        special_pairs=replace(
            pairs,
            locked=pairs.locked | (stands & pairs.eligible),
            base_m=np.where(outside & ~stands, INELIGIBLE, pairs.base_m),
        ),
        is_restricted=True,
    )


def _with_pairs(
    pairs: SpecialPairs, cadre: IntArray, recipient: IntArray, costs: PairCosts
) -> SpecialPairs:
    """Add the pairs of a start to the special ones."""
    known = (pairs.cadre << 32) + pairs.recipient
    # those of a plan rise by recipient, so that counting cadres puts them in order
    _, order = counting_sort(cadre, int(cadre.max(initial=-1)) + 1)
    added = (cadre[order] << 32) + recipient[order]
    at = np.searchsorted(added, known)
    apart = np.flatnonzero(np.append(added, -1)[at] != known)
    every = np.insert(added, at[apart], known[apart])
    old = np.searchsorted(every, known)
    is_new = np.ones(every.shape[0], dtype=np.bool_)
    is_new[old[apart]] = False
    new = np.flatnonzero(is_new)
    count = every.shape[0]

    def flags(values: BoolArray) -> BoolArray:
        wide = np.zeros(count, dtype=np.bool_)
        wide[old] = values
        return wide

    def metres(values: IntArray) -> IntArray:
        wide = np.zeros(count, dtype=np.int64)
        wide[old] = values
        return wide

    started = np.zeros(count, dtype=np.bool_)
    started[new] = True
    cadre, recipient = every >> 32, every & ((1 << 32) - 1)
    return SpecialPairs(
        cadre=cadre,
        recipient=recipient,
        adjustment_m=metres(pairs.adjustment_m),
        current=flags(pairs.current),
        banned=flags(pairs.banned),
        locked=flags(pairs.locked),
        started=started,
        base_m=costs.of_pairs(cadre, recipient),
        saving_m=metres(pairs.saving_m),
    )


def _inside(
    formulation: Formulation, checked: CheckedTables, only: tuple[str, ...]
) -> tuple[BoolArray, BoolArray]:
    """Return which cadres and which recipients are named by areas, units or ids.

    An area stands for all that is in it, a unit for its cadres.
    """
    given = pa.array(only, pa.string())
    names = given.unique()
    known = np.zeros(len(names), dtype=np.bool_)

    def mentioned(people: pa.Table, column: str) -> BoolArray:
        at = positions(people.column(column), names)
        known[at[at >= 0]] = True
        inside: BoolArray = at >= 0
        return inside

    cadre = mentioned(checked.cadres, "cadre_id") | mentioned(checked.cadres, "unit_id")
    recipient = mentioned(checked.recipients, "recipient_id")
    if checked.has_areas:
        area = positions(names, checked.areas.column("area"))
        known |= area >= 0
        area = area[area >= 0]
        cadre |= np.isin(formulation.costs.cadres.ancestor, area).any(axis=0)
        recipient |= np.isin(formulation.costs.recipients.ancestor, area).any(axis=0)
    else:
        cadre |= mentioned(checked.cadres, "area")
        recipient |= mentioned(checked.recipients, "area")
    if checked.has_units:
        known |= positions(names, checked.units.column("unit_id")) >= 0
    unknown = np.flatnonzero(~known[positions(given, names)])
    if unknown.shape[0]:
        raise InputError([Finding("unknown_only", "options", "only", rows=unknown + 1)])
    return cadre, recipient


def _restricted(costs: PairCosts, cadre: BoolArray, recipient: BoolArray) -> PairCosts:
    """Return costs by which nobody outside may be paired with anybody outside."""
    return PairCosts(
        costs.cadres._replace(sponsor_set=2 * costs.cadres.sponsor_set + ~cadre),
        costs.recipients._replace(zone=2 * costs.recipients.zone + ~recipient),
        _apart(costs.tables),
    )


def _apart(tables: CostTables) -> CostTables:
    """Return tables with two rows and columns for each: of those inside, and of those outside."""
    outside = np.repeat(np.repeat(tables.outside_m, 2, axis=0), 2, axis=1)
    outside[1::2, 1::2] = INELIGIBLE
    return tables._replace(outside_m=outside)
