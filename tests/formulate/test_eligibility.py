from typing import Any

import numpy as np
from hypothesis import given
from hypothesis import strategies as st

from pairmatch import Policy
from pairmatch.formulate.eligibility import INELIGIBLE, eligibility_table

RANKS, CATEGORIES = ("high", "middle", "low"), ("x", "y")


def _policy(*rules: dict[str, Any]) -> Policy:
    return Policy.model_validate({"ranks": RANKS, "categories": CATEGORIES, "eligibility": rules})


def test_without_rules_everybody_may_help_everybody_for_nothing() -> None:
    penalty, by_exception = eligibility_table(_policy())
    assert penalty.tolist() == by_exception.tolist() == [[0, 0]] * 3


def test_the_first_rule_that_fits_holds() -> None:
    penalty, by_exception = eligibility_table(
        _policy(
            {"categories": ["x"], "ranks": ["high"], "verdict": "preferred", "penalty_km": 1},
            {"categories": ["x"], "ranks": ["high", "low"], "verdict": "forbidden"},
            {"categories": ["x", "y"], "verdict": "allowed", "penalty_km": "2.5"},
        )
    )
    assert penalty.tolist() == [[1000, 2500], [2500, 2500], [INELIGIBLE, 2500]]
    assert by_exception.tolist() == [[0, 1], [1, 1], [0, 1]]


def test_the_default_prefers_leaders_for_children_and_allows_the_others() -> None:
    policy = Policy()
    penalty, by_exception = eligibility_table(policy)
    orphans = penalty[:, policy.categories.index("orphan")]
    assert dict(zip(policy.ranks, orphans.tolist(), strict=True)) == {
        "provincial": 0,
        "bureau": 0,
        "division": 0,
        "section": 60_000,
        "staff": 60_000,
    }
    assert by_exception[:, policy.categories.index("orphan")].tolist() == [0, 0, 0, 1, 1]
    assert not penalty[:, policy.categories.index("destitute_household")].any()


RULE = st.fixed_dictionaries(
    {
        "categories": st.lists(st.sampled_from(CATEGORIES), min_size=1, unique=True),
        "ranks": st.none() | st.lists(st.sampled_from(RANKS), unique=True),
        "verdict": st.sampled_from(["preferred", "allowed", "forbidden"]),
        "penalty_km": st.integers(0, 90),
    }
)


@given(st.lists(RULE, max_size=4))
def test_any_rules_are_read_from_the_first_to_the_last(rules: list[dict[str, Any]]) -> None:
    penalty, by_exception = eligibility_table(_policy(*rules))
    for (row, column), found in np.ndenumerate(penalty):
        fits = [
            rule
            for rule in rules
            if CATEGORIES[column] in rule["categories"]
            and (rule["ranks"] is None or RANKS[row] in rule["ranks"])
        ]
        verdict = fits[0]["verdict"] if fits else "allowed"
        forbidden = verdict == "forbidden"
        assert found == (INELIGIBLE if forbidden else 1000 * fits[0]["penalty_km"] if fits else 0)
        assert by_exception[row, column] == (bool(fits) and verdict == "allowed")
