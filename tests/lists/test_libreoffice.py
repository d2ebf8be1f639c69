"""Lists opened by LibreOffice: every row is there, and every page is A4 across."""

import re
import shutil
import subprocess
from pathlib import Path

import openpyxl
import pytest

import pairmatch as pm
from tests.lists.test_hand_out import HOSTILE, opened
from tests.tables.good import good_tables


@pytest.fixture(scope="session")
def folders(tmp_path_factory: pytest.TempPathFactory) -> tuple[Path, Path]:
    """Return a folder of lists, and one with what LibreOffice made of them."""
    program = shutil.which("soffice")
    if program is None:
        pytest.skip("LibreOffice is not installed")
    where = tmp_path_factory.mktemp("lists")
    tables = good_tables()
    tables["recipients"]["remark"] = [*HOSTILE[:3], HOSTILE[4]]
    plan = pm.solve(pm.Problem.from_tables(**tables, attributes=["remark"]), threads=1)
    plan.workbooks(where / "out", "unit", "zh")
    files = sorted(map(str, (where / "out").glob("*.xlsx")))
    profile = f"-env:UserInstallation={(where / 'profile').as_uri()}"
    for kind in ("xlsx", "pdf"):
        asked = ["--headless", "--convert-to", kind, "--outdir", str(where / "back")]
        subprocess.run(
            [program, profile, *asked, *files], check=True, capture_output=True, timeout=300
        )
    return where / "out", where / "back"


def test_all_cells_come_back(folders: tuple[Path, Path]) -> None:
    out, back = folders
    names = sorted(path.name for path in out.glob("*.xlsx"))
    assert len(names) == 2
    for name in names:
        before, after = opened(out / name), opened(back / name)
        assert list(after) == list(before)
        for sheet, rows in before.items():
            width = len(rows[-1])
            cells = [row[:width] for row in after[sheet][: len(rows)]]
            assert cells == rows
        book = openpyxl.load_workbook(back / name)
        assert len(book.worksheets[1].data_validations.dataValidation) == 2


def test_pages_are_a4_across(folders: tuple[Path, Path]) -> None:
    _, back = folders
    for path in back.glob("*.pdf"):
        made = path.read_bytes()
        boxes = re.findall(rb"/MediaBox\s*\[\s*0 0 ([\d.]+) ([\d.]+)\s*\]", made)
        assert {(round(float(w)), round(float(h))) for w, h in boxes} == {(842, 595)}
        # a cover, pairs, changes and work: a page each, so that no column went to a further page
        assert len(re.findall(rb"/Type\s*/Page\b", made)) == 4
