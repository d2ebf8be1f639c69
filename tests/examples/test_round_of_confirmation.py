"""The round of confirmation: every trap is named, and the next plan has what units have said."""

import runpy
from functools import cache
from pathlib import Path
from typing import Any

import pairmatch as pm

SCRIPT = Path(__file__).parents[2] / "examples" / "round_of_confirmation.py"
SCALE = 0.005


@cache
def script() -> dict[str, Any]:
    return runpy.run_path(str(SCRIPT))


@cache
def made() -> Any:
    return script()["main"](SCALE)


def test_nothing_is_wrong() -> None:
    assert set(script()["wrong"](made()).values()) == {0}


def test_every_trap_was_set() -> None:
    codes = {code for _, code in made().back.traps}
    assert codes == {
        "answer_contradictory",
        "answer_missing_column",
        "answer_missing_rows",
        "answer_no_digest",
        "answer_no_list",
        "answer_not_understood",
        "answer_other_plan",
        "answer_repeated",
        "answer_undecided",
        "answer_unknown_pair",
    }
    named = {finding.code for finding in made().answers.findings}
    assert named == codes


def test_the_next_plan_is_proven_and_says_what_became_of_the_answers() -> None:
    round_ = made()
    round_.after.verify()
    assert round_.after.status is pm.Status.OPTIMAL
    counts, since = round_.answers.counts, round_.after.round_status().since
    assert counts["confirmed"] > 500
    assert counts["rejected"] > 50
    assert since["confirmed"] == since["confirmed_stand"] == counts["confirmed"]
    assert since["rejected"] == counts["rejected"]
    assert since["rejected_back"] == 0
    assert round_.before.round_status(round_.answers).counts["open"] == counts["open"]
