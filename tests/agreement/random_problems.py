"""Random small problems that use every table, column and policy field.

Many people are interchangeable on purpose, so that classes have several members, and several
current pairs join the same two classes.
"""

from typing import Any

import numpy as np

Tables = dict[str, Any]

RANKS = ("bureau", "division", "staff")
CATEGORIES = ("orphan", "severely_disabled", "destitute_household")


def random_problem(seed: int, largest: int = 9) -> Tables:
    """Return keyword arguments for `Problem.from_tables`."""
    rng = np.random.default_rng(seed)
    areas = _areas(rng)
    units = _units(rng, areas)
    tables: Tables = {"areas": areas, "units": units}
    cadres = int(rng.integers(1, largest + 1))
    recipients = int(rng.integers(1, largest + 2))
    tables["cadres"] = _cadres(rng, cadres, areas, units)
    tables["recipients"] = _recipients(rng, recipients, areas)
    _pairs(rng, tables, cadres, recipients)
    tables["policy"] = _policy(rng)
    if rng.random() < 0.2:
        _drop_places(tables, keep_areas=rng.random() < 0.5)
    return tables


def _some(rng: np.random.Generator, values: list[Any], count: int, none: float = 0.0) -> list[Any]:
    few = rng.choice(len(values), size=max(1, int(rng.integers(1, 4))))
    return [None if rng.random() < none else values[int(rng.choice(few))] for _ in range(count)]


def _areas(rng: np.random.Generator) -> dict[str, list[Any]]:
    rows: list[tuple[str, str | None, str, float | None, float | None]] = [
        ("P", None, "province", 103.0, 36.0)
    ]
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
    return {name: [row[n] for row in rows] for n, name in enumerate(names)}


def _units(rng: np.random.Generator, areas: dict[str, list[Any]]) -> dict[str, list[Any]]:
    count = int(rng.integers(1, 4))
    sponsors = []
    for _ in range(count):
        few = int(rng.integers(0, 3))
        sponsors.append([str(code) for code in rng.choice(areas["area"], size=few)])
    return {
        "unit_id": [f"u{n}" for n in range(count)],
        "level": ["county"] * count,
        "area": [str(rng.choice(areas["area"])) for _ in range(count)],
        "lead_unit_id": [None] + ["u0"] * (count - 1),
        "sponsors": sponsors,
    }


def _cadres(
    rng: np.random.Generator, count: int, areas: dict[str, list[Any]], units: dict[str, list[Any]]
) -> dict[str, list[Any]]:
    own = rng.random(count) < (0.3 if rng.random() < 0.4 else 0.0)
    capacity = [None if rng.random() < 0.6 else int(rng.integers(0, 4)) for _ in range(count)]
    min_load = [0] * count
    if rng.random() < 0.35:
        min_load = [int(rng.integers(0, 2)) if c is None or c > 0 else 0 for c in capacity]
    return {
        "cadre_id": [f"c{n:02d}" for n in rng.permutation(count)],
        "unit_id": _some(rng, units["unit_id"], count),
        "rank": _some(rng, list(RANKS), count),
        "area": _some(rng, areas["area"], count, none=0.5),
        "lon": [103.5 + rng.random() if flag else None for flag in own],
        "lat": [36.5 if flag else None for flag in own],
        "capacity": capacity,
        "min_load": min_load,
    }


def _recipients(
    rng: np.random.Generator, count: int, areas: dict[str, list[Any]]
) -> dict[str, list[Any]]:
    several = rng.random() < 0.5
    priorities = rng.random() < 0.4
    own = rng.random(count) < (0.3 if rng.random() < 0.4 else 0.0)
    return {
        "recipient_id": [f"r{n:02d}" for n in rng.permutation(count)],
        "category": _some(rng, list(CATEGORIES), count),
        "area": _some(rng, areas["area"], count),
        "lon": [103.4 + rng.random() if flag else None for flag in own],
        "lat": [36.4 if flag else None for flag in own],
        "household_id": [f"h{int(rng.integers(0, 3))}" for _ in range(count)],
        "demand": [int(rng.integers(1, 4)) if several else 1 for _ in range(count)],
        "priority": [int(rng.integers(1, 4)) if priorities else 1 for _ in range(count)],
    }


def _pairs(rng: np.random.Generator, tables: Tables, cadres: int, recipients: int) -> None:
    every = [
        (r, c) for r in tables["recipients"]["recipient_id"] for c in tables["cadres"]["cadre_id"]
    ]

    def draw(most: int) -> list[tuple[str, str]]:
        count = min(len(every), int(rng.integers(0, most + 1)))
        return [every[int(n)] for n in rng.choice(len(every), size=count, replace=False)]

    def table(pairs: list[tuple[str, str]]) -> dict[str, list[str]]:
        return {"recipient_id": [r for r, _ in pairs], "cadre_id": [c for _, c in pairs]}

    if rng.random() < 0.6:
        tables["current"] = table(draw(2 * max(cadres, recipients)))
    banned: set[tuple[str, str]] = set()
    if rng.random() < 0.3:
        pairs = draw(4)
        banned = set(pairs)
        tables["bans"] = table(pairs)
    if rng.random() < 0.3:
        tables["locks"] = table([pair for pair in draw(3) if pair not in banned])
    if rng.random() < 0.3:
        pairs = draw(4)
        extra = [float(rng.integers(-200, 100)) + 0.125 for _ in pairs]
        tables["adjustments"] = {**table(pairs), "extra_km": extra}


def _policy(rng: np.random.Generator) -> dict[str, Any]:
    rules = [
        {
            "categories": [str(rng.choice(CATEGORIES))],
            "ranks": None if rng.random() < 0.3 else [str(rng.choice(RANKS))],
            "verdict": str(rng.choice(["preferred", "allowed", "forbidden"])),
            "penalty_km": int(rng.integers(0, 60)),
        }
        for _ in range(int(rng.integers(0, 3)))
    ]
    marginal = sorted(int(step) for step in rng.integers(0, 80, size=int(rng.integers(1, 5))))
    return {
        "ranks": list(RANKS),
        "categories": list(CATEGORIES),
        "eligibility": rules,
        "distance": {
            "detour": float(rng.choice([1.0, 1.3, 1.324])),
            "max_km": None if rng.random() < 0.7 else int(rng.integers(20, 120)),
            "inherited_km": float(rng.choice([0, 10, 2.5])),
        },
        "locality": {"county": int(rng.integers(0, 20)), "prefecture": int(rng.integers(0, 60))},
        "sponsorship": {
            "mode": str(rng.choice(["prefer", "require", "ignore"], p=[0.6, 0.2, 0.2])),
            "outside_km": int(rng.integers(0, 200)),
        },
        "load": {
            "default_capacity": int(rng.integers(1, 4)),
            "capacity_by_rank": {"bureau": int(rng.integers(1, 4))},
            "marginal_km": marginal,
        },
        "coverage": {
            "mode": str(rng.choice(["first", "priced"], p=[0.7, 0.3])),
            "price_km": int(rng.integers(0, 200)),
        },
        "continuity": {"keep_km": float(rng.choice([0, 5, 50]))},
    }


def _drop_places(tables: Tables, *, keep_areas: bool) -> None:
    """Take away all points, and the areas too unless kept: codes are then only compared."""
    if not keep_areas:
        del tables["areas"]
    for name in ("cadres", "recipients", "areas"):
        if name in tables:
            count = len(tables[name]["lon"])
            tables[name]["lon"] = tables[name]["lat"] = [None] * count
