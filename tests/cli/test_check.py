import json
import os
from pathlib import Path

import pytest

from pairmatch import Plan, read_problem
from pairmatch.cli import main
from tests.cli.conftest import Run


def test_good_tables(run: Run, tables: Path) -> None:
    code, said = run("check", tables)
    assert code == 0
    assert said["tables"] == {"cadres": 2, "recipients": 2}
    assert (said["wanted"], said["places"]) == (2, 2)
    codes = {note["code"] for note in said["notes"]}
    assert codes == {"default_policy", "no_units", "no_distances", "no_locality"}
    assert said["files"] == {"used": ["cadres.csv", "recipients.csv"], "ignored": []}
    assert said["digest"] == read_problem(tables).digest()


def test_every_failure_is_listed_and_no_row_is_quoted(
    run: Run, tables: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    (tables / "recipients.csv").write_text(
        "recipient_id,category,area\nr1,Wang the orphan,a\nr1,orphan,a\n", encoding="utf-8"
    )
    code, said = run("check", tables)
    assert code == 2
    assert said["error"]["kind"] == "InputError"
    assert said["error"]["counts"] == {"duplicate_id": 1, "unknown_category": 1}
    rows = {found["code"]: found["rows"] for found in said["error"]["findings"]}
    assert rows == {"unknown_category": [2], "duplicate_id": [3]}
    assert main(["check", str(tables)]) == 2
    streams = capsys.readouterr()
    assert "Wang" not in streams.out + streams.err + str(said)
    assert "Traceback" not in streams.err


def test_a_folder_that_is_not_there(run: Run, tmp_path: Path) -> None:
    code, said = run("check", tmp_path / "none")
    assert code == 2
    assert said["error"]["counts"] == {"unreadable_file": 1}


def test_incumbents_of_another_file_are_checked_too(run: Run, tables: Path) -> None:
    pairs = tables.parent / "pairs.csv"
    pairs.write_text("recipient_id,cadre_id\nr9,c1\n", encoding="utf-8")
    code, said = run("check", tables, "--current", pairs)
    assert code == 0
    noted = [(note["code"], note["count"]) for note in said["notes"]]
    assert ("gone_pair", 1) in noted
    code, said = run("check", tables, "--current", pairs, "--unknown-current", "fail")
    assert code == 2
    assert said["error"]["counts"] == {"unknown_recipient": 1}


def test_areas_that_use_a_point_from_above_are_listed(
    run: Run, tables: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    (tables / "areas.csv").write_text(
        "area,parent,level,lon,lat\nroot,,county,104,36\na,root,township,,\nb,root,township,,\n",
        encoding="utf-8",
    )
    (tables / "cadres.csv").write_text(
        "cadre_id,unit_id,rank,area\nc1,u1,staff,root\n", encoding="utf-8"
    )
    code, said = run("check", tables)
    assert code == 0
    assert said["areas_inheriting_a_point"] == ["a"]
    assert main(["check", str(tables)]) == 0
    assert "use the point of an area above: a" in capsys.readouterr().out


def test_tables_of_more_than_allowed_are_bad_input(run: Run, tables: Path) -> None:
    code, said = run("check", tables, "--max-rows", 1)
    assert (code, said["error"]["counts"]) == (2, {"too_many_rows": 2})
    code, said = run("check", tables, "--max-bytes", 10)
    assert (code, said["error"]["counts"]) == (2, {"too_many_bytes": 2})
    code, said = run("solve", tables, "-o", tables.parent / "out", "--max-rows", 1)
    assert (code, said["error"]["counts"]) == (2, {"too_many_rows": 2})
    assert run("check", tables, "--max-rows", 2, "--max-bytes", 1_000)[0] == 0


def test_a_pipe_and_a_url_are_bad_input_and_not_waited_for(run: Run, tables: Path) -> None:
    os.mkfifo(tables / "locks.csv")
    code, said = run("check", tables)
    assert (code, said["error"]["counts"]) == (2, {"not_a_file": 1})
    code, said = run("check", "https://example.org/tables")
    assert (code, said["error"]["counts"]) == (2, {"not_a_file": 1})


@pytest.mark.parametrize("table", ["cadres", "recipients"])
def test_a_table_without_rows_is_noted_on_the_screen_and_in_every_document(
    table: str, tables: Path, tmp_path: Path, run: Run, capsys: pytest.CaptureFixture[str]
) -> None:
    file = tables / f"{table}.csv"
    file.write_text(file.read_text(encoding="utf-8").splitlines()[0] + "\n", encoding="utf-8")
    assert main(["check", str(tables)]) == 0
    assert f"  {table}: the table has no rows" in capsys.readouterr().out
    for said in (
        run("check", tables)[1],
        run("solve", tables, "-o", tmp_path / "out")[1],
        json.loads((tmp_path / "out" / "summary.json").read_text(encoding="utf-8")),
    ):
        assert (table, "no_rows") in [(note["table"], note["code"]) for note in said["notes"]]
    assert "no_rows" in {note.code for note in Plan.load(tmp_path / "out").notes}


def test_a_report_is_written_whatever_is_found_and_the_exit_code_stays(
    run: Run, tables: Path, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    code, said = run("check", tables, "--report", tmp_path / "good.xlsx")
    assert (code, said["report"]) == (0, str(tmp_path / "good.xlsx"))
    assert said["doubts"] == []
    (tables / "recipients.csv").write_text(
        "recipient_id,category,area\nr1,nonsense,a\n", encoding="utf-8"
    )
    code, said = run("check", tables, "--report", tmp_path / "bad.xlsx")
    assert (code, said["report"]) == (2, str(tmp_path / "bad.xlsx"))
    assert said["error"]["counts"] == {"unknown_category": 1}
    assert main(["check", str(tables), "--report", str(tmp_path / "bad.xlsx")]) == 2
    assert "exists" in capsys.readouterr().err
    assert main(["check", str(tables), "--report", str(tmp_path / "bad.xlsx"), "--force"]) == 2
    assert "Written to" in capsys.readouterr().err


def test_a_report_of_a_folder_that_is_not_there_says_so(run: Run, tmp_path: Path) -> None:
    code, said = run("check", tmp_path / "none", "--report", tmp_path / "r.xlsx")
    assert (code, said["error"]["counts"]) == (2, {"unreadable_file": 1})
    assert (tmp_path / "r.xlsx").exists()


def test_doubts_are_said(run: Run, tables: Path, capsys: pytest.CaptureFixture[str]) -> None:
    (tables / "recipients.csv").write_text(
        "recipient_id,category,area,household_id\nr12,orphan,a,h1\nr21,orphan,a,h1\n",
        encoding="utf-8",
    )
    code, said = run("check", tables)
    assert code == 0
    assert [doubt["code"] for doubt in said["doubts"]] == ["likely_same_recipient"]
    assert main(["check", str(tables), "--lang", "zh"]) == 0
    assert "r12 / r21" in capsys.readouterr().out


def test_what_was_noted_is_said_beside_failures_too(
    run: Run, tables: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    (tables / "recipients.csv").write_text(
        "recipient_id,category,area\n r1,orphan,a\nr2,nothing,a\ntotal,2,\n", encoding="utf-8"
    )
    code, said = run("check", tables)
    assert code == 2
    codes = {note["code"] for note in said["error"]["notes"]}
    assert {"repaired_blanks", "repaired_total_row", "no_units"} <= codes
    assert main(["check", str(tables)]) == 2
    assert "rows with sums were left out: 1" in capsys.readouterr().err
