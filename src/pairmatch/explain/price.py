"""The price of a pair: the moves that make room for it, what each costs, and what they add up to.

A move is a pair added or removed, a step of a load, or a recipient who is left without a cadre or
gets one after all. All moves of a chain together lead from the plan to the best one that makes (or
does without) the pair, and their costs add up to its price on every level.
"""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from enum import StrEnum
from typing import Any

import numpy as np

from pairmatch.explain.placed import PlacedPlan
from pairmatch.proof.bound import priority_rank
from pairmatch.tables.positions import Column


class Action(StrEnum):
    """What a move changes."""

    ADD = "add"
    """A pair is made."""

    REMOVE = "remove"
    """A pair is not made any more."""

    LOAD = "load"
    """A cadre has a recipient more or fewer: a step of the load curve, and of a minimum load."""

    MISSING = "missing"
    """A recipient lacks a cadre more or fewer."""


@dataclass(frozen=True)
class Move:
    """One step of a chain.

    Attributes
    ----------
    action
        What changes.
    recipient_id, cadre_id
        Who is concerned; a load has no recipient, and a missing cadre no cadre.
    change
        1 for what is added, -1 for what is taken away.
    nth
        Of a load: which of the cadre's recipients the step is for, counted from 1; else None.
    cost_m
        What the move adds to the objective, metre-equivalents.
    missing, violation
        What it adds to the cadres missing, and to the hard rules broken.
    """

    action: Action
    recipient_id: str | None
    cadre_id: str | None
    change: int
    nth: int | None
    cost_m: int
    missing: int = 0
    violation: int = 0


@dataclass(frozen=True)
class Price:
    """What the whole plan would have more.

    Attributes
    ----------
    levels
        (name, extra) of each level, most important first.
    missing_by_priority
        (priority, extra) of cadres missing, where there is any, the highest first.
    chain
        The moves, in the order in which one makes room for the next.
    method
        ``"path"``: a shortest path from the plan itself; ``"solve"``: the whole problem was solved
        again with the pair locked or banned, as a path does not tell.
    order
        The extra of each level of the objective, cadres missing by the ranks of priorities: of two
        prices the smaller tuple is the lower one.
    """

    levels: tuple[tuple[str, int], ...]
    missing_by_priority: tuple[tuple[int, int], ...]
    chain: tuple[Move, ...]
    method: str
    order: tuple[int, ...]

    @property
    def price_m(self) -> int:
        """Extra metre-equivalents of the objective."""
        return sum(move.cost_m for move in self.chain)

    def document(self) -> dict[str, Any]:
        """Return plain data for JSON."""
        return {
            "price_m": self.price_m,
            "levels": dict(self.levels),
            "missing_by_priority": {str(k): extra for k, extra in self.missing_by_priority},
            "method": self.method,
            "chain": [{**vars(move), "action": str(move.action)} for move in self.chain],
        }


class Accounts:
    """Says what moves cost, person by person."""

    def __init__(self, placed: PlacedPlan, cadre_id: Column, recipient_id: Column) -> None:
        self._placed, self._cadre_id, self._recipient_id = placed, cadre_id, recipient_id
        self._rank = priority_rank(placed.formulation.priority)

    def price(self, changes: Sequence[tuple[int, int, int]], method: str) -> Price:
        """Return the price of pairs added and removed.

        Parameters
        ----------
        changes
            (cadre, recipient, 1 or -1) of each, in order.
        """
        lacking = _net((recipient, -change) for _, recipient, change in changes)
        moves = self._pairs(changes)
        moves += self._loads([(cadre, change) for cadre, _, change in changes])
        moves += self._missing(lacking)
        cost = sum(move.cost_m for move in moves)
        violation = sum(move.violation for move in moves)
        ranked = sum(int(self._rank[recipient]) * extra for recipient, extra in lacking.items())
        levels, order = [], []
        for level in self._placed.formulation.objective.levels:
            missing = 0 if level.in_metres or level.missing is None else 1
            rest = cost if level.in_metres else level.violation * violation
            levels.append((level.name, rest + missing * sum(lacking.values())))
            order.append(rest + missing * ranked)
        return Price(
            levels=tuple(levels),
            missing_by_priority=self._by_priority(lacking),
            chain=tuple(moves),
            method=method,
            order=tuple(order),
        )

    def cost(self, cadre: int, recipient: int) -> int:
        """Return what one pair costs, metres."""
        formulation = self._placed.formulation
        at = self._placed.special(cadre, recipient)
        if at >= 0:
            return int(formulation.special_pairs.cost_m[at])
        return int(formulation.costs.of_pairs(np.array([cadre]), np.array([recipient]))[0])

    def _pairs(self, changes: Sequence[tuple[int, int, int]]) -> list[Move]:
        return [
            Move(
                Action.ADD if change > 0 else Action.REMOVE,
                self._recipient_id[j].as_py(),
                self._cadre_id[i].as_py(),
                change,
                None,
                change * self.cost(i, j),
                violation=-change * self._placed.is_locked(i, j),
            )
            for i, j, change in changes
        ]

    def _loads(self, changes: Iterable[tuple[int, int]]) -> list[Move]:
        formulation, moves = self._placed.formulation, []
        for cadre, net in _net(changes).items():
            curve = formulation.load.take(np.array([cadre]))
            load, least = int(self._placed.load[cadre]), int(formulation.min_load[cadre])
            step = 1 if net > 0 else -1
            for _ in range(abs(net)):
                nth = load + (step > 0)
                moves.append(
                    Move(
                        Action.LOAD,
                        None,
                        self._cadre_id[cadre].as_py(),
                        step,
                        nth,
                        step * int(curve.marginal(np.array([nth]))[0]),
                        violation=-step * (nth <= least),
                    )
                )
                load += step
        return moves

    def _missing(self, lacking: Mapping[int, int]) -> list[Move]:
        price_m = self._placed.formulation.objective.missing_price_m
        return [
            Move(
                Action.MISSING,
                self._recipient_id[recipient].as_py(),
                None,
                1 if extra > 0 else -1,
                None,
                extra * price_m,
                missing=extra,
            )
            for recipient, extra in lacking.items()
        ]

    def _by_priority(self, lacking: Mapping[int, int]) -> tuple[tuple[int, int], ...]:
        by_priority: dict[int, int] = {}
        for recipient, extra in lacking.items():
            priority = int(self._placed.formulation.priority[recipient])
            by_priority[priority] = by_priority.get(priority, 0) + extra
        return tuple(sorted(((k, n) for k, n in by_priority.items() if n), reverse=True))


def _net(changes: Iterable[tuple[int, int]]) -> dict[int, int]:
    """Return the sum by person, in the order in which they first come, without zeros."""
    net: dict[int, int] = {}
    for person, change in changes:
        net[person] = net.get(person, 0) + change
    return {person: change for person, change in net.items() if change}
