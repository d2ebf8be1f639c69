"""A plan of three units whose lists go out."""

import pytest

import pairmatch as pm

UNITS = ("u1", "u2", "u3")


def problem_of_three_units() -> pm.Problem:
    """Return nine recipients in two counties and three units with four cadres each."""
    return pm.Problem.from_tables(
        cadres={
            "cadre_id": [f"c{unit}{n}" for unit in range(1, 4) for n in range(4)],
            "unit_id": [f"u{unit}" for unit in range(1, 4) for _ in range(4)],
            "rank": ["division"] * 12,
            "area": [f"t{unit}" for unit in range(1, 4) for _ in range(4)],
        },
        recipients={
            "recipient_id": [f"r{n}" for n in range(9)],
            "category": ["orphan"] * 9,
            "area": [f"t{1 + n // 3}" for n in range(9)],
        },
        areas={
            "area": ["k1", "k2", "t1", "t2", "t3"],
            "parent": [None, None, "k1", "k1", "k2"],
            "level": ["county", "county", "township", "township", "township"],
            "name": ["甲县", None, None, None, None],
        },
    )


@pytest.fixture(scope="session")
def plan() -> pm.Plan:
    """The plan: each recipient has a cadre of the unit in its township."""
    return pm.solve(problem_of_three_units())
