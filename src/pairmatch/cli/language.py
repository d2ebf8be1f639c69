"""Which language a command speaks, and argparse with it."""

import gettext
import locale
import os
import sys
from argparse import ArgumentParser
from collections.abc import Iterator, Mapping, Sequence
from contextlib import contextmanager
from pathlib import Path

import pairmatch.words
from pairmatch.words import LANGUAGES

ENGLISH = "en"
_OPTION = "--lang"
_DOMAIN = "argparse"
_CATALOGUES = Path(pairmatch.words.__file__).parent


def chosen_language(argv: Sequence[str], environment: Mapping[str, str] = os.environ) -> str:
    """Return the language that arguments ask for, or else that of the system.

    It has to be known before the arguments are parsed: help and errors of usage are in it too.

    Parameters
    ----------
    argv
        The arguments after the program's name.
    environment
        Variables of the environment.
    """
    asking = ArgumentParser(add_help=False)
    asking.add_argument(_OPTION, nargs="?")
    asked = asking.parse_known_args(argv)[0].lang
    return asked if asked in LANGUAGES else system_language(environment)


def system_language(environment: Mapping[str, str] = os.environ) -> str:
    """Return the first language of the environment that there are words in, or English.

    Variables count as they do for gettext: LC_ALL, then LC_MESSAGES, then LANG; LANGUAGE has
    several, and counts unless the locale is C. Where there is none, Windows knows what its user
    reads.
    """
    names = (environment.get(name, "") for name in ("LC_ALL", "LC_MESSAGES", "LANG"))
    chosen = next((name for name in names if name), "") or _of_windows()
    if chosen.partition(".")[0] in ("", "C", "POSIX"):
        return ENGLISH
    for name in [*environment.get("LANGUAGE", "").split(":"), chosen]:
        language = name.partition("_")[0].partition(".")[0].partition("-")[0].lower()
        if language in LANGUAGES:
            return language
    return ENGLISH


def _of_windows() -> str:
    if sys.platform == "win32":
        import ctypes  # noqa: PLC0415  # where it is needed

        return locale.windows_locale.get(ctypes.windll.kernel32.GetUserDefaultUILanguage(), "")
    return ""


@contextmanager
def argparse_speaks(language: str) -> Iterator[None]:
    """Let argparse speak a language meanwhile, by gettext, as its documentation says.

    gettext takes the language from the environment, and its domain is the process's: both are put
    back.
    """
    if language == ENGLISH:
        yield
        return
    domain, folder = gettext.textdomain(), gettext.bindtextdomain(_DOMAIN)
    before = os.environ.get("LANGUAGE")
    try:
        gettext.bindtextdomain(_DOMAIN, str(_CATALOGUES))
        gettext.textdomain(_DOMAIN)
        os.environ["LANGUAGE"] = language
        yield
    finally:
        gettext.textdomain(domain)
        gettext.bindtextdomain(_DOMAIN, folder)
        if before is None:
            del os.environ["LANGUAGE"]
        else:
            os.environ["LANGUAGE"] = before
