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
from pairmatch.words.en.names import NAMES

SOURCE = Path(pairmatch.__file__).parent
TREES = {
    path.relative_to(SOURCE).as_posix(): ast.parse(path.read_text(encoding="utf-8"))
    for path in sorted(SOURCE.rglob("*.py"))
    if path.relative_to(SOURCE).parts[0] != "words"
}
ENGLISH = LANGUAGES["en"]
ADVICE = {key for key in ENGLISH.texts if key.startswith("advice.")}
ENGLISH_NOTES = {key.removeprefix("note.") for key in ENGLISH.texts if key.startswith("note.")}
FINDINGS = {key.removeprefix("advice.") for key in ADVICE}
# what takes a kind of finding first, and which of its arguments are no parameters
TAKE_KINDS = {
    "Finding": {"table", "column", "parameters", "rows", "ids", "source"},
    "RefusedError": set(),
    "findings.rows": {"ids"},
    "findings.numbered": set(),
    "findings.table": set(),
    "options.refuse": set(),
    "self.refuse": set(),
}
# said behind what was found, whatever the kind
PLACES = {"attribute", "entry", "line"}
KEY = re.compile(r"[a-z_]+\.[\w ]+")


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
    texts = (ENGLISH.texts[f"{part}.{kind}"] for part in ("found", "advice"))
    return {name for text in texts for _, name, _, _ in Formatter().parse(text) if name}


def test_every_kind_that_is_named_has_words() -> None:
    named = {
        (module, call.args[0].value)
        for module, call, _ in calls()
        if call.args and isinstance(call.args[0], ast.Constant)
    }
    assert len(named) > 60
    assert {one for one in named if one[1] not in FINDINGS} == set()


def test_every_kind_that_has_words_is_named() -> None:
    texts, patterns = written()
    fields = {f"{code}.{kind}" for code in ("bad_policy", "bad_edit") for kind in KINDS.values()}
    assert {
        kind
        for kind in FINDINGS
        if kind not in texts | fields
        and not any(one.fullmatch(kind) for one in patterns if "bad_policy" not in one.pattern)
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


# found by validators of policies alone, and of edits alone
OF_POLICIES = {"order", "repeated", "falling", "label", "unknown_category", "unknown_rank"}
OF_EDITS = {"empty_set"}


@pytest.mark.parametrize("kind", sorted(set(KINDS.values())))
def test_what_pydantic_finds_has_words(kind: str) -> None:
    assert (f"bad_policy.{kind}" in FINDINGS) == (kind not in OF_EDITS)
    assert (f"bad_edit.{kind}" in FINDINGS) == (kind not in OF_POLICIES)


def repairs() -> set[str]:
    """Return the codes of repairs: each has a note, and a finding where it is not wanted."""
    return {
        one.removeprefix("repaired_")
        for one in ENGLISH_NOTES
        if one.startswith("repaired_")
        and f"not_repaired.{one.removeprefix('repaired_')}" in FINDINGS
    }


def test_every_repair_is_made() -> None:
    texts, _ = written()
    assert {code for code in repairs() if code not in texts} == set()


def test_every_note_that_is_named_has_words_and_the_reverse() -> None:
    named = {
        node.args[0].value
        for tree in TREES.values()
        for node in ast.walk(tree)
        if isinstance(node, ast.Call)
        and ast.unparse(node.func).endswith(("findings.note", "findings.note_rows"))
        and isinstance(node.args[0], ast.Constant)
    } | {f"repaired_{code}" for code in repairs()}
    assert named == ENGLISH_NOTES


def test_every_phrase_is_named() -> None:
    texts, _ = written()
    phrases = {key.removeprefix("phrase.") for key in ENGLISH.texts if key.startswith("phrase.")}
    assert phrases <= texts


def pattern(text: ast.JoinedStr) -> str:
    parts = [part.value if isinstance(part, ast.Constant) else "" for part in text.values]
    return "[A-Za-z_]+".join(re.escape(str(part)) for part in parts)


def keys() -> Iterator[tuple[str, bool]]:
    """Yield keys of texts that are asked for, and whether each is a pattern."""
    for tree in TREES.values():
        for node in ast.walk(tree):
            name = ast.unparse(node.func) if isinstance(node, ast.Call) else ""
            if isinstance(node, ast.Call) and name in ("say", "_named", "_ended"):
                for part in (inner for given in node.args for inner in ast.walk(given)):
                    if isinstance(part, ast.JoinedStr):
                        yield pattern(part), True
                    elif isinstance(part, ast.Constant) and KEY.fullmatch(str(part.value)):
                        yield str(part.value), False
            elif isinstance(node, ast.Call) and name == "named":
                yield f"{ast.literal_eval(node.args[0])}\\.[a-z_ ]+", True


def test_every_text_that_is_asked_for_is_there_and_the_reverse() -> None:
    texts, others = written()
    inside = ("help.", "phrase.", "found.", "advice.", "system.", *(f"{part}." for part in NAMES))
    own = {key for key in ENGLISH.texts if not key.startswith(inside)}
    asked = {key for key, is_pattern in keys() if not is_pattern}
    assert asked <= set(ENGLISH.texts)
    patterns = others + [re.compile(key) for key, is_pattern in keys() if is_pattern]
    rest = own - asked - texts
    assert {key for key in rest if not any(one.fullmatch(key) for one in patterns)} == set()


def test_help_has_words_for_every_argument_and_the_reverse() -> None:
    parser = TREES["cli/parser.py"]
    written = {node.value for node in ast.walk(parser) if isinstance(node, ast.Constant)}
    keys = {key.removeprefix("help.") for key in ENGLISH.texts if key.startswith("help.")}
    assert {key for key in keys if key not in written and f"help.{key}" not in written} == set()


def test_names_are_said_by_a_text_or_by_code() -> None:
    parsed = [part for text in ENGLISH.texts.values() for part in Formatter().parse(text)]
    hows = {(how or "").rpartition(":")[2] for _, _, how, _ in parsed}
    named = {key.partition("\\.")[0] for key, is_pattern in keys() if is_pattern}
    assert {part for part in NAMES if part not in hows | named} == set()
    assert "system" in hows


def test_every_error_that_is_raised_has_words_and_the_reverse() -> None:
    raised = {
        part.value
        for tree in TREES.values()
        for node in ast.walk(tree)
        if isinstance(node, ast.Call)
        and ast.unparse(node.func) in ("PlanFileError", "CostRangeError", "StatusError")
        for part in ast.walk(node.args[0])
        if isinstance(part, ast.Constant)
    }
    assert len(raised) > 8
    texts, _ = written()
    errors = {key.removeprefix("error.") for key in ENGLISH.texts if key.startswith("error.")}
    assert raised <= errors <= texts


def test_what_does_not_hold_of_a_plan_has_words_for_its_parameters_and_the_reverse() -> None:
    added = [
        (node.args[-1].value, {keyword.arg for keyword in node.keywords})
        for tree in TREES.values()
        for node in ast.walk(tree)
        if isinstance(node, ast.Call)
        and ast.unparse(node.func) in ("wrong.add", "wrong.when")
        and isinstance(node.args[-1], ast.Constant)
    ]
    texts = {key.removeprefix("wrong."): text for key, text in ENGLISH.texts.items()}
    for key, named in added:
        asked = {name for _, name, _, _ in Formatter().parse(texts[str(key)]) if name}
        assert named == asked, key
    words = {key.removeprefix("wrong.") for key in ENGLISH.texts if key.startswith("wrong.")}
    assert {key for key, _ in added} == words
