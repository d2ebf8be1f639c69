"""Every kind of finding that the source names has words, all of which are used."""

import ast
import re
from collections.abc import Iterator
from pathlib import Path
from string import Formatter

import pytest

import pairmatch
from pairmatch.model.policy_errors import KINDS
from pairmatch.words import LANGUAGES

SOURCE = Path(pairmatch.__file__).parent
TREES = {
    path.relative_to(SOURCE).as_posix(): ast.parse(path.read_text(encoding="utf-8"))
    for path in sorted(SOURCE.rglob("*.py"))
    if path.relative_to(SOURCE).parts[0] != "words"
}
ENGLISH = LANGUAGES["en"]
# what takes a kind of finding first, and which of its arguments are no parameters
TAKE_KINDS = {
    "Finding": {"table", "column", "parameters", "rows", "ids"},
    "RefusedError": set(),
    "findings.rows": {"ids"},
    "findings.numbered": set(),
    "findings.table": set(),
    "options.refuse": set(),
    "self.refuse": set(),
}
# said behind what was found, whatever the kind
PLACES = {"attribute", "entry", "line"}


def calls() -> Iterator[tuple[str, ast.Call, set[str]]]:
    """Yield each call that names a kind of finding, with the names that are no parameters."""
    for module, tree in TREES.items():
        for node in ast.walk(tree):
            name = ast.unparse(node.func) if isinstance(node, ast.Call) else ""
            for taker, others in TAKE_KINDS.items():
                if isinstance(node, ast.Call) and re.search(rf"(^|\.){re.escape(taker)}$", name):
                    yield module, node, others


def written() -> tuple[set[str], list[re.Pattern[str]]]:
    """Return all texts in the source, and patterns for those that are put together."""
    texts: set[str] = set()
    patterns = []
    for tree in TREES.values():
        for node in ast.walk(tree):
            if isinstance(node, ast.Constant) and isinstance(node.value, str):
                texts.add(node.value)
            elif isinstance(node, ast.JoinedStr):
                parts = [
                    part.value if isinstance(part, ast.Constant) else "" for part in node.values
                ]
                if any(re.fullmatch(r"\w+\.|\.?\w+|\.\w+\.?", str(part)) for part in parts if part):
                    patterns.append(re.compile("[a-z_]+".join(re.escape(str(p)) for p in parts)))
    return texts, patterns


def placeholders(kind: str) -> set[str]:
    texts = ENGLISH.findings[kind]
    return {name for text in texts for _, name, _, _ in Formatter().parse(text) if name}


def test_every_kind_that_is_named_has_words() -> None:
    named = {
        (module, call.args[0].value)
        for module, call, _ in calls()
        if call.args and isinstance(call.args[0], ast.Constant)
    }
    assert len(named) > 60
    assert {one for one in named if one[1] not in ENGLISH.findings} == set()


def test_every_kind_that_has_words_is_named() -> None:
    texts, patterns = written()
    policy = {f"bad_policy.{kind}" for kind in KINDS.values()}
    assert {
        kind
        for kind in ENGLISH.findings
        if kind not in texts | policy
        and not any(
            pattern.fullmatch(kind) for pattern in patterns if "bad_policy" not in pattern.pattern
        )
    } == set()


def test_parameters_that_are_stored_are_those_that_the_words_ask_for() -> None:
    seen = 0
    for module, call, others in calls():
        named = {keyword.arg for keyword in call.keywords} - others
        first = call.args[0] if call.args else None
        if not isinstance(first, ast.Constant) or None in named or len(call.args) > 4:
            continue
        if ast.unparse(call.func) == "Finding" and len(call.args) > 3:
            continue
        kind = first.value
        assert isinstance(kind, str)
        assert named - PLACES == placeholders(kind), f"{module}: {kind}"
        seen += 1
    assert seen > 40


@pytest.mark.parametrize("kind", sorted({f"bad_policy.{kind}" for kind in KINDS.values()}))
def test_what_pydantic_finds_has_words(kind: str) -> None:
    assert kind in ENGLISH.findings


def test_every_note_that_is_named_has_words_and_the_reverse() -> None:
    named = {
        node.args[0].value
        for tree in TREES.values()
        for node in ast.walk(tree)
        if isinstance(node, ast.Call)
        and ast.unparse(node.func).endswith(("findings.note", "findings.note_rows"))
        and isinstance(node.args[0], ast.Constant)
    }
    notes = {key.removeprefix("note.") for key in ENGLISH.texts if key.startswith("note.")}
    assert named == notes


def test_every_phrase_is_named() -> None:
    texts, _ = written()
    phrases = {key.removeprefix("phrase.") for key in ENGLISH.texts if key.startswith("phrase.")}
    assert phrases <= texts
