"""The page on the API has every public name."""

import re

import pytest

import pairmatch
import pairmatch.flow
from tests.docs.markdown_tables import REFERENCE

TEXT = (REFERENCE / "api.md").read_text(encoding="utf-8")
SHOWN = {path.rpartition(".")[2] for path in re.findall(r"(?:auto\w+|py:data):: ([\w.]+)", TEXT)}
ERRORS = {name for name in pairmatch.__all__ if name.endswith("Error")}


@pytest.mark.parametrize("name", sorted({*pairmatch.__all__} - ERRORS - {"__version__"}))
def test_public_names_are_shown(name: str) -> None:
    assert name in SHOWN


def test_all_errors_are_shown_with_their_module() -> None:
    assert "automodule:: pairmatch.errors" in TEXT
    assert {getattr(pairmatch, name).__module__ for name in ERRORS} == {"pairmatch.errors"}


@pytest.mark.parametrize("name", pairmatch.flow.__all__)
def test_names_of_the_flow_room_are_shown(name: str) -> None:
    assert name in SHOWN
