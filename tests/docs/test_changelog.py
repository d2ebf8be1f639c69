"""What changed reaches the changelog, and the changelog has the version."""

import re
import tomllib

from tests.docs.pages import ROOT

SETTINGS = tomllib.loads((ROOT / "pyproject.toml").read_text(encoding="utf-8"))


def test_every_fragment_has_a_name_that_is_collected() -> None:
    kinds = [kind["directory"] for kind in SETTINGS["tool"]["towncrier"]["type"]]
    name = re.compile(rf"(\d+|\+\w*)\.({'|'.join(kinds)})(\.\w+)?\.md")
    found = [path.name for path in (ROOT / "changes").iterdir()]
    assert "README.md" in found
    assert [one for one in found if one != "README.md" and not name.fullmatch(one)] == []


def test_the_newest_section_is_that_of_the_version() -> None:
    text = (ROOT / "CHANGELOG.md").read_text(encoding="utf-8")
    sections = re.findall(r"^## (\S+) \((\d{4}-\d\d-\d\d)\)$", text, flags=re.MULTILINE)
    assert sections[0][0] == SETTINGS["project"]["version"]
    # newest first
    assert sections == sorted(sections, key=lambda section: section[1], reverse=True)
