from tests.docs.pages import ROOT, Block, blocks


def shells() -> list[Block]:
    return [block for block in blocks(ROOT / "README.md") if block.language == "sh"]


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
