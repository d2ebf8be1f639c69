"""Reports in a language other than English have no English in them.

The other language is English in brackets: what stands outside of brackets was said in passing.
"""

import pytest
from tests.proof.base_plans import CASES, base_plan

from pairmatch import InputError, Problem, Status
from pairmatch.diagnosis.reasons import details
from pairmatch.model.reasons import REASONS
from pairmatch.report.examples import examples_text
from pairmatch.report.figures import figures_text
from pairmatch.report.problem import problem_text
from pairmatch.report.text import summary_text
from pairmatch.words import LANGUAGES, Language

ENGLISH = LANGUAGES["en"]
BRACKETS = Language(
    # names are other ones here, and said by their codes alone, as in English
    {key: f"[{text}]" for key, text in ENGLISH.texts.items()} | {"finding.called": "[{code}]"},
    ENGLISH.write,
    ENGLISH.separator,
    ENGLISH.quoted,
)


@pytest.fixture(autouse=True)
def other(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setitem(LANGUAGES, "other", BRACKETS)


def outside(text: str) -> str:
    """Return what stands in no bracket."""
    depth, left = 0, []
    for letter in text:
        depth += (letter == "[") - (letter == "]")
        left.append(letter if depth == 0 else "")
    return "".join(left)


def english_in(text: str) -> str:
    return "".join(letter for letter in outside(text).replace("km", "") if letter.isalpha())


def without_brackets(text: str) -> list[str]:
    """Return the words; columns are aligned otherwise."""
    return text.replace("[", "").replace("]", "").split()


@pytest.mark.parametrize("name", [*CASES, "stopped", "unsolved"])
def test_a_plan_is_said_in_one_language(name: str) -> None:
    plan = base_plan(name)
    text = summary_text(plan, "other")
    assert english_in(text) == ""
    assert without_brackets(text) == summary_text(plan).split()
    for said in details(plan.unmatched, "other").to_pylist():
        assert english_in(said) == ""
    if plan.diagnosis is not None:
        assert english_in(plan.diagnosis.text("other")) == ""


def test_a_diff_is_said_in_one_language() -> None:
    before, after = base_plan("roomy"), base_plan("shortage")
    for diff in (before.diff(after), after.diff(before), before.diff(before)):
        text = diff.text("other")
        assert without_brackets(text) == diff.text().split()
        ids = diff.changes.column("recipient_id").to_pylist()
        for name in ("cadre_before", "cadre_after", "category"):
            ids += diff.changes.column(name).to_pylist()
        for name in ("area", "name"):
            ids += diff.by_area.column(name).to_pylist()
        for one in sorted({*ids, "OPTIMAL"} - {None}, key=len, reverse=True):
            text = text.replace(one, "")
        assert english_in(text) == ""


def test_tables_and_figures_are_said_in_one_language() -> None:
    plan = base_plan("roomy")
    assert english_in(problem_text(plan.problem, "other")) == ""
    assert english_in(figures_text(plan.verify(), "other")) == ""
    assert english_in(examples_text([], "other")[0]) == ""


def test_failures_are_said_in_one_language() -> None:
    with pytest.raises(InputError) as caught:
        Problem.from_tables(
            cadres={"cadre_id": ["c1", "c1"], "unit_id": ["u", "u"], "rank": ["x", "staff "]},
            recipients={"recipient_id": ["r1"], "category": ["orphan"], "lon": [200], "lat": [1]},
            policy={"speed": 1},
        )
    for finding in caught.value.findings:
        assert [english_in(part) for part in finding.words("other")] == ["", ""]
    text = caught.value.text("other")
    assert without_brackets(text) == str(caught.value).split()


@pytest.mark.parametrize("status", list(Status))
def test_a_status_is_said_in_one_language(status: Status) -> None:
    assert english_in(status.text("other")) == ""


def test_every_reason_has_a_name() -> None:
    assert all(f"reason_name.{reason}" in ENGLISH.texts for reason in REASONS)
