"""Causes of chains from what they change on each level."""

import numpy as np
import pytest

from pairmatch.explain.causes import CAUSES, chain_causes, pair_causes


@pytest.mark.parametrize(
    ("levels", "only_adds", "cause"),
    [
        ([0, -1, 5], False, "gain"),
        ([-1, 9, 9], False, "gain"),
        ([0, 0, 0], False, "tie"),
        ([0, 0, 0], True, "gain"),
        ([0, 1, -9], False, "loss"),
        ([0, 0, 1], True, "loss"),
    ],
)
def test_the_first_level_that_changes_decides(
    levels: list[int], only_adds: bool, cause: str
) -> None:
    one = np.array([only_adds])
    changes = np.array(levels)[:, None]
    assert CAUSES[chain_causes(np.array([False]), changes, one)[0]] == cause
    assert CAUSES[chain_causes(np.array([True]), changes, one)[0]] == "forced"


def test_what_is_not_forced_in_a_forced_chain_is_a_cascade() -> None:
    of_chain = np.array([CAUSES.index(name) for name in ("forced", "forced", "gain", "tie")])
    causes = pair_causes(of_chain, np.array([True, False, False, False]))
    assert [CAUSES[cause] for cause in causes] == ["forced", "cascade", "gain", "tie"]
