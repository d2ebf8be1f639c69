"""Which language a command speaks, and what argparse says in it."""

import argparse
import ast
import gettext
import os
from argparse import ArgumentParser
from pathlib import Path

import pytest
from babel.messages.pofile import read_po

import pairmatch.words
from pairmatch.cli import main
from pairmatch.cli.language import argparse_speaks, chosen_language, system_language
from pairmatch.cli.parser import build_parser

CATALOGUE = Path(pairmatch.words.__file__).parent / "zh" / "LC_MESSAGES"


@pytest.mark.parametrize(
    ("environment", "language"),
    [
        ({}, "en"),
        ({"LANG": "zh_CN.UTF-8"}, "zh"),
        ({"LANG": "zh"}, "zh"),
        ({"LANG": "zh_CN.GB18030"}, "zh"),
        ({"LANG": "zh_TW.UTF-8"}, "zh"),
        ({"LANG": "en_GB.UTF-8"}, "en"),
        ({"LANG": "de_DE.UTF-8"}, "en"),
        ({"LANG": "C.UTF-8"}, "en"),
        ({"LANG": "zh_CN.UTF-8", "LC_MESSAGES": "en_US.UTF-8"}, "en"),
        ({"LANG": "en_US.UTF-8", "LC_MESSAGES": "zh_CN.UTF-8"}, "zh"),
        ({"LANG": "en_US.UTF-8", "LC_MESSAGES": "en_US.UTF-8", "LC_ALL": "zh_CN.UTF-8"}, "zh"),
        ({"LANG": "zh_CN.UTF-8", "LC_ALL": ""}, "zh"),
        ({"LANG": "zh_CN.UTF-8", "LC_ALL": "C"}, "en"),
        ({"LANG": "en_US.UTF-8", "LANGUAGE": "zh_CN:zh"}, "zh"),
        ({"LANG": "zh_CN.UTF-8", "LANGUAGE": "en"}, "en"),
        ({"LANG": "zh_CN.UTF-8", "LANGUAGE": "fr:de"}, "zh"),
        ({"LC_ALL": "C", "LANGUAGE": "zh"}, "en"),
        ({"LANGUAGE": "zh"}, "en"),
    ],
)
def test_the_environment_chooses_as_for_gettext(
    environment: dict[str, str], language: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("pairmatch.cli.language._of_windows", lambda: "")
    assert system_language(environment) == language


@pytest.mark.parametrize(("of_windows", "language"), [("zh_CN", "zh"), ("de_DE", "en"), ("", "en")])
def test_windows_chooses_where_the_environment_does_not(
    of_windows: str, language: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("pairmatch.cli.language._of_windows", lambda: of_windows)
    assert system_language({}) == language
    assert system_language({"LANG": "en_US"}) == "en"


@pytest.mark.parametrize(
    ("argv", "language"),
    [
        ([], "en"),
        (["--lang", "zh", "check", "x"], "zh"),
        (["check", "x", "--lang=zh"], "zh"),
        (["check", "x", "--lang"], "en"),
        (["--lang", "zh", "check", "x", "--lang", "en"], "en"),
        (["--lang", "fr"], "en"),
        (["explain", "out", "--", "--lang", "zh"], "en"),
    ],
)
def test_an_argument_chooses_wherever_it_stands(argv: list[str], language: str) -> None:
    assert chosen_language(argv, {}) == language


@pytest.mark.parametrize("argv", [["--lang", "zh", "check", "x"], ["check", "x", "--lang", "zh"]])
def test_both_places_give_the_command_its_language(argv: list[str]) -> None:
    assert build_parser().parse_args(argv).lang == "zh"
    assert build_parser("zh").parse_args(["check", "x"]).lang == "zh"


def test_an_unknown_language_is_an_error_of_usage(capsys: pytest.CaptureFixture[str]) -> None:
    with pytest.raises(SystemExit) as ended:
        main(["--lang", "fr", "check", "x"])
    assert ended.value.code == 2
    assert "argument --lang: invalid choice: 'fr'" in capsys.readouterr().err


def test_nothing_is_left_of_the_language_of_argparse(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.delenv("LANGUAGE", raising=False)
    before = gettext.textdomain(), gettext.bindtextdomain("argparse")
    with argparse_speaks("zh"):
        assert ArgumentParser(prog="x").format_usage() == "用法：x [-h]\n"
    assert (gettext.textdomain(), gettext.bindtextdomain("argparse")) == before
    assert "LANGUAGE" not in os.environ
    assert ArgumentParser(prog="x").format_usage() == "usage: x [-h]\n"


def test_the_compiled_catalogue_is_that_of_the_text() -> None:
    with (CATALOGUE / "argparse.po").open("rb") as file:
        written = {message.id: message.string for message in read_po(file) if message.id}
    with (CATALOGUE / "argparse.mo").open("rb") as file:
        compiled = gettext.GNUTranslations(file)
    assert len(written) > 20
    for key, text in written.items():
        if isinstance(key, str):
            assert compiled.gettext(key) == text
        else:
            one, several = key
            assert (compiled.ngettext(one, several, 2),) == text


# of bugs of whoever writes a parser, and of what our commands have none of
NEVER_SAID = {
    "%r is not callable",
    "'required' is an invalid argument for positionals",
    ".__call__() not defined",
    'argument "-" with mode %r',
    "argument '%(argument_name)s' is deprecated",
    "cannot have multiple subparser arguments",
    "cannot merge actions - two groups are named %r",
    "command '%(parser_name)s' is deprecated",
    "conflicting option string: %s",
    "conflicting subparser alias: %s",
    "conflicting subparser: %s",
    "dest= is required for options like %r",
    "invalid choice: %(value)r, maybe you meant %(closest)r? (choose from %(choices)s)",
    "invalid conflict_resolution value: %r",
    "invalid option string %(option)r: must start with a character %(prefix_chars)r",
    "mutually exclusive arguments must be optional",
    "option '%(option)s' is deprecated",
}


def test_whatever_argparse_says_to_people_has_words() -> None:
    tree = ast.parse(Path(argparse.__file__).read_text(encoding="utf-8"))
    said = {
        node.args[0].value
        for node in ast.walk(tree)
        if isinstance(node, ast.Call)
        and ast.unparse(node.func) in ("_", "ngettext")
        and isinstance(node.args[0], ast.Constant)
    }
    with (CATALOGUE / "argparse.po").open("rb") as text:
        known = {
            message.id if isinstance(message.id, str) else message.id[0]
            for message in read_po(text)
        }
    assert len(said) > 20
    assert said - known - NEVER_SAID == set()
