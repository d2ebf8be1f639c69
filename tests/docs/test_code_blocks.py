"""What the pages show works: files are written, commands and Python are run, in order."""

import doctest
import shlex
from pathlib import Path
from typing import Any

import pytest

from pairmatch import Policy, Scenario
from pairmatch.cli import main
from pairmatch.tables.office.user_names import UserNames
from tests.docs.pages import PAGES, ROOT, Block, blocks, is_shown
from tests.words.english import english_runs


def name_of(page: Path) -> str:
    return page.relative_to(ROOT).as_posix()


@pytest.mark.parametrize("page", PAGES, ids=name_of)
def test_blocks_of_a_page_work(
    page: Path,
    tmp_path: Path,
    monkeypatch: pytest.MonkeyPatch,
    capsys: pytest.CaptureFixture[str],
) -> None:
    monkeypatch.chdir(tmp_path)
    in_chinese = page.name.endswith(".zh.md")
    if in_chinese:
        speak_chinese(monkeypatch)
    names: dict[str, Any] = {"__name__": "__main__"}
    screen = ""
    for block in blocks(page):
        where = f"{name_of(page)}, line {block.line}"
        if "file" in block.marks:
            file = tmp_path / block.marks["file"]
            file.parent.mkdir(parents=True, exist_ok=True)
            file.write_text(block.text, encoding="utf-8")
        if block.language == "yaml":
            read_yaml(block.text)
        elif block.language in ("python", "pycon"):
            run_python(block, names, where)
        elif block.language == "sh":
            capsys.readouterr()
            run_commands(block, where)
            said = capsys.readouterr()
            screen = said.out + said.err
            assert not in_chinese or english_runs(screen) == [], where
        if "screen" in block.marks:
            assert is_shown(block.text, screen), f"{where}\n{screen}"


def read_yaml(text: str) -> None:
    """Read a scenario, a user's own names, or a policy, as what stands in it says."""
    if "edits:" in text:
        Scenario.from_yaml(text)
    elif "columns:" in text:
        UserNames.from_yaml(text)
    else:
        Policy.from_yaml(text)


def speak_chinese(monkeypatch: pytest.MonkeyPatch) -> None:
    """Make the system one of a reader of Chinese."""
    for name in ("LANGUAGE", "LC_ALL", "LC_MESSAGES"):
        monkeypatch.delenv(name, raising=False)
    monkeypatch.setenv("LANG", "zh_CN.UTF-8")


def run_python(block: Block, names: dict[str, Any], where: str) -> None:
    if ">>>" not in block.text:
        exec(compile(block.text, where, "exec"), names)  # noqa: S102  # our own pages
        return
    example = doctest.DocTestParser().get_doctest(block.text, names, where, where, block.line)
    runner = doctest.DocTestRunner(optionflags=doctest.NORMALIZE_WHITESPACE | doctest.ELLIPSIS)
    said: list[str] = []
    runner.run(example, out=said.append, clear_globs=False)
    names.update(example.globs)
    assert not runner.failures, "".join(said)


def run_commands(block: Block, where: str) -> None:
    expected = int(block.marks.get("exit", "0"))
    for line in block.text.splitlines():
        words = shlex.split(line, comments=True)
        if words[:1] == ["pairmatch"]:
            assert main(words[1:]) == expected, f"{where}: {line}"
