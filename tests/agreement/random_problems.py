"""Random small problems that use every table, column and policy field.

Many people are interchangeable on purpose, so that classes have several members, and several
current pairs join the same two classes.
"""

from itertools import count as numbers
from typing import Any

import numpy as np

from pairmatch import InputError, Policy, Problem

Tables = dict[str, Any]

RANKS = Policy().ranks
CATEGORIES = Policy().categories
UNIT_LEVELS = ("province", "prefecture", "county", "township")
# priorities have gaps, lie on both sides of 0 and are not always all in use
PRIORITIES = (-7, 1, 2, 1000)


def drawn_problem(seed: int, largest: int = 9) -> Problem:
    """Return the first problem of a seed that the checks let pass."""
    for attempt in numbers():
        try:
            return Problem.from_tables(**random_problem(1000 * seed + attempt, largest))
        except InputError:
            continue
    raise AssertionError


def random_problem(seed: int, largest: int = 9) -> Tables:
    """Return keyword arguments for `Problem.from_tables`; the checks may refuse them."""
    rng = np.random.default_rng(seed)
    areas = _areas(rng)
    units = _units(rng, areas)
    policy = _policy(rng)
    tables: Tables = {"areas": areas, "units": units, "policy": policy}
    cadres = int(rng.integers(1, largest + 1))
    recipients = int(rng.integers(1, largest + 2))
    tables["cadres"] = _cadres(rng, cadres, areas, units, policy)
    tables["recipients"] = _recipients(rng, recipients, areas)
    tables["attributes"] = ["team", "village_group"]
    _pairs(rng, tables, cadres, recipients)
    if rng.random() < 0.2:
        _drop_places(tables, keep_areas=rng.random() < 0.5)
    if rng.random() < 0.1:
        del tables["units"]
    return tables


def _some(rng: np.random.Generator, values: list[Any], count: int, none: float = 0.0) -> list[Any]:
    few = rng.choice(len(values), size=max(1, int(rng.integers(1, 4))))
    return [None if rng.random() < none else values[int(rng.choice(few))] for _ in range(count)]


def _areas(rng: np.random.Generator) -> dict[str, list[Any]]:
    rows: list[tuple[str, str | None, str, float | None, float | None]] = [
        ("P", None, "province", 103.0, 36.0)
    ]
    if rng.random() < 0.35:
        rows.append(("Q", None, "province", 104.5, 36.5))
        rows.append(("Q0", "Q", "prefecture", 104.6, 36.2))
    for p in range(int(rng.integers(1, 3))):
        lon, lat = 103 + rng.random(), 36 + rng.random()
        rows.append((f"P{p}", "P", "prefecture", lon, lat))
        for c in range(int(rng.integers(1, 3))):
            skip = rng.random() < 0.2
            county = f"P{p}{c}"
            if not skip:
                rows.append((county, f"P{p}", "county", lon + rng.random() / 3, lat))
            for t in range(int(rng.integers(0, 3))):
                point = (lon + rng.random() / 2, lat + rng.random() / 2)
                has = rng.random() < 0.6
                rows.append(
                    (
                        f"{county}{t}",
                        f"P{p}" if skip else county,
                        "township",
                        point[0] if has else None,
                        point[1] if has else None,
                    )
                )
                if rng.random() < 0.7:
                    has = rng.random() < 0.5
                    rows.append(
                        (
                            f"{county}{t}v",
                            f"{county}{t}",
                            "village",
                            point[0] + 0.02 if has else None,
                            point[1] if has else None,
                        )
                    )
    names = ("area", "parent", "level", "lon", "lat")
    table: dict[str, list[Any]] = {name: [row[n] for row in rows] for n, name in enumerate(names)}
    table["name"] = [f"area {code}" if rng.random() < 0.5 else None for code in table["area"]]
    return table


def _units(rng: np.random.Generator, areas: dict[str, list[Any]]) -> dict[str, list[Any]]:
    count = int(rng.integers(1, 4))
    sponsors = []
    for _ in range(count):
        few = int(rng.integers(0, 3))
        sponsors.append([str(code) for code in rng.choice(areas["area"], size=few)])
    some_without = rng.random() < 0.2
    return {
        "unit_id": [f"u{n}" for n in range(count)],
        "level": [None if rng.random() < 0.1 else str(rng.choice(UNIT_LEVELS)) for _ in sponsors],
        "area": [
            None if some_without and rng.random() < 0.5 else str(rng.choice(areas["area"]))
            for _ in sponsors
        ],
        "lead_unit_id": [None] + ["u0"] * (count - 1),
        "sponsors": sponsors,
    }


def _cadres(
    rng: np.random.Generator,
    count: int,
    areas: dict[str, list[Any]],
    units: dict[str, list[Any]],
    policy: dict[str, Any],
) -> dict[str, list[Any]]:
    own = rng.random(count) < (0.3 if rng.random() < 0.4 else 0.0)
    ranks = _some(rng, list(RANKS), count)
    own_capacity = 0.4 if rng.random() < 0.7 else 0.0
    capacity = [int(rng.integers(0, 4)) if rng.random() < own_capacity else None for _ in ranks]
    min_load = [0] * count
    if rng.random() < 0.35:
        load = policy["load"]
        most = [
            load["capacity_by_rank"].get(rank, load["default_capacity"]) if own is None else own
            for rank, own in zip(ranks, capacity, strict=True)
        ]
        wanted = rng.integers(0, 3, size=count)
        min_load = [min(int(some), limit) for some, limit in zip(wanted, most, strict=True)]
    return {
        "cadre_id": [f"c{n:02d}" for n in rng.permutation(count)],
        "unit_id": _some(rng, units["unit_id"], count),
        "rank": ranks,
        "area": _some(rng, areas["area"], count, none=0.5 if rng.random() < 0.7 else 0.0),
        "lon": [103.5 + rng.random() if flag else None for flag in own],
        "lat": [36.5 if flag else None for flag in own],
        "capacity": capacity,
        "min_load": min_load,
        "team": [None if rng.random() < 0.5 else f"team {n % 2}" for n in range(count)],
    }


def _recipients(
    rng: np.random.Generator, count: int, areas: dict[str, list[Any]]
) -> dict[str, list[Any]]:
    several = rng.random() < 0.5
    priorities = rng.random() < 0.5
    own = rng.random(count) < (0.3 if rng.random() < 0.4 else 0.0)
    return {
        "recipient_id": [f"r{n:02d}" for n in rng.permutation(count)],
        "category": _some(rng, list(CATEGORIES), count),
        "area": _some(rng, areas["area"], count),
        "lon": [103.4 + rng.random() if flag else None for flag in own],
        "lat": [36.4 if flag else None for flag in own],
        "household_id": [
            None if rng.random() < 0.3 else f"h{int(rng.integers(0, 3))}" for _ in range(count)
        ],
        "demand": [int(rng.integers(1, 4)) if several else 1 for _ in range(count)],
        "priority": [int(rng.choice(PRIORITIES)) if priorities else 1 for _ in range(count)],
        "village_group": [f"group {int(rng.integers(0, 2))}" for _ in range(count)],
    }


def _pairs(rng: np.random.Generator, tables: Tables, cadres: int, recipients: int) -> None:
    cadre_ids, recipient_ids = tables["cadres"]["cadre_id"], tables["recipients"]["recipient_id"]
    every = [(r, c) for r in recipient_ids for c in cadre_ids]

    def draw(most: int) -> list[tuple[str, str]]:
        count = min(len(every), int(rng.integers(0, most + 1)))
        return [every[int(n)] for n in rng.choice(len(every), size=count, replace=False)]

    def table(pairs: list[tuple[str, str]]) -> dict[str, list[Any]]:
        return {"recipient_id": [r for r, _ in pairs], "cadre_id": [c for _, c in pairs]}

    def why(pairs: list[tuple[str, str]]) -> dict[str, list[Any]]:
        return {
            **table(pairs),
            "reason": [None if n % 2 else "asked for" for n in range(len(pairs))],
            "author": [f"a{n % 2}" for n in range(len(pairs))],
        }

    current: list[tuple[str, str]] = []
    if rng.random() < 0.7:
        # as in life, nearly every recipient has one cadre; or any pairs at all
        as_in_life = [(r, str(rng.choice(cadre_ids))) for r in recipient_ids if rng.random() < 0.8]
        current = as_in_life if rng.random() < 0.5 else draw(2 * max(cadres, recipients))
        tables["current"] = table(current)
    banned: set[tuple[str, str]] = set()
    if rng.random() < 0.3:
        pairs = draw(4)
        banned = set(pairs)
        tables["bans"] = why(pairs)
    if rng.random() < 0.3:
        # now and then several locks on one cadre or one recipient, so that they clash
        of_cadre = [(r, cadre_ids[0]) for r in recipient_ids[:4]]
        of_recipient = [(recipient_ids[0], c) for c in cadre_ids[:4]]
        choice = int(rng.choice(3, p=[0.5, 0.3, 0.2]))
        pairs = (draw(3), of_cadre, of_recipient)[choice]
        tables["locks"] = why([pair for pair in pairs if pair not in banned])
    if rng.random() < 0.35:
        pairs = draw(4)
        if current and rng.random() < 0.5:
            pairs = list(dict.fromkeys([*pairs, *current[:2]]))
        extra = [float(rng.integers(-200, 100)) + 0.125 for _ in pairs]
        tables["adjustments"] = {**table(pairs), "extra_km": extra}


def _policy(rng: np.random.Generator) -> dict[str, Any]:
    rules = [
        {
            "categories": [str(name) for name in rng.choice(CATEGORIES, size=2, replace=False)],
            "ranks": None
            if rng.random() < 0.3
            else [str(name) for name in rng.choice(RANKS, size=2, replace=False)],
            "verdict": str(rng.choice(["preferred", "allowed", "forbidden"])),
            "penalty_km": int(rng.integers(0, 60)),
        }
        for _ in range(int(rng.integers(0, 3)))
    ]
    marginal = sorted(int(step) for step in rng.integers(0, 80, size=int(rng.integers(1, 5))))
    # not always rising with the distance: no order of the levels is part of the policy
    locality = {
        level: int(rng.integers(0, 60))
        for level in ("village", "township", "county", "prefecture", "province", "above")
        if rng.random() < 0.8
    }
    policy: dict[str, Any] = {
        "schema_version": 1,
        "ranks": list(RANKS),
        "categories": list(CATEGORIES),
        "eligibility": rules,
        "distance": {
            "detour": float(rng.choice([0.5, 1.0, 1.3, 1.324, 2.000001])),
            "max_km": None if rng.random() < 0.7 else int(rng.integers(20, 150)),
            "inherited_km": float(rng.choice([0, 10, 2.5])),
        },
        "locality": locality,
        "sponsorship": {
            "mode": str(rng.choice(["prefer", "require", "ignore"], p=[0.6, 0.2, 0.2])),
            "outside_km": int(rng.integers(0, 200)),
        },
        "load": {
            "default_capacity": int(rng.integers(1, 5)),
            "capacity_by_rank": {str(rng.choice(RANKS)): int(rng.integers(0, 4))},
            "marginal_km": marginal,
        },
        "coverage": {
            "mode": str(rng.choice(["first", "priced"], p=[0.7, 0.3])),
            "price_km": int(rng.choice([0, 30, 90, 200, 1000])),
        },
        "continuity": {"keep_km": float(rng.choice([0, 0.001, 5, 50]))},
    }
    if rng.random() < 0.2:
        del policy["eligibility"]
    return policy


def _drop_places(tables: Tables, *, keep_areas: bool) -> None:
    """Take away all points, and the areas too unless kept: codes are then only compared."""
    if not keep_areas:
        del tables["areas"]
    for name in ("cadres", "recipients", "areas"):
        if name in tables:
            count = len(tables[name]["lon"])
            tables[name]["lon"] = tables[name]["lat"] = [None] * count
