"""Problems so small that to solve them takes no time: what kernels run on when they are loaded."""

from pairmatch.flow import FlowNetwork
from pairmatch.problem import Problem


def tiny_problem() -> Problem:
    """Return a problem with an incumbent pair and a new one, in which everybody has a point."""
    return Problem.from_tables(
        cadres={
            "cadre_id": ["c"],
            "unit_id": ["u"],
            "rank": ["staff"],
            "capacity": [2],
            "lon": [1.0],
            "lat": [1.0],
        },
        recipients={
            "recipient_id": ["r", "s"],
            "category": ["orphan", "orphan"],
            "area": ["a", "a"],
            "lon": [1.1, 1.2],
            "lat": [1.0, 1.0],
        },
        current={"recipient_id": ["r"], "cadre_id": ["c"]},
    )


def tiny_shortage() -> Problem:
    """Return a problem in which somebody is left without a cadre, for want of places."""
    return Problem.from_tables(
        cadres={"cadre_id": ["c", "d"], "unit_id": ["u", "u"], "rank": ["staff", "bureau"]},
        recipients={
            "recipient_id": ["r", "s", "t", "v"],
            "category": ["orphan", "orphan", "destitute_household", "destitute_household"],
            "area": ["a", "a", "a", "a"],
            "priority": [1, 2, 1, 3],
        },
        policy={"load": {"default_capacity": 1}},
    )


def tiny_clash() -> Problem:
    """Return a problem whose hard rules clash, and in which a ban and a distance bind as well."""
    people = {"lon": [1.0, 1.1, 3.0], "lat": [1.0, 1.0, 1.0]}
    return Problem.from_tables(
        cadres={
            "cadre_id": ["c", "d", "e"],
            "unit_id": ["u", "u", "u"],
            "rank": ["staff", "bureau", "staff"],
            "min_load": [2, 2, 0],
            **people,
        },
        recipients={
            "recipient_id": ["r", "s", "t"],
            "category": ["orphan", "destitute_household", "orphan"],
            "area": ["a", "a", "a"],
            "demand": [1, 1, 2],
            **people,
        },
        bans={"recipient_id": ["r"], "cadre_id": ["c"]},
        policy={"distance": {"max_km": 50}},
    )


def tiny_choice() -> Problem:
    """Return a problem in which somebody near enough is left without a cadre, for the price."""
    return Problem.from_tables(
        cadres={"cadre_id": ["c"], "unit_id": ["u"], "rank": ["staff"], "lon": [1.0], "lat": [1.0]},
        recipients={
            "recipient_id": ["r"],
            "category": ["destitute_household"],
            "area": ["a"],
            "lon": [1.1],
            "lat": [1.0],
        },
        policy={"coverage": {"mode": "priced", "price_km": 1}, "distance": {"max_km": 50}},
    )


def tiny_network() -> FlowNetwork:
    """Return a network with two ways from node 0 to node 2."""
    return FlowNetwork([0, 0, 1], [1, 2, 2], [3, 3, 3], [1, 5, 1], [2, 0, -2])
