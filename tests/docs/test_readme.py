import re
from pathlib import Path

import pytest

from pairmatch.cli import main
from tests.docs.pages import ROOT, Block, blocks, is_shown

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


SAMPLES = [block for block in blocks(README) if "sample" in block.marks]


@pytest.mark.parametrize("sample", SAMPLES, ids=lambda sample: sample.marks["sample"])
def test_a_sample_is_what_the_demo_prints(
    sample: Block,
    capsys: pytest.CaptureFixture[str],
    tmp_path: Path,
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    monkeypatch.setattr("tempfile.tempdir", str(tmp_path))
    command = sample.marks["sample"].split()
    assert command[0] == "pairmatch"
    assert main(command[1:]) == 0
    assert is_shown(sample.text, capsys.readouterr().out)


def test_there_is_a_sample_in_each_language() -> None:
    english, chinese = SAMPLES
    assert "Examples of pairs (made-up people)" in english.text
    assert "结对举例（人是虚构的）" in chinese.text


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
