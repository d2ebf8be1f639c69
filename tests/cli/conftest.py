"""Small folders of tables, and a way to run a command and read its JSON."""

import json
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest

from pairmatch.cli import main

CADRES = "cadre_id,unit_id,rank,capacity,min_load\nc1,u1,division,1,0\nc2,u1,staff,1,0\n"
RECIPIENTS = "recipient_id,category,area\nr1,orphan,a\nr2,severely_disabled,a\n"

Run = Callable[..., tuple[int, dict[str, Any]]]


@pytest.fixture
def tables(tmp_path: Path) -> Path:
    """Two cadres and two recipients, one place each."""
    folder = tmp_path / "tables"
    folder.mkdir()
    (folder / "cadres.csv").write_text(CADRES, encoding="utf-8")
    (folder / "recipients.csv").write_text(RECIPIENTS, encoding="utf-8")
    return folder


@pytest.fixture
def run(capsys: pytest.CaptureFixture[str]) -> Run:
    """Run a command with --json; return its exit code and the one object that it printed."""

    def run_json(*arguments: object) -> tuple[int, dict[str, Any]]:
        capsys.readouterr()
        code = main([*map(str, arguments), "--json"])
        document = json.loads(capsys.readouterr().out)
        assert isinstance(document, dict)
        return code, document

    return run_json


def names_in(folder: Path) -> set[str]:
    """Return the names of everything in a folder, hidden things too."""
    return {entry.name for entry in folder.iterdir()}
