"""Costs that a caller asks for by id."""

from collections.abc import Sequence
from typing import TYPE_CHECKING

import numpy as np
import pyarrow as pa

from pairmatch.arrays import BoolArray, IntArray
from pairmatch.errors import Finding, InputError
from pairmatch.formulate.eligibility import INELIGIBLE
from pairmatch.formulate.load import load_curve
from pairmatch.formulate.persons import persons
from pairmatch.tables.lookups import positions

if TYPE_CHECKING:
    from pairmatch.tables import Problem


def costs(
    problem: "Problem", cadre_ids: Sequence[str], recipient_ids: Sequence[str]
) -> tuple[IntArray, BoolArray]:
    """Return cost and eligibility of every asked cadre with every asked recipient.

    See `Problem.costs`, which is the public name.
    """
    everybody = persons(problem)
    cadre_idx = _find(problem.cadres, "cadre_id", cadre_ids, "cadres")
    recipient_idx = _find(problem.recipients, "recipient_id", recipient_ids, "recipients")
    cost = everybody.costs.block(cadre_idx, recipient_idx)
    eligible = cost != INELIGIBLE
    row = np.repeat(np.arange(cadre_idx.shape[0]), recipient_idx.shape[0])
    column = np.tile(np.arange(recipient_idx.shape[0]), cadre_idx.shape[0])
    exceptions = everybody.exceptions
    at = exceptions.find(cadre_idx[row], recipient_idx[column])
    named = np.flatnonzero(at >= 0)
    row, column, at = row[named], column[named], at[named]
    eligible[row, column] = exceptions.eligible[at]
    cost[row, column] = exceptions.cost_m[at]
    cost[~eligible] = 0
    return cost, eligible


def load_cost(problem: "Problem", cadre_ids: Sequence[str]) -> IntArray:
    """Return the marginal cost of each asked cadre's first, second, ... recipient.

    See `Problem.load_cost`, which is the public name.
    """
    capacity = problem.capacity()[_find(problem.cadres, "cadre_id", cadre_ids, "cadres")]
    widest = int(capacity.max(initial=0))
    nth = np.arange(1, widest + 1)
    steps = np.broadcast_to(load_curve(problem.policy).marginal(nth), (capacity.shape[0], widest))
    return np.where(nth[None, :] <= capacity[:, None], steps, -1)


def _texts(ids: Sequence[str], column: str, name: str) -> pa.Array:
    if not isinstance(ids, str):
        try:
            return pa.array(list(ids), pa.string())
        except (TypeError, pa.ArrowException):
            pass
    found, advice = "something that is not a list of ids", "give a list of ids, each as text"
    # out here, as Arrow's error may quote what was given
    raise InputError([Finding("wrong_type", name, column, found, advice)])


def _find(table: pa.Table, column: str, ids: Sequence[str], name: str) -> IntArray:
    idx = positions(pa.chunked_array([_texts(ids, column, name)]), table.column(column))
    unknown = np.flatnonzero(idx < 0)
    if unknown.shape[0]:
        raise InputError(
            [
                Finding(
                    code=f"unknown_{column.removesuffix('_id')}",
                    table=name,
                    column=column,
                    rows=unknown + 1,
                    ids=(),
                    found="an id that the problem does not have",
                    advice=f"ask for ids of the table {name}; rows count the ids asked for",
                )
            ]
        )
    return idx
