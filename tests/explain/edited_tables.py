"""Random problems changed at random, and solved: what a diff is asked about."""

from collections.abc import Callable
from copy import deepcopy
from functools import cache
from itertools import count as numbers
from typing import Any

import numpy as np
from tests.agreement.random_problems import CATEGORIES, RANKS, Tables, random_problem

from pairmatch import InputError, Plan, Problem, solve

Edit = Callable[[np.random.Generator, Tables], None]
_PAIRS = ("current", "locks", "bans", "adjustments")


@cache
def plans_before_and_after(seed: int, largest: int = 9) -> tuple[Plan, Plan]:
    """Return the plans of a random problem and of one made of it by a few edits."""
    for attempt in numbers():
        try:
            tables = random_problem(1000 * seed + attempt, largest)
            before = Problem.from_tables(**tables)
            after = Problem.from_tables(**edited(tables, 1000 * seed + attempt))
        except InputError:
            continue
        return solve(before, threads=1), solve(after, threads=1)
    raise AssertionError


def edited(tables: Tables, seed: int) -> Tables:
    """Return the tables after one to three edits."""
    rng = np.random.default_rng(seed)
    changed = deepcopy(tables)
    for name, rows in changed.items():
        if isinstance(rows, dict) and name != "policy":
            # columns that were one list
            changed[name] = {column: list(values) for column, values in rows.items()}
    for _ in range(int(rng.integers(1, 4))):
        EDITS[int(rng.integers(len(EDITS)))](rng, changed)
    return changed


def _remove_cadre(rng: np.random.Generator, tables: Tables) -> None:
    _remove(rng, tables, "cadres", "cadre_id")


def _remove_recipient(rng: np.random.Generator, tables: Tables) -> None:
    _remove(rng, tables, "recipients", "recipient_id")


def _remove(rng: np.random.Generator, tables: Tables, table: str, key: str) -> None:
    rows = tables[table]
    if len(rows[key]) < 2:
        return
    at = int(rng.integers(len(rows[key])))
    gone = rows[key][at]
    for values in rows.values():
        del values[at]
    for name in _PAIRS:
        if name in tables:
            kept = [n for n, one in enumerate(tables[name][key]) if one != gone]
            tables[name] = {
                column: [values[n] for n in kept] for column, values in tables[name].items()
            }


def _add_cadre(rng: np.random.Generator, tables: Tables) -> None:
    _add(rng, tables["cadres"], "cadre_id", "c")


def _add_recipient(rng: np.random.Generator, tables: Tables) -> None:
    _add(rng, tables["recipients"], "recipient_id", "r")


def _add(rng: np.random.Generator, rows: dict[str, list[Any]], key: str, letter: str) -> None:
    """Add somebody who is like another, with an id before, between or behind those there are."""
    at = int(rng.integers(len(rows[key])))
    for column, values in rows.items():
        values.append(values[at] if column != key else None)
    rows[key][-1] = f"{letter}{int(rng.integers(20)):02d}x"


def _change(table: str, column: str, values: list[Any]) -> Edit:
    def change(rng: np.random.Generator, tables: Tables) -> None:
        rows = tables[table][column]
        rows[int(rng.integers(len(rows)))] = values[int(rng.integers(len(values)))]

    return change


def _name_pair(table: str) -> Edit:
    def name_pair(rng: np.random.Generator, tables: Tables) -> None:
        rows = tables.setdefault(table, {"recipient_id": [], "cadre_id": []})
        pair = {
            "recipient_id": str(rng.choice(tables["recipients"]["recipient_id"])),
            "cadre_id": str(rng.choice(tables["cadres"]["cadre_id"])),
            "extra_km": float(rng.integers(-200, 200)),
        }
        for column in ({"extra_km"} if table == "adjustments" else set()) | set(rows):
            rows.setdefault(column, []).append(pair.get(column))

    return name_pair


def _lift_pair(table: str) -> Edit:
    def lift_pair(rng: np.random.Generator, tables: Tables) -> None:
        rows = tables.get(table, {"recipient_id": []})
        if rows["recipient_id"]:
            at = int(rng.integers(len(rows["recipient_id"])))
            for values in rows.values():
                del values[at]

    return lift_pair


def _policy(part: str, field: str, values: list[Any]) -> Edit:
    def set_policy(rng: np.random.Generator, tables: Tables) -> None:
        tables["policy"][part][field] = values[int(rng.integers(len(values)))]

    return set_policy


EDITS: list[Edit] = [
    _remove_cadre,
    _remove_recipient,
    _add_cadre,
    _add_recipient,
    _change("cadres", "rank", list(RANKS)),
    _change("cadres", "capacity", [0, 1, 2, 3]),
    _change("cadres", "capacity", [0, 1]),
    _change("cadres", "min_load", [0, 1, 2]),
    _change("recipients", "category", list(CATEGORIES)),
    _change("recipients", "demand", [1, 2, 3]),
    _change("recipients", "demand", [1]),
    *map(_name_pair, _PAIRS),
    *map(_lift_pair, _PAIRS),
    _policy("distance", "max_km", [None, 20, 60]),
    _policy("load", "marginal_km", [[0], [0, 15, 45], [10, 60]]),
    _policy("coverage", "price_km", [0, 50, 300]),
    _policy("coverage", "mode", ["first", "priced"]),
    _policy("continuity", "keep_km", [0, 20]),
]
