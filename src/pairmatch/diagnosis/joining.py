"""Who hangs together by pairs that may be made, without a list of these pairs."""

import numpy as np

from pairmatch._kernels import bare_kernel, inner_kernel
from pairmatch.arrays import BoolArray, IntArray
from pairmatch.diagnosis.reach import (
    ACROSS,
    NOWHERE,
    Barred,
    Blocks,
    allowed,
    is_barred,
    nearness,
    squared_limit,
)
from pairmatch.formulate.costs import CadreSide, CostTables, PairCosts, RecipientSide, distance_m


def join(
    costs: PairCosts,
    cadre_blocks: Blocks,
    recipient_blocks: Blocks,
    barred: Barred,
    parent: IntArray,
) -> None:
    """Join everybody who may be paired, barred pairs apart, by union-find with path halving.

    ``barred`` is by cadre. ``parent`` has shape ``(C + R,)``; it holds everybody's root in the end.
    """
    blocks = cadre_blocks.start.shape[0] - 1
    hubs = np.full(blocks, -1, dtype=np.int64)
    free = np.flatnonzero(np.diff(barred.start)[cadre_blocks.order] == 0)
    of_block = np.searchsorted(cadre_blocks.start, free, side="right") - 1
    hubs[of_block] = cadre_blocks.order[free]
    cadres_one = np.zeros(blocks, dtype=np.bool_)
    recipients_one = np.zeros(recipient_blocks.start.shape[0] - 1, dtype=np.bool_)
    _join(*costs, cadre_blocks, recipient_blocks, barred, hubs, cadres_one, recipients_one, parent)


@inner_kernel
def _root(parent: IntArray, node: int) -> int:
    while parent[node] != node:
        parent[node] = parent[parent[node]]
        node = parent[node]
    return node


@inner_kernel
def _is_one(blocks: Blocks, block: int, first: int, parent: IntArray) -> bool:
    """Tell whether everybody of a block hangs together."""
    root = _root(parent, first + blocks.order[blocks.start[block]])
    for row in range(blocks.start[block], blocks.start[block + 1]):
        if _root(parent, first + blocks.order[row]) != root:
            return False
    return True


@inner_kernel
def _join_through(
    hub: int,
    cadre_blocks: Blocks,
    block: int,
    recipient_blocks: Blocks,
    other: int,
    first: int,
    barred: Barred,
    parent: IntArray,
) -> bool:
    """Join two blocks that are near as a whole through a cadre without a barred pair.

    Returns whether all members of both hang together then.
    """
    begin, end = recipient_blocks.start[other], recipient_blocks.start[other + 1]
    for column in range(begin, end):
        a, b = _root(parent, hub), _root(parent, first + recipient_blocks.order[column])
        parent[max(a, b)] = min(a, b)
    formulation = True
    for row in range(cadre_blocks.start[block], cadre_blocks.start[block + 1]):
        i = cadre_blocks.order[row]
        free = False
        column = begin
        while not free and column < end:
            free = not is_barred(barred, i, recipient_blocks.order[column])
            column += 1
        if free:
            a, b = _root(parent, i), _root(parent, hub)
            parent[max(a, b)] = min(a, b)
        formulation = formulation and free
    return formulation


@inner_kernel
def _join_pairs(
    cadres: CadreSide,
    cadre_blocks: Blocks,
    block: int,
    recipients: RecipientSide,
    recipient_blocks: Blocks,
    other: int,
    tables: CostTables,
    barred: Barred,
    parent: IntArray,
) -> None:
    """Join the members of two blocks pair by pair, unless they hang together already."""
    first = cadres.rank.shape[0]
    if (
        _root(parent, cadre_blocks.order[cadre_blocks.start[block]])
        == _root(parent, first + recipient_blocks.order[recipient_blocks.start[other]])
        and _is_one(recipient_blocks, other, first, parent)
        and _is_one(cadre_blocks, block, 0, parent)
    ):
        return
    for row in range(cadre_blocks.start[block], cadre_blocks.start[block + 1]):
        i = cadre_blocks.order[row]
        for column in range(recipient_blocks.start[other], recipient_blocks.start[other + 1]):
            j = recipient_blocks.order[column]
            a, b = _root(parent, i), _root(parent, first + j)
            if a == b or is_barred(barred, i, j):
                continue
            if tables.max_m < 0 or distance_m(cadres, i, recipients, j, tables) <= tables.max_m:
                parent[max(a, b)] = min(a, b)


@bare_kernel
def _join(
    cadres: CadreSide,
    recipients: RecipientSide,
    tables: CostTables,
    cadre_blocks: Blocks,
    recipient_blocks: Blocks,
    barred: Barred,
    hubs: IntArray,
    cadres_one: BoolArray,
    recipients_one: BoolArray,
    parent: IntArray,
) -> None:
    """Join people; ``hubs`` has a cadre of each block without a barred pair, or -1.

    ``cadres_one`` and ``recipients_one`` tell which blocks hang together, none to begin with.
    """
    first = cadres.rank.shape[0]
    limit = squared_limit(tables)
    # what is near as a whole first: what lies across the limit mostly hangs together by then
    for across in range(2):
        for block in range(hubs.shape[0]):
            for other in range(recipients_one.shape[0]):
                near = nearness(cadre_blocks, block, recipient_blocks, other, limit)
                if near == NOWHERE or not allowed(
                    cadres, cadre_blocks, block, recipients, recipient_blocks, other, tables
                ):
                    continue
                if near == ACROSS or hubs[block] < 0:
                    if across == 1:
                        _join_pairs(
                            cadres, cadre_blocks, block, recipients, recipient_blocks, other,
                            tables, barred, parent,
                        )  # fmt: skip
                elif across == 0 and cadres_one[block] and recipients_one[other]:
                    a = _root(parent, hubs[block])
                    b = _root(parent, first + recipient_blocks.order[recipient_blocks.start[other]])
                    parent[max(a, b)] = min(a, b)
                elif across == 0:
                    formulation = _join_through(
                        hubs[block], cadre_blocks, block, recipient_blocks, other, first,
                        barred, parent,
                    )  # fmt: skip
                    cadres_one[block] = cadres_one[block] or formulation
                    recipients_one[other] = True
    for node in range(parent.shape[0]):
        parent[node] = _root(parent, node)
