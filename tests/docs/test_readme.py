import re
from pathlib import Path

import pytest

from pairmatch.cli import main
from tests.docs.pages import ROOT, Block, blocks

README = ROOT / "README.md"


def shells() -> list[Block]:
    return [block for block in blocks(README) if block.language == "sh"]


def test_the_readme_opens_with_two_commands_of_one_line() -> None:
    demo, tests = shells()[:2]
    assert demo.marks == {"command": "demo"}
    assert tests.marks == {"command": "tests"}
    assert demo.text.count("\n") == tests.text.count("\n") == 1
    assert "pairmatch demo" in demo.text
    assert "pytest" in tests.text


def test_the_chinese_section_gives_the_same_commands() -> None:
    texts = [block.text for block in shells()]
    assert texts[2:] == texts[:2]


def test_nothing_installs_the_other_project_of_the_same_name() -> None:
    pages = [ROOT / "README.md", ROOT / "CONTRIBUTING.md", *(ROOT / "docs").rglob("*.md")]
    for page in pages:
        assert "pip install pairmatch " not in page.read_text(encoding="utf-8") + " "


def test_the_sample_is_what_the_demo_prints(
    capsys: pytest.CaptureFixture[str], tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("tempfile.tempdir", str(tmp_path))
    (sample,) = [block for block in blocks(README) if "sample" in block.marks]
    command = sample.marks["sample"].split()
    assert command[0] == "pairmatch"
    assert main(command[1:]) == 0
    printed = iter(capsys.readouterr().out.splitlines())
    # what differs from run to run is left out of the sample: a path, or whole lines
    for shown in sample.text.splitlines():
        begins, dots, _ = shown.partition("...")
        if begins or not dots:
            assert any(line.startswith(begins) if dots else line == shown for line in printed), (
                shown
            )
    assert "Examples of pairs (made-up people)" in sample.text


def test_environments_are_activated_on_both_kinds_of_systems() -> None:
    for language, activation in (
        ("bash", "source .venv/bin/activate"),
        ("powershell", ".venv\\Scripts\\Activate.ps1"),
    ):
        texts = [block.text for block in blocks(README) if block.language == language]
        # in English and in Chinese
        assert len(texts) == 2
        assert len(set(texts)) == 1
        assert activation in texts[0].splitlines()


def test_links_lead_somewhere() -> None:
    links = re.findall(r"\]\(([^)#]+)\)", README.read_text(encoding="utf-8"))
    inside = [link for link in links if "://" not in link]
    assert len(inside) > 20
    assert [link for link in inside if not (ROOT / link).is_file()] == []
