"""Whatever public says something says it in Chinese too, and refuses a language without words."""

import inspect
import re
from collections.abc import Callable, Iterator
from dataclasses import replace
from functools import cache
from typing import Any

import numpy as np
import pytest
from tests.proof.base_plans import base_plan
from tests.words.english import english_runs

import pairmatch
from pairmatch import (
    CertificateError,
    CostRangeError,
    Doubt,
    FlowRangeError,
    InputError,
    Note,
    OptionError,
    PairmatchError,
    PlanFileError,
    Plots,
    Problem,
    Scenario,
    StatusError,
    solve,
)
from pairmatch.diagnosis import Cure
from pairmatch.lists.answers import answers_in


def raised(kind: type[PairmatchError], call: Callable[[], object]) -> PairmatchError:
    with pytest.raises(kind) as caught:
        call()
    return caught.value


@cache
def speakers() -> list[Any]:
    """Return one of everything that is public and says something."""
    short, clash = base_plan("shortage"), base_plan("every reason")
    assert short.diagnosis is not None
    assert clash.diagnosis is not None
    shortage = short.diagnosis.shortages[0]
    banned = next(
        explanation
        for recipient in clash.unmatched.column("recipient_id").to_pylist()
        for cadre in clash.problem.cadres.column("cadre_id").to_pylist()
        if (explanation := clash.explain(recipient, cadre)).by_rule
    )
    (rule, *_) = banned.by_rule
    refused = raised(InputError, lambda: Problem.from_tables(cadres={}, recipients={}))
    assert isinstance(refused, InputError)
    return [
        short,
        short.plot,
        short.status,
        short.diagnosis,
        shortage,
        Cure("capacity", 1, places=(("c1", 1),)),
        Doubt("retired_area", "areas", np.zeros(1, dtype=np.int64), {"names": (), "more": 0}),
        Note("no_rows", "cadres", rows=(1, 2), count=2),
        banned,
        banned.asked,
        rule,
        rule.change,
        short.diff(base_plan("roomy")),
        replace(answers_in(short, Scenario(edits=())), notes=(Note("no_rows", "cadres"),)),
        short.round_status(),
        refused,
        refused.findings[0],
        raised(OptionError, lambda: solve(short.problem, threads=0)),
        CertificateError([("pair_twice", {})]),
        PlanFileError("nowhere"),
        CostRangeError("dear_pair", {"cost": 1, "most": 2}),
        raised(StatusError, base_plan("stopped").raise_for_status),
    ]


def methods(kind: type) -> Iterator[str]:
    """Yield methods that say something in a language, without being given more."""
    for name, member in inspect.getmembers(kind, inspect.isfunction):
        others = list(inspect.signature(member).parameters.values())[1:]
        names = {one.name for one in others if one.default is not one.empty}
        if not name.startswith("_") and "language" in names and len(names) == len(others):
            yield name


ALL = [
    (one, name)
    for one in [getattr(pairmatch, name) for name in pairmatch.__all__]
    if inspect.isclass(one)
    for name in methods(one)
]


def speaker(kind: type) -> Any:
    return next(one for one in speakers() if type(one) is kind)


@pytest.mark.parametrize(("kind", "method"), ALL, ids=lambda one: getattr(one, "__name__", one))
def test_a_language_without_words_is_refused(kind: type, method: str) -> None:
    if kind in (PairmatchError, FlowRangeError):
        say: Callable[..., object] = kind("of arrays").text
    else:
        say = getattr(speaker(kind), method)
    with pytest.raises(OptionError) as caught:
        say(language="fr")
    (finding,) = caught.value.findings
    assert (finding.kind, finding.column) == ("unknown_name", "language")
    assert finding.advice == "choose one of en, zh"
    with pytest.raises(OptionError, match=r"int, not a name"):
        say(language=5)


@pytest.mark.parametrize(
    ("kind", "method"),
    # what plots say depends on fonts: tests/report/plots/test_lettering.py
    [one for one in ALL if one[0] not in (PairmatchError, FlowRangeError, Plots)],
    ids=lambda one: getattr(one, "__name__", one),
)
def test_what_is_said_in_chinese_has_no_english(kind: type, method: str) -> None:
    said = getattr(speaker(kind), method)(language="zh")
    texts = list(strings(said if isinstance(said, dict | str | tuple) else list(said)))
    assert any(re.search("[\u4e00-\u9fff]", text) for text in texts)
    assert [run for text in texts for run in english_runs(text)] == []


def strings(value: object) -> Iterator[str]:
    if isinstance(value, str):
        yield value
    elif isinstance(value, dict):
        for inside in value.values():
            yield from strings(inside)
    elif isinstance(value, list | tuple):
        for inside in value:
            yield from strings(inside)
    elif value is not None and not isinstance(value, int | float):
        yield from strings(list(vars(value).values()))
