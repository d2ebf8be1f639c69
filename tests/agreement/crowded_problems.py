"""Random small problems in which places are short, and single pairs are the reason.

Few places, several cadres wanted by many, bans and locks on the very people who compete.
"""

from typing import Any

import numpy as np
from tests.agreement.cases import CadreCase, Case, RecipientCase


def crowded_case(seed: int, *, priced: bool = False) -> Case:
    """Return a case; what its locks ask for can mostly be kept."""
    rng = np.random.default_rng(seed)
    cadres = tuple(
        CadreCase(
            place=int(rng.integers(0, 4)),
            rank=int(rng.integers(0, 2)),
            unit=int(rng.integers(0, 2)),
            capacity=int(rng.integers(0, 4)),
            min_load=int(rng.choice([0, 0, 0, 1])),
        )
        for _ in range(int(rng.integers(1, 7)))
    )
    recipients = tuple(
        RecipientCase(
            place=int(rng.integers(0, 4)),
            category=int(rng.integers(0, 2)),
            demand=int(rng.choice([1, 1, 2, 4])),
            priority=int(rng.choice([1, 1, 3])),
        )
        for _ in range(int(rng.integers(2, 9)))
    )
    every = [(r, c) for r in range(len(recipients)) for c in range(len(cadres))]
    order = rng.permutation(len(every))
    bans = int(rng.choice([0, 2, 5]))
    banned = [every[n] for n in order[:bans]]
    locks: dict[int, tuple[int, int]] = {}
    for r, c in (every[n] for n in order[bans:] if rng.random() < 0.4):
        near = recipients[r].place == cadres[c].place and cadres[c].unit == 0
        if near and cadres[c].capacity and recipients[r].category == 0:
            locks.setdefault(c, (r, c))
    return Case(
        cadres,
        recipients,
        bans=tuple(banned),
        locks=tuple(locks.values()) if rng.random() < 0.6 else (),
        priced_km=int(rng.choice([5, 20, 60, 150])) if priced else None,
        max_km=None if rng.random() < 0.5 else int(rng.integers(20, 90)),
        outside=str(rng.choice(["prefer", "require"])),
    )


def tables_with_rules(case: Case, seed: int) -> dict[str, Any]:
    """Return the case's tables, now and then with a forbidden rank."""
    tables = case.tables()
    if seed % 3 == 0:
        rule = {"categories": ["orphan"], "ranks": ["staff"], "verdict": "forbidden"}
        tables["policy"]["eligibility"] = [rule]
    return tables
