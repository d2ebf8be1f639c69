"""The page on the commands has every command, option, file and exit code."""

import argparse
import re
from pathlib import Path

import pytest

from pairmatch.cli import main
from pairmatch.cli.answer import ExitCode
from pairmatch.cli.parser import build_parser
from tests.docs.markdown_tables import REFERENCE
from tests.docs.pages import ROOT

PAGE = REFERENCE / "commands.md"
USAGES = re.findall(r"^`pairmatch ([\w-]+)(| .*)`$", PAGE.read_text(encoding="utf-8"), re.MULTILINE)


def commands() -> dict[str, argparse.ArgumentParser]:
    # argparse has no public way to its commands
    action = next(
        action
        for action in build_parser()._actions
        if isinstance(action, argparse._SubParsersAction)
    )
    return dict(action.choices)


def options(usage: str) -> list[str]:
    return sorted(re.findall(r"(?<![\w-])--?[a-z-]+", usage))


def test_every_command_is_listed_once_in_order() -> None:
    assert [name for name, _ in USAGES] == list(commands())


@pytest.mark.parametrize(("name", "usage"), USAGES)
def test_options_are_those_of_the_command(name: str, usage: str) -> None:
    common = {"-h", "--json", "--lang"}
    real = commands()[name].format_usage()
    assert options(usage) == [option for option in options(real) if option not in common]


@pytest.mark.parametrize("page", [PAGE, ROOT / "README.md"], ids=lambda page: page.name)
def test_exit_codes_are_those_of_the_code(page: Path) -> None:
    said = re.findall(r"^\| (\d) \| \w.+ \|$", page.read_text(encoding="utf-8"), re.MULTILINE)
    assert [int(code) for code in said] == list(ExitCode)


def test_generate_writes_the_files_that_are_named(tmp_path: Path) -> None:
    where = tmp_path / "province"
    asked = ["generate", str(where), "--scale", "0.005", "--incumbents", "0.5"]
    assert main(asked) == ExitCode.DONE
    text = PAGE.read_text(encoding="utf-8")
    said = set(re.findall(r"`(\w+\.(?:parquet|yaml|md))`", text)) - {"summary.json", "summary.md"}
    assert said == {path.name for path in where.iterdir()}
