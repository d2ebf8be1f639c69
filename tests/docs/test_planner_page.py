"""The planner's page in Chinese quotes what `check` says of its table that is wrong."""

import re
from pathlib import Path

import pytest

from pairmatch import InputError, read_problem
from tests.docs.pages import ROOT, blocks

PAGE = ROOT / "docs" / "howto" / "planner.zh.md"


def test_the_failure_is_quoted_as_it_is_shown(tmp_path: Path) -> None:
    for block in blocks(PAGE):
        if block.marks.get("file", "").startswith("wrong/"):
            name = Path(block.marks["file"]).name
            (tmp_path / name).write_text(block.text, encoding="utf-8")
    with pytest.raises(InputError) as raised:
        read_problem(tmp_path)
    quoted = re.search(r"会看到 `([^`]+)`", PAGE.read_text(encoding="utf-8"))
    assert quoted is not None
    assert quoted[1] in str(raised.value)
