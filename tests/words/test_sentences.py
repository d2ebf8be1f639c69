"""No module outside of the catalogue holds a sentence for people."""

import ast
import re
from collections.abc import Iterator

from tests.words.test_kinds import TREES

SENTENCE = re.compile(r"[a-z]{2,}[,;:]? [a-z]{2,}")

# where there are sentences all the same, and why
ELSEWHERE = {
    "_second_process.py": "the program of the second process",
    "flow/": "of arrays: for whoever calls the flow room by itself",
    "model/levels.py": "names of what a unit costs on a level",
    "model/quoting_nothing.py": "pydantic's messages of rows and policies made in Python",
    "model/row.py": "pydantic's messages of rows made in Python",
    "model/shown_names.py": "a list of surnames",
    "transport/levels.py": "how a solve started, in its statistics",
    "plan/unsolved.py": "how a solve started, in its statistics",
    "synth/": "what a synthetic province is made of",
    "tables/digest.py": "what a digest begins with",
    "tables/office/layout.py": "what rows are called that are none of a table",
    "tables/office/parts.py": "names of sheets",
    "tables/office/synonyms.py": "lists of names",
    "tables/office/value_synonyms.py": "lists of names",
    "tables/personal_columns.py": "lists of words",
}
# of bugs of our own, and what other libraries take over
FOR_PROGRAMMERS = {"RuntimeError", "ValueError", "TypeError", "AttributeError"}


def overlooked(tree: ast.Module) -> Iterator[ast.AST]:
    """Yield docstrings, what is logged, representations, and errors that are bugs."""
    for node in ast.walk(tree):
        called = node.exc if isinstance(node, ast.Raise) else node
        name = ast.unparse(called.func) if isinstance(called, ast.Call) else ""
        if (
            (isinstance(node, ast.Expr) and isinstance(node.value, ast.Constant))
            or name.startswith("_log.")
            or name == "once"
            or (isinstance(node, ast.keyword) and node.arg == "doc")
            or (isinstance(node, ast.Raise) and name in FOR_PROGRAMMERS)
            or (isinstance(node, ast.FunctionDef) and node.name == "__repr__")
            or (isinstance(node, ast.Assign) and ast.unparse(node.targets[0]) == "text")
        ):
            yield from ast.walk(node)


def sentences(tree: ast.Module) -> Iterator[str]:
    others = set(map(id, overlooked(tree)))
    for node in ast.walk(tree):
        text = ""
        if isinstance(node, ast.Constant) and isinstance(node.value, str):
            text = node.value
        elif isinstance(node, ast.JoinedStr):
            parts = [part.value if isinstance(part, ast.Constant) else "#" for part in node.values]
            text = "".join(map(str, parts))
        if id(node) not in others and SENTENCE.search(text):
            yield text


def test_sentences_stand_in_the_catalogue_alone() -> None:
    found = {
        (module, text)
        for module, tree in TREES.items()
        for text in sentences(tree)
        if not any(module.startswith(other) for other in ELSEWHERE)
    }
    assert found == set()


def test_whatever_is_excepted_is_there() -> None:
    with_sentences = {module for module, tree in TREES.items() if any(sentences(tree))}
    for other in ELSEWHERE:
        assert any(module.startswith(other) for module in with_sentences), other
