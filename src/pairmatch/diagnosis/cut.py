r"""Who competes for the same places: the minimum cut between people and places.

In the network of people, a cadre hands on as many units as its capacity, a pair one unit, a
recipient takes as many as it wants; locked pairs are taken out beforehand, with the capacity and
the demand that they use. Serving somebody more takes a path that moves others from cadre to cadre
until it ends at one with a place left. Those whom paths from the people left out come to are the
recipients Q and the cadres N of the cut :cite:p:`ahuja1993network`. All of N are full, and of the
others every pair with Q that may be made is made, so that

.. math:: \sum_{j \in Q} d_j - \Bigl( \sum_{i \in N} h_i + \sum_{i \notin N} e_i(Q) \Bigr)

units of Q go without, where h and d are what locks leave, and :math:`e_i(Q)` counts the pairs of
cadre i with Q that may be made.

Minimum loads take nothing off: such a path gives the cadre at its end one more and takes nothing
from any other, so it breaks no minimum load, and a plan that serves as many as can be has none.
"""

from dataclasses import dataclass

import numpy as np

from pairmatch.arrays import BoolArray, IntArray
from pairmatch.diagnosis.joining import join
from pairmatch.diagnosis.pairing import Pairing
from pairmatch.diagnosis.reach import Crowds, barred_by, touch_cadres, touch_recipients
from pairmatch.formulate.formulation import Formulation


@dataclass(frozen=True)
class Cut:
    """Everybody who is on the side of those who go without.

    Attributes
    ----------
    recipients, cadres
        Shapes ``(R,)`` and ``(C,)``, bool: Q, and N.
    recipient_group, cadre_group
        Shapes ``(R,)`` and ``(C,)``: people of the cut who share no pair that may be made are in
        different groups, but for recipients who have every cadre that they may have, who are one
        group together; -1 for people outside of it.
    groups
        Number of groups.
    """

    recipients: BoolArray
    cadres: BoolArray
    recipient_group: IntArray
    cadre_group: IntArray
    groups: int


def minimum_cut(formulation: Formulation, pairs: Pairing, crowds: Crowds) -> Cut:
    """Follow all paths from those who go without."""
    cadres, recipients, tables = formulation.costs
    barred = barred_by(*_closed(formulation, pairs), formulation.cadre_count)
    inside = np.zeros(formulation.recipient_count, dtype=np.bool_)
    full = np.zeros(formulation.cadre_count, dtype=np.bool_)
    new = pairs.missing > 0
    while new.any():
        inside |= new
        seekers, targets = crowds.cadres.blocks(~full), crowds.recipients.blocks(new)
        touch_cadres(cadres, recipients, tables, seekers, targets, barred, full)
        # their recipients could be moved, unless they are locked
        new = np.zeros_like(inside)
        new[pairs.recipient[full[pairs.cadre] & ~pairs.locked]] = True
        new &= ~inside
    return Cut(inside, full, *_groups(formulation, crowds, full, inside))


def can_be_served(formulation: Formulation, pairs: Pairing, crowds: Crowds) -> BoolArray:
    """Tell who could have one cadre more without anybody having one fewer, shape ``(R,)``.

    Paths are followed backwards, from cadres with a place left. The answer is meant for those who
    go without.
    """
    cadres, recipients, tables = formulation.costs
    cadre, recipient = _closed(formulation, pairs)
    barred = barred_by(recipient, cadre, formulation.recipient_count)
    out = pairs.missing > 0
    reached = np.zeros(formulation.recipient_count, dtype=np.bool_)
    used = pairs.left > 0
    new = used.copy()
    # most of those who go without for the price need nobody to be moved: they are asked first
    seekers = out
    while new.any() and not reached[out].all():
        blocks, targets = crowds.recipients.blocks(seekers), crowds.cadres.blocks(new)
        touch_recipients(cadres, recipients, tables, blocks, targets, barred, reached)
        if seekers is not out:
            # whoever serves somebody whom another cadre can serve may serve somebody else
            new = np.zeros_like(used)
            new[pairs.cadre[reached[pairs.recipient] & ~pairs.locked]] = True
            new &= ~used
            used |= new
        seekers = ~reached
    return reached


def _closed(formulation: Formulation, pairs: Pairing) -> tuple[IntArray, IntArray]:
    """Return the pairs that cannot be made any more: those that are, and those that are banned."""
    banned = np.flatnonzero(formulation.special_pairs.banned)
    return (
        np.concatenate([pairs.cadre, formulation.special_pairs.cadre[banned]]),
        np.concatenate([pairs.recipient, formulation.special_pairs.recipient[banned]]),
    )


def _groups(
    formulation: Formulation, crowds: Crowds, full: BoolArray, inside: BoolArray
) -> tuple[IntArray, IntArray, int]:
    count = formulation.cadre_count
    parent = np.arange(count + formulation.recipient_count)
    banned = np.flatnonzero(formulation.special_pairs.banned)
    barred = barred_by(
        formulation.special_pairs.cadre[banned], formulation.special_pairs.recipient[banned], count
    )
    some = crowds.cadres.blocks(full), crowds.recipients.blocks(inside)
    join(formulation.costs, *some, barred, parent)
    # whoever has every cadre that it may have competes with nobody: these are one group together
    alone = inside & (parent[count:] == count + np.arange(inside.shape[0]))
    parent[count:][alone] = parent.shape[0]
    there = np.concatenate([full, inside])
    root = np.zeros(parent.shape[0] + 1, dtype=np.bool_)
    root[parent[there]] = True
    number = np.cumsum(root) - 1
    group = np.where(there, number[parent], -1)
    return group[count:], group[:count], int(np.count_nonzero(root))
