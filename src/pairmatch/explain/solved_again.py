"""The same problem solved again with one pair locked or banned: what a path does not tell."""

from dataclasses import fields, replace
from typing import TypeAlias

import numpy as np

from pairmatch.arrays import IntArray
from pairmatch.explain.chains import match_pairs, trace_chains
from pairmatch.explain.placed import PlacedPlan
from pairmatch.flow import engine_named
from pairmatch.formulate.formulation import Formulation
from pairmatch.formulate.special_pairs import SpecialPairs
from pairmatch.limits import Limits
from pairmatch.threads import PlainThreads, available_threads
from pairmatch.transport import solve_people

Changes: TypeAlias = list[tuple[int, int, int]]


def changes_with(
    placed: PlacedPlan, cadre: int, recipient: int, *, lock: bool
) -> tuple[Changes, Changes]:
    """Solve with a further lock, or a further ban, and return what changes because of it.

    If both plans are optimal, then of the chains that they differ by, the one with the pair in
    question costs as much as all together, and all others are ties.

    Returns
    -------
    chain, rest
        (cadre, recipient, 1 for a pair added or -1 for one removed) of each change: along the
        chain, and of all others. Both are empty where the pair does not change, as rules clash.
    """
    before = (placed.recipient << 32) | placed.cadre
    pairs = with_pair(placed.formulation, cadre, recipient, lock=lock)
    after = (pairs[1] << 32) | pairs[0]
    key = np.concatenate([np.setdiff1d(before, after), np.setdiff1d(after, before)])
    is_added = np.isin(key, after)
    who = key >> 32, key & ((1 << 32) - 1)
    asked = (who[0] == recipient) & (who[1] == cadre)
    if not asked.any():
        return [], []
    at_recipient, at_cadre = (match_pairs(person, is_added).partner for person in who)
    chains = trace_chains(is_added, at_recipient, at_cadre, asked)
    is_chain = chains.number[chains.order] == chains.number[asked][0]

    def listed(at: IntArray) -> Changes:
        return [(int(who[1][k]), int(who[0][k]), 1 if is_added[k] else -1) for k in at.tolist()]

    return listed(chains.order[is_chain]), listed(chains.order[~is_chain])


def with_pair(
    formulation: Formulation, cadre: int, recipient: int, *, lock: bool
) -> tuple[IntArray, IntArray]:
    """Solve with a further lock, or a further ban, and return the pairs as positions."""
    pairs = _with_pair(formulation, cadre, recipient)
    at = int(pairs.find(np.array([cadre]), np.array([recipient]))[0])
    marked = (pairs.locked if lock else pairs.banned).copy()
    marked[at] = True
    pairs = replace(pairs, locked=marked) if lock else replace(pairs, banned=marked)
    again = replace(formulation, special_pairs=pairs)
    with PlainThreads(available_threads(None)) as pool:
        state = solve_people(again, engine_named("auto"), Limits(), pool)
    if state is None:
        raise RuntimeError("a solve without a limit was stopped")
    return state.cadre, state.recipient


def _with_pair(formulation: Formulation, cadre: int, recipient: int) -> SpecialPairs:
    """Return the special pairs with one more, unless it is there."""
    pairs = formulation.special_pairs
    one, other = np.array([cadre]), np.array([recipient])
    if pairs.find(one, other)[0] >= 0:
        return pairs
    where = int(np.searchsorted((pairs.cadre << 32) | pairs.recipient, (cadre << 32) | recipient))
    base_m = int(formulation.costs.of_pairs(one, other)[0])
    added = {"cadre": cadre, "recipient": recipient, "base_m": base_m}
    return SpecialPairs(
        **{
            name: np.insert(values, where, np.array(added.get(name, 0), dtype=values.dtype))
            for name, values in ((one.name, getattr(pairs, one.name)) for one in fields(pairs))
        }
    )
