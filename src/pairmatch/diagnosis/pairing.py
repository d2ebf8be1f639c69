"""The pairs of a plan as positions, with what follows from them."""

from dataclasses import dataclass

import numpy as np

from pairmatch.arrays import BoolArray, IntArray
from pairmatch.formulate.formulation import Formulation


@dataclass(frozen=True)
class Pairing:
    """Who serves whom.

    Attributes
    ----------
    cadre, recipient
        Shape ``(P,)``: positions, sorted by recipient, then cadre.
    locked
        Shape ``(P,)``, bool: the pair is a lock.
    made
        Shape ``(E,)``, bool: which of the special pairs are made.
    load, left
        Shape ``(C,)``: recipients of each cadre, and places left.
    served, missing
        Shape ``(R,)``: cadres of each recipient, and cadres wanted beyond.
    """

    cadre: IntArray
    recipient: IntArray
    locked: BoolArray
    made: BoolArray
    load: IntArray
    left: IntArray
    served: IntArray
    missing: IntArray


def pairing(
    formulation: Formulation, cadre: IntArray, recipient: IntArray, at: IntArray
) -> Pairing:
    """Count what pairs come to; ``at`` is where each is among the special pairs, or -1."""
    special_pairs = formulation.special_pairs
    made = np.zeros(special_pairs.cadre.shape[0], dtype=np.bool_)
    made[at[at >= 0]] = True
    load = np.bincount(cadre, minlength=formulation.cadre_count).astype(np.int64)
    served = np.bincount(recipient, minlength=formulation.recipient_count).astype(np.int64)
    return Pairing(
        cadre,
        recipient,
        np.append(special_pairs.locked, False)[at],
        made,
        load,
        formulation.capacity - load,
        served,
        formulation.demand - served,
    )
