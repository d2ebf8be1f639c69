import errno
import json
from pathlib import Path

import pyarrow.csv as pacsv
import pytest
from pyarrow import parquet

from pairmatch import Plan, Status
from pairmatch.cli import main
from pairmatch.plan.files import write_plan
from pairmatch.report import folder as result_folder
from tests.cli.conftest import Run, names_in

TABLES = ("pairs", "unmatched", "loads")


def test_everything_promised_is_written(run: Run, tables: Path, tmp_path: Path) -> None:
    out = tmp_path / "plans" / "first"
    code, said = run("solve", tables, "-o", out)
    assert code == 0
    assert said.pop("out") == str(out)
    assert json.loads((out / "summary.json").read_text(encoding="utf-8")) == said
    assert said["status"] == "OPTIMAL"
    assert (said["pairs"], said["missing"], said["gap"], said["scope"]) == (2, 0, 0, "ALL_PAIRS")
    for name in TABLES:
        table = parquet.read_table(out / f"{name}.parquet", memory_map=False)
        as_csv = (out / f"{name}.csv").read_bytes()
        assert as_csv.startswith(b"\xef\xbb\xbf")
        if table.num_rows:
            assert pacsv.read_csv(out / f"{name}.csv").num_rows == table.num_rows
    assert Plan.load(out).status is Status.OPTIMAL
    assert names_in(tmp_path / "plans") == {"first"}


def test_chinese_paths_and_ids_work(run: Run, tables: Path, tmp_path: Path) -> None:
    source = tables.rename(tmp_path / "临洮县")
    text = (source / "cadres.csv").read_text(encoding="utf-8").replace("c1", "干部甲")
    (source / "cadres.csv").write_text(text, encoding="utf-8")
    out = tmp_path / "方案"
    code, _ = run("solve", source, "-o", out)
    assert code == 0
    assert "干部甲" in (out / "pairs.csv").read_text(encoding="utf-8-sig")


def test_a_shortage_is_exit_code_3(
    run: Run, tables: Path, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    with (tables / "recipients.csv").open("a", encoding="utf-8") as file:
        file.write("r3,orphan,a\n")
    code, said = run("solve", tables, "-o", tmp_path / "out")
    assert code == 3
    assert said["status"] == "OPTIMAL"
    assert (said["missing"], said["unmatched_by_reason"]) == (1, {"capacity_exhausted": 1})
    assert main(["solve", str(tables), "-o", str(tmp_path / "out2")]) == 3
    text = capsys.readouterr().out
    assert "Diagnosis" in text
    assert "capacity exhausted" in text


def test_rules_that_clash_are_exit_code_3(run: Run, tables: Path, tmp_path: Path) -> None:
    text = (tables / "cadres.csv").read_text(encoding="utf-8").replace("division,1,0", "staff,9,3")
    (tables / "cadres.csv").write_text(text, encoding="utf-8")
    code, said = run("solve", tables, "-o", tmp_path / "out")
    assert code == 3
    assert said["status"] == "INFEASIBLE"
    assert said["levels"][0]["name"] == "violation"


def test_a_limit_is_exit_code_4_and_no_plan_means_no_folder(
    run: Run, tables: Path, tmp_path: Path
) -> None:
    code, said = run("solve", tables, "-o", tmp_path / "out", "--time-limit", "1e-9")
    assert code == 4
    assert said["status"] == "UNSOLVED"
    assert said["out"] is None
    assert not (tmp_path / "out").exists()


def test_incumbents_come_from_the_file_named(run: Run, tables: Path, tmp_path: Path) -> None:
    pairs = tmp_path / "pairs.csv"
    pairs.write_text("recipient_id,cadre_id\nr2,c1\nr1,c2\n", encoding="utf-8")
    (tables / "policy.yaml").write_text("continuity: {keep_km: 1000}\n", encoding="utf-8")
    _, said = run("solve", tables, "-o", tmp_path / "out", "--current", pairs)
    assert said["kept"] == 2


@pytest.mark.parametrize(
    "arguments",
    [
        ["--engine", "none"],
        ["--current", "none.csv"],
        ["--current", "none.xlsx"],
    ],
)
def test_bad_input_is_exit_code_2(
    run: Run, tables: Path, tmp_path: Path, arguments: list[str]
) -> None:
    code, said = run("solve", tables, "-o", tmp_path / "out", *arguments)
    assert code == 2
    assert said["error"]["kind"] == ("OptionError" if "--engine" in arguments else "InputError")
    assert not (tmp_path / "out").exists()


def test_a_taken_folder_is_refused_before_anything_is_read(run: Run, tmp_path: Path) -> None:
    (tmp_path / "out").mkdir()
    (tmp_path / "out" / "mine").write_text("mine")
    for force in ([], ["--force"]):
        code, said = run("solve", tmp_path / "no-tables", "-o", tmp_path / "out", *force)
        assert code == 2
        assert said["error"]["kind"] == "PlanFileError"
    assert names_in(tmp_path / "out") == {"mine"}


def test_force_replaces_an_earlier_plan(run: Run, tables: Path, tmp_path: Path) -> None:
    out = tmp_path / "out"
    run("solve", tables, "-o", out)
    (tables / "cadres.csv").write_text("cadre_id,unit_id,rank\nc7,u1,staff\n", encoding="utf-8")
    code, _ = run("solve", tables, "-o", out)
    assert code == 2
    code, said = run("solve", tables, "-o", out, "--force")
    assert code == 0
    assert said["cadres"] == 1
    assert "c7" in (out / "pairs.csv").read_text(encoding="utf-8-sig")
    assert names_in(tmp_path) == {"out", "tables"}


def test_an_empty_folder_is_taken_as_it_is(run: Run, tables: Path, tmp_path: Path) -> None:
    (tmp_path / "out").mkdir()
    code, _ = run("solve", tables, "-o", tmp_path / "out")
    assert code == 0


def test_a_place_that_cannot_be_written(run: Run, tables: Path, tmp_path: Path) -> None:
    (tmp_path / "file").write_text("")
    code, said = run("solve", tables, "-o", tmp_path / "file" / "out")
    assert code == 2
    assert "cannot write" in said["error"]["message"]


@pytest.mark.parametrize("command", ["solve", "generate"])
@pytest.mark.parametrize("name", ["new/..", "new/further/../..", "new/further/" + "n" * 300])
def test_an_odd_place_leaves_nothing_behind(
    name: str,
    command: str,
    run: Run,
    tables: Path,
    tmp_path: Path,
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    monkeypatch.chdir(tmp_path)
    arguments = ("solve", tables, "-o", name) if command == "solve" else ("generate", name)
    code, said = run(*arguments)
    assert code == 2
    assert said["error"]["kind"] == "PlanFileError"
    assert names_in(tmp_path) == {"tables"}


def test_a_way_back_is_no_folder_to_make(run: Run, tables: Path, tmp_path: Path) -> None:
    code, _ = run("solve", tables, "-o", tmp_path / "new" / ".." / "out")
    assert code == 0
    assert names_in(tmp_path) == {"tables", "out"}


def test_folders_made_on_the_way_go_again_where_writing_fails(
    run: Run, tables: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    def full(*_: object) -> None:
        # as Arrow says it
        raise OSError(errno.ENOSPC, "Error writing bytes to file. Detail: [errno 28] No space")

    monkeypatch.setattr("pairmatch.report.folder.write_plan", full)
    code, said = run("solve", tables, "-o", tmp_path / "new" / "further" / "out")
    assert code == 2
    assert said["error"]["message"].endswith("out: No space left on device")
    assert names_in(tmp_path) == {"tables"}


@pytest.mark.parametrize("is_replacement", [False, True])
def test_a_full_disk_leaves_what_was_there(
    run: Run,
    tables: Path,
    tmp_path: Path,
    monkeypatch: pytest.MonkeyPatch,
    is_replacement: bool,
) -> None:
    out = tmp_path / "out"
    if is_replacement:
        run("solve", tables, "-o", out)
        (out / "loads.csv").write_text("the old one")
    before = names_in(tmp_path)

    def full(*_: object) -> None:
        raise OSError(errno.ENOSPC, "No space left on device")

    monkeypatch.setattr(result_folder, "write_csv", full)
    code, said = run("solve", tables, "-o", out, "--force")
    assert code == 2
    assert said["error"]["message"] == f"cannot write {out}: No space left on device"
    assert names_in(tmp_path) == before
    if is_replacement:
        assert (out / "loads.csv").read_text() == "the old one"


def test_of_two_runs_into_one_place_the_first_to_end_wins(
    run: Run, tables: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    out = tmp_path / "out"

    def write_late(plan: Plan, folder: Path) -> None:
        write_plan(plan, folder)
        out.mkdir()
        (out / "other").write_text("the other run's")

    monkeypatch.setattr(result_folder, "write_plan", write_late)
    code, said = run("solve", tables, "-o", out)
    assert code == 2
    assert "cannot write" in said["error"]["message"]
    assert names_in(out) == {"other"}
    assert names_in(tmp_path) == {"out", "tables"}


def test_the_same_input_gives_the_same_plan(run: Run, tables: Path, tmp_path: Path) -> None:
    for name, threads in (("one", "1"), ("two", "2")):
        run("solve", tables, "-o", tmp_path / name, "--threads", threads)
    for name in TABLES:
        first, second = (
            (tmp_path / folder / f"{name}.csv").read_bytes() for folder in ("one", "two")
        )
        assert first == second
