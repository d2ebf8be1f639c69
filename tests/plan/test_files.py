import json
import os
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pyarrow as pa
import pyarrow.parquet as parquet
import pytest
from tests.agreement.random_problems import drawn_problem
from tests.model.said import said_by
from tests.proof.base_plans import CASES, base_plan

from pairmatch import InputError, OptionError, Plan, PlanFileError, read_problem, solve
from pairmatch.diagnosis.reasons import details
from pairmatch.model.reasons import COUNTS
from pairmatch.plan import files
from pairmatch.report.text import summary_text
from pairmatch.whole_folder import write_folder

EVERY = [*CASES, "stopped"]


def _same(one: Plan, two: Plan) -> None:
    for name in ("pairs", "unmatched", "loads"):
        assert getattr(one, name).equals(getattr(two, name)), name
    for name in ("cadre_duals", "recipient_duals"):
        assert getattr(one.certificate, name).equals(getattr(two.certificate, name)), name
    for name in ("lower_bound", "gap", "relative_gap", "scope", "locks_may_break", "levels"):
        assert getattr(one.certificate, name) == getattr(two.certificate, name), name
    for name in ("status", "objective", "objective_terms", "levels", "diagnosis", "by_exception"):
        assert getattr(one, name) == getattr(two, name), name
    assert one.stats == two.stats
    for name in ("cadres", "recipients", "units", "areas", "current", "locks", "bans"):
        assert getattr(one.problem, name).equals(getattr(two.problem, name)), name
    assert one.problem.adjustments.equals(two.problem.adjustments)
    assert one.problem.policy == two.problem.policy
    assert one.problem.attributes == two.problem.attributes
    assert one.notes == two.notes
    assert one.problem.files == two.problem.files
    assert one.problem.digest() == two.problem.digest()
    assert (one.problem.has_units, one.problem.has_areas) == (
        two.problem.has_units,
        two.problem.has_areas,
    )


@pytest.mark.parametrize("name", EVERY)
def test_a_saved_plan_comes_back_equal_and_verifies(name: str, tmp_path: Path) -> None:
    plan = base_plan(name)
    plan.save(tmp_path / "plan")
    loaded = Plan.load(tmp_path / "plan")
    _same(plan, loaded)
    assert loaded.verify() == plan.verify()
    assert loaded.summary() == plan.summary()


@pytest.mark.parametrize("name", EVERY)
def test_a_plan_saved_without_the_counts_of_its_reasons_loads_and_verifies(
    name: str, tmp_path: Path
) -> None:
    plan = base_plan(name)
    plan.save(tmp_path / "plan")
    path = tmp_path / "plan" / "unmatched.parquet"
    parquet.write_table(parquet.read_table(path).drop_columns(list(COUNTS)), path)
    loaded = Plan.load(tmp_path / "plan")
    assert loaded.unmatched.schema == plan.unmatched.schema
    assert loaded.verify() == plan.verify()
    assert details(loaded.unmatched).equals(plan.unmatched.column("detail"))


@pytest.mark.parametrize("seed", range(14_000, 14_030))
def test_random_plans_come_back_equal(seed: int, tmp_path: Path) -> None:
    plan = solve(drawn_problem(seed), threads=1)
    plan.save(tmp_path / "plan")
    loaded = Plan.load(str(tmp_path / "plan"))
    _same(plan, loaded)
    assert loaded.verify().levels == plan.levels
    assert solve(loaded.problem, threads=1).pairs.equals(plan.pairs)


def test_what_was_noted_of_the_files_is_saved_with_the_plan(tmp_path: Path) -> None:
    tables = tmp_path / "tables"
    tables.mkdir()
    (tables / "cadres.csv").write_text(
        "cadre_id,unit_id,rank,lon,lat,colour\nc1,u,staff,0,0,red\n", encoding="utf-8"
    )
    (tables / "recipients.csv").write_text(
        "recipient_id,category,area,lon,lat\nr1,orphan,a,0,1\n", encoding="utf-8"
    )
    (tables / "notes.txt").write_text("", encoding="utf-8")
    plan = solve(read_problem(tables), threads=1)
    plan.save(tmp_path / "plan")
    loaded = Plan.load(tmp_path / "plan")
    _same(plan, loaded)
    assert [note.code for note in loaded.notes] == [
        *("ignored_file", "default_policy", "no_units", "dropped_column", "zero_point"),
        "no_locality",
    ]
    said = loaded.summary()
    assert said["notes"] == [note.document() for note in plan.notes]
    assert said["files"] == {"used": ["cadres.csv", "recipients.csv"], "ignored": ["notes.txt"]}
    assert said["digest"] == plan.problem.digest()
    text = summary_text(loaded)
    assert "files that are no table were ignored: notes.txt" in text
    assert "no policy file: every field has its default" in text
    assert "unknown columns were dropped: colour" in text
    assert "for want of a value: 1 (row 2, cadres.csv)" in text
    assert "files: cadres.csv, recipients.csv" in text
    assert plan.problem.digest() in text


def test_a_plan_that_may_not_be_read_says_so(saved: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    def denied(*_: object, **__: object) -> None:
        raise PermissionError(13, "Permission denied")

    # the superuser may read whatever its permissions are
    monkeypatch.setattr(Path, "read_text", denied)
    with pytest.raises(PlanFileError, match="you may not read"):
        Plan.load(saved)


def test_a_plan_too_large_for_memory_is_not_called_unreadable(
    saved: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    def too_large(*_: object, **__: object) -> None:
        raise pa.ArrowMemoryError("malloc of size 2**40 failed")

    monkeypatch.setattr(files, "read_parquet", too_large)
    with pytest.raises(PlanFileError, match="too large for the memory"):
        Plan.load(saved)


def test_a_folder_that_is_not_empty_is_refused_and_left_alone(tmp_path: Path) -> None:
    (tmp_path / "mine.txt").write_text("kept", encoding="utf-8")
    with pytest.raises(PlanFileError, match="not an empty folder"):
        base_plan("roomy").save(tmp_path)
    assert [path.name for path in tmp_path.iterdir()] == ["mine.txt"]
    file = tmp_path / "mine.txt"
    with pytest.raises(PlanFileError, match="not an empty folder"):
        base_plan("roomy").save(file)
    assert file.read_text(encoding="utf-8") == "kept"


def test_an_empty_folder_is_filled_and_folders_above_are_made(tmp_path: Path) -> None:
    empty = tmp_path / "empty"
    empty.mkdir()
    base_plan("roomy").save(empty)
    base_plan("roomy").save(tmp_path / "a" / "b")
    _same(Plan.load(empty), Plan.load(tmp_path / "a" / "b"))


def test_a_folder_below_a_file_is_an_error_of_the_plan_file(tmp_path: Path) -> None:
    (tmp_path / "file").write_text("", encoding="utf-8")
    with pytest.raises(PlanFileError, match="cannot write"):
        base_plan("roomy").save(tmp_path / "file" / "plan")


@pytest.mark.parametrize("error", [KeyboardInterrupt, OSError(28, "No space left"), MemoryError])
def test_an_interrupted_write_leaves_nothing(
    error: BaseException | type[BaseException], tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    write = parquet.write_table
    calls: list[Path] = []

    def interrupted(table: Any, where: Path) -> None:
        calls.append(where)
        if len(calls) == 4:
            raise error
        write(table, where)

    monkeypatch.setattr(parquet, "write_table", interrupted)
    expected = PlanFileError if isinstance(error, OSError) else error
    with pytest.raises(expected):  # type: ignore[arg-type]  # a class in either case
        base_plan("roomy").save(tmp_path / "plan")
    assert len(calls) == 4
    assert list(tmp_path.iterdir()) == []


def test_what_is_written_aside_is_not_seen_before_it_is_whole(tmp_path: Path) -> None:
    seen: list[bool] = []

    def write(aside: Path) -> None:
        (aside / "part").write_text("", encoding="utf-8")
        seen.append((tmp_path / "target").exists())

    write_folder(tmp_path / "target", write)
    assert seen == [False]
    assert [path.name for path in tmp_path.iterdir()] == ["target"]


@pytest.fixture
def saved(tmp_path: Path) -> Path:
    base_plan("shortage").save(tmp_path / "plan")
    return tmp_path / "plan"


_FILES = (
    "plan.json",
    "pairs.parquet",
    "unmatched.parquet",
    "loads.parquet",
    "cadre_duals.parquet",
    "recipient_duals.parquet",
)


@pytest.mark.parametrize("name", _FILES)
def test_a_file_that_is_missing_is_an_error_of_the_plan_file(saved: Path, name: str) -> None:
    (saved / name).unlink()
    with pytest.raises(PlanFileError, match=r"is not a saved plan: .* is missing"):
        Plan.load(saved)


@pytest.mark.parametrize("name", _FILES)
@pytest.mark.parametrize("keep", [0, 10, -20])
def test_a_file_cut_short_is_an_error_of_the_plan_file(saved: Path, name: str, keep: int) -> None:
    path = saved / name
    path.write_bytes(path.read_bytes()[:keep])
    with pytest.raises(PlanFileError):
        Plan.load(saved)


@pytest.mark.parametrize("name", ["cadres.parquet", "recipients.parquet", "policy.yaml"])
def test_an_input_cut_short_is_bad_input(saved: Path, name: str) -> None:
    path = saved / "problem" / name
    path.write_bytes(path.read_bytes()[: path.stat().st_size // 2] + b"\xff")
    with pytest.raises((PlanFileError, InputError)):
        Plan.load(saved)


def test_no_folder_and_a_folder_of_something_else(tmp_path: Path) -> None:
    with pytest.raises(PlanFileError, match="is not a saved plan"):
        Plan.load(tmp_path / "nowhere")
    (tmp_path / "plan.json").write_text("[]", encoding="utf-8")
    with pytest.raises(PlanFileError, match="is not a saved plan"):
        Plan.load(tmp_path)


def test_the_inputs_of_a_plan_are_needed(saved: Path) -> None:
    for path in (saved / "problem").iterdir():
        path.unlink()
    (saved / "problem").rmdir()
    with pytest.raises(PlanFileError, match="the folder problem is missing"):
        Plan.load(saved)


@pytest.mark.parametrize("version", [0, 4, "1", None])
def test_another_schema_version_is_refused_by_name(saved: Path, version: object) -> None:
    _edited(saved, lambda document: document.update(schema_version=version))
    with pytest.raises(PlanFileError, match="schema version"):
        Plan.load(saved)


PLANTED = "王小明 13812345678"


@pytest.mark.parametrize("name", ["plan.json", "pairs.parquet", "cadre_duals.parquet"])
def test_a_pipe_in_place_of_a_file_is_refused_by_name(saved: Path, name: str) -> None:
    (saved / name).unlink()
    os.mkfifo(saved / name)
    with pytest.raises(PlanFileError, match="a named pipe"):
        Plan.load(saved)


def test_pipes_among_the_tables_of_the_problem_are_refused_by_name(saved: Path) -> None:
    (saved / "problem" / "cadres.parquet").unlink()
    os.mkfifo(saved / "problem" / "cadres.parquet")
    with pytest.raises(InputError, match="a named pipe"):
        Plan.load(saved)


def test_a_url_is_refused_by_name() -> None:
    with pytest.raises(PlanFileError, match="a URL"):
        Plan.load("https://example.org/plan")


def test_a_plan_with_more_than_is_allowed_is_refused(saved: Path) -> None:
    with pytest.raises((PlanFileError, InputError), match="more than 1 rows"):
        Plan.load(saved, max_rows=1)
    with pytest.raises((PlanFileError, InputError), match="more than 9 bytes"):
        Plan.load(saved, max_bytes=9)
    with pytest.raises(OptionError):
        Plan.load(saved, max_rows=0)
    assert Plan.load(saved, max_rows=1_000, max_bytes=10**8).pairs.num_rows


@pytest.mark.parametrize(
    "text",
    ["[" * 200_000, '{"schema_version": ' + '{"a":' * 100_000, f'{{"{PLANTED}": ', "9" * 9_999],
)
def test_a_document_that_is_none_or_too_deep_is_refused_and_not_quoted(
    saved: Path, text: str
) -> None:
    (saved / "plan.json").write_text(text, encoding="utf-8")
    assert PLANTED not in said_by(lambda: Plan.load(saved), PlanFileError)


@pytest.mark.parametrize(
    "change",
    [
        lambda document: document.update(status=PLANTED),
        lambda document: document.update(schema_version=PLANTED),
        lambda document: document["certificate"].update(scope=PLANTED),
        lambda document: document["stats"].update({PLANTED: 1}),
        lambda document: document.update(levels=PLANTED),
        lambda document: document.update(attributes=[PLANTED]),
        lambda document: document.update(notes=[{PLANTED: PLANTED}]),
    ],
)
def test_what_a_changed_document_holds_is_in_no_error_and_in_none_behind_it(
    saved: Path, change: Callable[[dict[str, Any]], object]
) -> None:
    _edited(saved, change)
    assert PLANTED not in said_by(lambda: Plan.load(saved), (PlanFileError, InputError))


def _edited(folder: Path, change: Callable[[dict[str, Any]], object]) -> None:
    path = folder / "plan.json"
    document = json.loads(path.read_text(encoding="utf-8"))
    change(document)
    path.write_text(json.dumps(document), encoding="utf-8")


@pytest.mark.parametrize(
    "change",
    [
        lambda document: document.pop("certificate"),
        lambda document: document.pop("objective"),
        lambda document: document.update(status="BEST"),
        lambda document: document.update(levels=[["cost", 1]]),
        lambda document: document.update(stats={"engine": "x"}),
        lambda document: document["certificate"].update(scope="EVERYTHING"),
        lambda document: document["certificate"].update(levels=[{"level": "cost"}]),
        lambda document: document.update(diagnosis={"shortages": [{}]}),
        lambda document: document.update(certificate=7),
        lambda document: document.pop("notes"),
        lambda document: document.update(notes=[{"code": "no_locality"}]),
        lambda document: document.update(notes=3),
        lambda document: document.update(files=[]),
    ],
)
def test_a_document_without_what_a_plan_needs_is_refused(
    saved: Path, change: Callable[[dict[str, Any]], object]
) -> None:
    _edited(saved, change)
    with pytest.raises(PlanFileError, match="is not a saved plan"):
        Plan.load(saved)


def test_a_path_that_leads_nowhere_is_refused_and_a_long_name_is_none(tmp_path: Path) -> None:
    plan = base_plan("roomy")
    (tmp_path / "one").symlink_to(tmp_path / "other")
    (tmp_path / "other").symlink_to(tmp_path / "one")
    for path in (tmp_path / "one" / "plan", tmp_path / "a\0b" / "plan"):
        with pytest.raises(PlanFileError, match="leads nowhere"):
            plan.save(path)
    plan.save(tmp_path / ("n" * 250))
    assert Plan.load(tmp_path / ("n" * 250)).pairs == plan.pairs


def test_a_file_is_no_saved_plan(tmp_path: Path) -> None:
    (tmp_path / "plan.csv").write_text("a\n", encoding="utf-8")
    with pytest.raises(PlanFileError, match="is not a saved plan: a folder is needed"):
        Plan.load(tmp_path / "plan.csv")
