"""The page on failures lists exactly the codes that the source uses."""

import ast
import re
from collections.abc import Iterator

from pairmatch.model.notes import WORDS
from tests.docs.pages import ROOT

PAGE = (ROOT / "docs" / "reference" / "failures.md").read_text(encoding="utf-8")
SOURCES = [
    ast.parse(path.read_text(encoding="utf-8"))
    for path in sorted((ROOT / "src" / "pairmatch").rglob("*.py"))
]
CODE = re.compile(r"[a-z]+(_[a-z]+)+")

# functions that take a code, and the position at which they take it
TAKE_CODES = {
    "Finding": 0,
    "_finding": 0,
    "rows": 0,
    "table": 0,
    "numbered": 0,
    "known": 2,
    "refuse": 0,
    "RefusedError": 0,
}


def calls() -> Iterator[tuple[str, ast.Call]]:
    for tree in SOURCES:
        for node in ast.walk(tree):
            if isinstance(node, ast.Call):
                name = getattr(node.func, "attr", getattr(node.func, "id", ""))
                yield name, node


def written(node: ast.AST) -> set[str]:
    """Return the codes that are written in an expression, or that a pattern in it stands for."""
    patterns = [inner for inner in ast.walk(node) if isinstance(inner, ast.JoinedStr)]
    if patterns:
        # the one name that is put together: which id is not known
        assert [ast.unparse(one)[2:11] for one in patterns] == ["unknown_{"]
        return {"unknown_cadre", "unknown_recipient"}
    texts = (inner.value for inner in ast.walk(node) if isinstance(inner, ast.Constant))
    return {text for text in texts if isinstance(text, str) and CODE.fullmatch(text)}


def codes_of_failures() -> set[str]:
    found: set[str] = set()
    for name, call in calls():
        # a finding says code, place, what was found and what to do; other calls say less
        if name in TAKE_CODES and len(call.args) + len(call.keywords) > 2:
            position = TAKE_CODES[name]
            given = [keyword.value for keyword in call.keywords if keyword.arg == "code"]
            given += call.args[position : position + 1]
            for node in given:
                found |= written(node)
    return found


def codes_of_notes() -> set[str]:
    return {
        code
        for name, call in calls()
        if name in ("note", "note_rows") and call.args
        for code in written(call.args[0])
    }


def listed(part: str) -> list[str]:
    return re.findall(r"^\| `([a-z_]+)` \|", part, flags=re.MULTILINE)


def test_the_page_lists_exactly_the_codes_of_failures() -> None:
    codes = listed(PAGE.partition("## Notes")[0])
    assert len(codes) == len(set(codes))
    assert set(codes) == codes_of_failures()


def test_the_page_lists_exactly_the_codes_of_notes() -> None:
    codes = listed(PAGE.partition("## Notes")[2])
    assert len(codes) == len(set(codes))
    assert set(codes) == codes_of_notes()


def test_every_note_has_its_words() -> None:
    assert set(WORDS) == codes_of_notes()


def test_every_code_says_what_it_means_and_what_to_do() -> None:
    for line in PAGE.splitlines():
        if line.startswith("| `"):
            assert all(cell.strip() for cell in line.strip("|").split(" | "))
