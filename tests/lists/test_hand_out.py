"""Lists to hand out: every pair on one of them, nothing that is a formula, whole or not at all."""

from pathlib import Path
from typing import Any

import openpyxl
import pytest

import pairmatch as pm
from pairmatch.lists.hand_out import write_lists
from pairmatch.lists.layout import (
    ANSWER_COLUMNS,
    CHANGE_COLUMNS,
    MACHINE_COVER,
    PAIR_COLUMNS,
    SHEETS,
    WORK_COLUMNS,
    meaning,
    said,
)
from pairmatch.report.people import pairs_for_people
from tests.tables.good import good_tables

Rows = list[tuple[Any, ...]]


def problem(**policy: Any) -> pm.Problem:
    tables = good_tables()
    tables["areas"]["name"] = ["甲县", "东乡", None]
    return pm.Problem.from_tables(**tables, policy=policy or None)


@pytest.fixture(scope="module")
def plan() -> pm.Plan:
    return pm.solve(problem(), threads=1)


def opened(path: Path) -> dict[str, Rows]:
    """Return the rows of each sheet of a workbook, by what the sheet is."""
    book = openpyxl.load_workbook(path)
    found: dict[str, Rows] = {}
    for sheet in book.worksheets:
        assert all(cell.data_type != "f" for row in sheet.iter_rows() for cell in row)
        name = meaning("sheet", sheet.title)
        assert name is not None
        found[name] = [tuple(cell.value for cell in row) for row in sheet.iter_rows()]
    return found


def cover_of(rows: Rows) -> dict[str, Any]:
    known = ((meaning("cover", str(row[0])), row[1]) for row in rows if row[0])
    return {name: value for name, value in known if name is not None}


def every_list(folder: Path) -> dict[str, dict[str, Rows]]:
    return {path.name: opened(path) for path in sorted(folder.glob("*.xlsx"))}


@pytest.mark.parametrize("by", ["county", "unit"])
@pytest.mark.parametrize("language", ["en", "zh"])
def test_every_pair_is_on_one_list_and_the_counts_add_up(
    plan: pm.Plan, tmp_path: Path, by: str, language: str
) -> None:
    lists = plan.workbooks(tmp_path / "lists", by, language)
    books = every_list(tmp_path / "lists")
    assert sorted(lists.column("file").to_pylist()) == sorted(books)
    at = [PAIR_COLUMNS.index(name) for name in ("recipient_id", "cadre_id")]
    found = [tuple(row[n] for n in at) for book in books.values() for row in book["pairs"][1:]]
    wanted = [(row["recipient_id"], row["cadre_id"]) for row in plan.pairs.to_pylist()]
    assert sorted(found) == sorted(wanted)
    covers = [cover_of(book["cover"]) for book in books.values()]
    assert sum(cover["pairs"] for cover in covers) == plan.pairs.num_rows
    work = plan.summary()["work_of_a_year"]["total"]
    for name in ("contacts", "visits"):
        assert sum(cover[name] for cover in covers) == work[name]
    assert sum(lists.column("kilometres").to_pylist()) == pytest.approx(work["travel_m"] / 1000)
    if by == "county":
        assert sum(cover["missing"] for cover in covers) == plan.missing


@pytest.mark.parametrize("language", ["en", "zh"])
def test_a_list_is_laid_out_as_the_layout_says(
    plan: pm.Plan, tmp_path: Path, language: str
) -> None:
    plan.workbooks(tmp_path / "lists", "county", language)
    for book in every_list(tmp_path / "lists").values():
        assert tuple(book) == SHEETS
        for sheet, names in (
            ("pairs", (*PAIR_COLUMNS, *ANSWER_COLUMNS)),
            ("changes", CHANGE_COLUMNS),
            ("work", WORK_COLUMNS),
        ):
            assert book[sheet][0] == tuple(said("column", name, language) for name in names)
        cover = cover_of(book["cover"])
        assert set(MACHINE_COVER) <= set(cover)
        assert cover["plan_digest"] == plan.digest()
        assert cover["digest"] == plan.problem.digest()
        assert cover["language"] == language
        assert meaning("by", cover["by"]) == "county"


def test_the_cells_are_those_of_pairs_csv_with_names_in_the_language(
    plan: pm.Plan, tmp_path: Path
) -> None:
    plan.workbooks(tmp_path / "lists", "county", "zh")
    rows = {
        row[:1] + row[6:7]: dict(zip(PAIR_COLUMNS, row, strict=False))
        for book in every_list(tmp_path / "lists").values()
        for row in book["pairs"][1:]
    }
    labels = plan.problem.policy.labels
    for row in pairs_for_people(plan, "zh").to_pylist():
        row["category"] = labels.category(row["category"], "zh")
        row["rank"] = labels.rank(row["rank"], "zh")
        assert rows[row["recipient_id"], row["cadre_id"]] == row


def test_changes_are_told_from_the_current_pairs(plan: pm.Plan, tmp_path: Path) -> None:
    current = {tuple(row.values()) for row in plan.problem.current.to_pylist()}
    mine = {(row["recipient_id"], row["cadre_id"]) for row in plan.pairs.to_pylist()}
    lists = plan.workbooks(tmp_path / "lists", "unit")
    counts = {name: sum(lists.column(name).to_pylist()) for name in ("new", "kept", "ended")}
    assert counts == {
        "new": len(mine - current),
        "kept": len(mine & current),
        "ended": len(current - mine),
    }


def test_changes_have_causes_if_there_is_a_plan_before(plan: pm.Plan, tmp_path: Path) -> None:
    gone = plan.pairs.column("cadre_id")[0].as_py()
    after = plan.what_if({"op": "remove_cadres", "ids": [gone]})
    diff = plan.diff(after)
    lists = after.workbooks(tmp_path / "lists", "unit", before=plan)
    assert sum(lists.column("new").to_pylist()) == diff.added
    assert sum(lists.column("ended").to_pylist()) == diff.removed
    rows = [
        dict(zip(CHANGE_COLUMNS, row, strict=True))
        for book in every_list(tmp_path / "lists").values()
        for row in book["changes"][1:]
    ]
    assert len(rows) == diff.added + diff.removed
    ended = [row for row in rows if row["cadre_id"] == gone]
    assert ended
    for row in ended:
        assert row["change"] == "ended"
        assert row["cause"].startswith("forced")
        assert row["why"] == "cadres who are gone"
        assert row["unit_id"] is not None


def test_changes_are_told_from_the_start_without_a_plan_before(tmp_path: Path) -> None:
    tables = good_tables()
    del tables["current"]
    first = pm.solve(pm.Problem.from_tables(**tables), threads=1)
    lists = first.workbooks(tmp_path / "none", "unit")
    assert "new" not in lists.column_names
    assert "changes" not in next(iter(every_list(tmp_path / "none").values()))
    pair = next(row for row in first.pairs.to_pylist() if row["recipient_id"] == "r2")
    ids = {name: [pair[name]] for name in ("recipient_id", "cadre_id")}
    after = first.what_if({"op": "ban", "pairs": ids})
    after.workbooks(tmp_path / "lists", "county")
    rows = [
        dict(zip(CHANGE_COLUMNS, row, strict=True))
        for book in every_list(tmp_path / "lists").values()
        for row in book["changes"][1:]
    ]
    ended = next(row for row in rows if row["change"] == "ended")
    assert (ended["recipient_id"], ended["cadre_before"]) == (
        pair["recipient_id"],
        pair["cadre_id"],
    )
    kept = {
        row[PAIR_COLUMNS.index("new_or_kept")]
        for book in every_list(tmp_path / "lists").values()
        for row in book["pairs"][1:]
    }
    assert "kept" in kept


HOSTILE = (
    '=HYPERLINK("http://x","y")',
    "+1+1",
    "@SUM(A1)",
    "\u202e\u2067right to left",
    "a&b<c>\"d'",
    "_x0041_",
    "line\nbreak\ttab",
    ":/\\?*[]",
    "语" * 32_767,
)


@pytest.mark.parametrize("by", ["county", "unit"])
def test_hostile_values_come_out_as_text(tmp_path: Path, by: str) -> None:
    tables = good_tables()
    count = len(tables["recipients"]["recipient_id"])
    seen = set()
    for first in range(0, len(HOSTILE), count):
        notes = [HOSTILE[(first + n) % len(HOSTILE)] for n in range(count)]
        tables["recipients"]["remark"] = notes
        tables["areas"]["name"] = [HOSTILE[first % 8], HOSTILE[7], None]
        given = pm.Problem.from_tables(**tables, attributes=["remark"])
        folder = tmp_path / str(first)
        pm.solve(given, threads=1).workbooks(folder, by)
        for book in every_list(folder).values():
            seen |= {row[len(PAIR_COLUMNS)] for row in book["pairs"][1:]}
    assert seen == set(HOSTILE)


def test_a_text_that_no_cell_holds_is_refused_before_anything_is_written(tmp_path: Path) -> None:
    tables = good_tables()
    count = len(tables["recipients"]["recipient_id"])
    tables["recipients"]["remark"] = ["x" * 32_768] * count
    plan = pm.solve(pm.Problem.from_tables(**tables, attributes=["remark"]), threads=1)
    with pytest.raises(pm.OptionError, match="32,767"):
        plan.workbooks(tmp_path / "lists")
    assert list(tmp_path.iterdir()) == []


def test_a_folder_appears_whole_or_not_at_all(
    plan: pm.Plan, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    def full(*_: object) -> None:
        raise OSError(28, "No space left on device")

    monkeypatch.setattr("pairmatch.lists.writers.write_list", full)
    with pytest.raises(pm.PlanFileError):
        plan.workbooks(tmp_path / "lists")
    assert list(tmp_path.iterdir()) == []


def test_lists_are_replaced_only_if_asked_and_only_lists(plan: pm.Plan, tmp_path: Path) -> None:
    plan.workbooks(tmp_path / "lists", "county")
    before = {path.name for path in (tmp_path / "lists").iterdir()}
    with pytest.raises(pm.PlanFileError, match="--force"):
        plan.workbooks(tmp_path / "lists", "unit")
    assert {path.name for path in (tmp_path / "lists").iterdir()} == before
    plan.workbooks(tmp_path / "lists", "unit", replace=True)
    assert {path.name for path in (tmp_path / "lists").iterdir()} != before
    (tmp_path / "other").mkdir()
    (tmp_path / "other" / "mine.txt").touch()
    with pytest.raises(pm.PlanFileError, match="does not hold lists"):
        plan.workbooks(tmp_path / "other", replace=True)


def test_options_are_checked_together(plan: pm.Plan, tmp_path: Path) -> None:
    with pytest.raises(pm.OptionError) as caught:
        write_lists(plan, tmp_path / "x", "village", "fr", before=3)  # type: ignore[arg-type]
    assert {finding.column for finding in caught.value.findings} == {"by", "language", "before"}
    unsolved = pm.solve(problem(), time_limit=1e-9)
    with pytest.raises(pm.OptionError):
        unsolved.workbooks(tmp_path / "x")


def test_progress_ends_with_all_lists(plan: pm.Plan, tmp_path: Path) -> None:
    seen: list[pm.Progress] = []
    lists = plan.workbooks(tmp_path / "lists", "unit", progress=seen.append)
    assert (seen[-1].phase, seen[-1].done) == ("write_lists", lists.num_rows)
