from pathlib import Path

import pytest

from pairmatch.cli import main
from tests.cli.conftest import Run, names_in


@pytest.mark.parametrize(("lang", "file"), [("zh", "结对表格.xlsx"), ("en", "tables.xlsx")])
def test_a_workbook_is_written_and_the_next_step_is_said(
    lang: str, file: str, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    assert main(["template", str(tmp_path / "t"), "--lang", lang]) == 0
    assert names_in(tmp_path / "t") == {file}
    assert f"pairmatch check {tmp_path / 't'}" in capsys.readouterr().out


def test_a_folder_with_something_in_it_is_refused(run: Run, tables: Path) -> None:
    code, said = run("template", tables)
    assert (code, said["error"]["kind"]) == (2, "PlanFileError")
