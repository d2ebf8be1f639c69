"""What units answer becomes locks and bans; what is not clear is named, with its place."""

import zipfile
from collections import Counter
from pathlib import Path
from typing import Any

import openpyxl
import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

import pairmatch as pm
from pairmatch.errors import Finding
from pairmatch.lists.layout import said
from tests.lists.conftest import UNITS
from tests.lists.returned_lists import COLUMNS, Row, rows_of, write_list, write_text


def answered(rows: list[Row], *answers: str | None, reason: str | None = None) -> list[Row]:
    """Return rows with answers, in turn."""
    return [
        {**row, "answer": answers[at % len(answers)], "reason": reason}
        for at, row in enumerate(rows)
    ]


def codes(answers: pm.Answers) -> dict[str, int]:
    return dict(Counter(finding.kind for finding in answers.findings))


def the(answers: pm.Answers, kind: str) -> Finding:
    (found,) = (finding for finding in answers.findings if finding.kind == kind)
    return found


def why(answers: pm.Answers, recipient: str) -> tuple[str, str]:
    (row,) = (row for row in answers.pairs.to_pylist() if row["recipient_id"] == recipient)
    return row["answer"], row["why"]


def test_a_confirmed_pair_is_a_lock_and_a_rejected_one_a_ban(plan: pm.Plan, tmp_path: Path) -> None:
    rows = rows_of(plan, code="u1")
    rows[0] |= {"answer": "确认", "author": "h-04"}
    rows[1] |= {"answer": "拒绝", "reason": "干部已调离"}
    file = write_list(tmp_path / "u1.xlsx", rows, digest=plan.digest(), code="u1")
    answers = plan.answers(file)
    assert codes(answers) == {}
    assert answers.counts == {"confirmed": 1, "rejected": 1, "open": 7}
    assert answers.files == ("u1.xlsx",)
    scenario = answers.scenario("zh")
    assert scenario.to_document()["edits"] == [
        {
            "op": "lock",
            "pairs": [{"recipient_id": "r0", "cadre_id": rows[0]["cadre_id"]}],
            "author": "h-04",
        },
        {
            "op": "ban",
            "pairs": [{"recipient_id": "r1", "cadre_id": rows[1]["cadre_id"]}],
            "reason": "干部已调离",
            "author": "u1",
        },
    ]
    assert why(answers, "r2") == ("open", "blank")
    assert why(answers, "r3") == ("open", "no_row")
    after = plan.what_if(scenario)
    kept = {(row["recipient_id"], row["cadre_id"]) for row in after.pairs.to_pylist()}
    assert ("r0", rows[0]["cadre_id"]) in kept
    assert ("r1", rows[1]["cadre_id"]) not in kept
    assert pm.Scenario.from_yaml(scenario.to_json()) == pm.Scenario.from_yaml(scenario.to_yaml())


@pytest.mark.parametrize(
    ("text", "answer"),
    [
        *(
            (text, "confirmed")
            for text in ("确认", "同意", "是", "√", "Y", " yes ", "同意。", "☑同意")
        ),
        *((text, "rejected") for text in ("拒绝", "退回", "不同意", "否", "×", "N", "Reject")),
        *(
            (text, "open")
            for text in ("待定", "x", "同意?", "同意×", "√×", "看情况", "-", "1", "同意/不同意")
        ),
    ],
)
def test_answers_are_understood_in_many_words_and_never_guessed(
    plan: pm.Plan, tmp_path: Path, text: str, answer: str
) -> None:
    rows = rows_of(plan, code="u1")
    rows[0]["answer"] = text
    answers = plan.answers(write_list(tmp_path / "a.xlsx", rows, digest=plan.digest()))
    assert why(answers, "r0")[0] == answer
    if answer == "open":
        found = [one for one in answers.findings if one.column == "answer"]
        assert [(one.letter, one.rows.tolist()) for one in found] == [("E", [2])]


def test_a_list_in_english_says_the_same(plan: pm.Plan, tmp_path: Path) -> None:
    rows = rows_of(plan)
    chinese = write_list(
        tmp_path / "zh.xlsx", answered(rows, "确认", "拒绝"), digest=plan.digest(), code="u1"
    )
    english = write_list(
        tmp_path / "en.xlsx",
        answered(rows, "confirm", "reject"),
        digest=plan.digest().upper(),
        code="u1",
        language="en",
    )
    one, other = (plan.answers(file) for file in (chinese, english))
    assert one.scenario() == other.scenario()
    assert one.counts == {"confirmed": 5, "rejected": 4, "open": 0}


def test_rows_that_are_gone_added_or_changed_are_named(plan: pm.Plan, tmp_path: Path) -> None:
    rows = answered(rows_of(plan, code="u1"), "确认")
    gone, changed, left = rows
    changed["cadre_id"] = "c30"
    added = {"recipient_id": "r99", "cadre_id": "c10", "answer": "确认"}
    empty = {"recipient_id": "r0", "answer": "确认"}
    file = write_list(
        tmp_path / "u1.xlsx", [left, changed, added, empty], digest=plan.digest(), code="u1"
    )
    answers = plan.answers(file)
    assert codes(answers) == {
        "answer_missing_rows": 1,
        "answer_no_pair": 1,
        "answer_unknown_pair": 1,
    }
    missing, unknown = the(answers, "answer_missing_rows"), the(answers, "answer_unknown_pair")
    assert missing.parameters == {"count": 2}
    assert missing.ids == (gone["recipient_id"], changed["recipient_id"])
    assert (unknown.source.file, unknown.source.sheet) == ("u1.xlsx", "")
    assert unknown.rows.tolist() == [3, 4]
    assert the(answers, "answer_no_pair").rows.tolist() == [5]
    assert answers.counts == {"confirmed": 1, "rejected": 0, "open": 8}


def test_what_is_said_twice_counts_once_and_two_answers_leave_a_pair_open(
    plan: pm.Plan, tmp_path: Path
) -> None:
    rows = answered(rows_of(plan, code="u1"), "确认")
    first = write_list(tmp_path / "u1.xlsx", [*rows, rows[0]], digest=plan.digest(), code="u1")
    other = [{**rows[1], "answer": "拒绝"}, {**rows[2], "answer": None}]
    second = write_list(tmp_path / "u1-2.xlsx", other, digest=plan.digest(), code="u1")
    answers = plan.answers([first, second])
    assert codes(answers) == {"answer_contradictory": 2, "answer_repeated": 1}
    assert the(answers, "answer_repeated").rows.tolist() == [5]
    places = [
        (one.source.file, one.letter, one.rows.tolist(), one.parameters["names"])
        for one in answers.findings
        if one.kind == "answer_contradictory"
    ]
    both = ("u1.xlsx", "u1-2.xlsx")
    assert places == [("u1.xlsx", "E", [3], both), ("u1-2.xlsx", "E", [2], both)]
    assert why(answers, "r1") == ("open", "contradictory")
    assert why(answers, "r2") == ("confirmed", "answered")


def test_lists_of_other_plans_and_of_nobody_are_not_taken(plan: pm.Plan, tmp_path: Path) -> None:
    rows = answered(rows_of(plan), "确认")
    other = write_list(tmp_path / "1.xlsx", rows, digest="0" * 64)
    strange = [{**row, "recipient_id": f"q{at}"} for at, row in enumerate(rows)]
    nobody = write_list(tmp_path / "2.xlsx", strange, digest=None)
    answers = plan.answers([other, nobody])
    assert codes(answers) == {
        "answer_other_plan": 1,
        "answer_no_digest": 1,
        "answer_nobody": 1,
    }
    assert answers.counts["open"] == 9
    # the list of the plan before is known as such
    after = plan.what_if({"op": "ban", "pairs": plan.pairs.select([0, 1]).slice(0, 1).to_pylist()})
    before = write_list(tmp_path / "3.xlsx", rows, digest=plan.digest())
    assert codes(after.answers(before)) == {"answer_other_plan.before": 1}


def test_headers_may_move_and_have_synonyms_but_not_twins(plan: pm.Plan, tmp_path: Path) -> None:
    rows = answered(rows_of(plan, code="u1"), "确认")
    moved = write_list(
        tmp_path / "1.xlsx", rows, digest=plan.digest(), columns=tuple(reversed(COLUMNS))
    )
    assert plan.answers(moved).counts["confirmed"] == 3

    def renamed(file: Path, header: str, twin: str | None = None) -> pm.Answers:
        book = openpyxl.load_workbook(moved)
        sheet = book.worksheets[1]
        (cell,) = (cell for cell in sheet[1] if cell.value == "答复")
        cell.value = header
        if twin is not None:
            sheet.cell(1, 8, twin)
        book.save(file)
        return plan.answers(file)

    assert renamed(tmp_path / "2.xlsx", "是否同意").counts["confirmed"] == 3
    # a remark is none, as there is an answer
    assert renamed(tmp_path / "3.xlsx", "答复", "意见").counts["confirmed"] == 3
    twins = renamed(tmp_path / "4.xlsx", "是否同意", "是否确认")
    assert the(twins, "answer_two_columns").parameters == {"names": ("C", "H")}
    assert twins.counts["confirmed"] == 0
    lost = renamed(tmp_path / "5.xlsx", "办理")
    assert the(lost, "answer_missing_column").parameters == {"names": ("answer",)}
    assert lost.counts["confirmed"] == 0


def test_merged_cells_are_filled_down_with_a_note(plan: pm.Plan, tmp_path: Path) -> None:
    rows = rows_of(plan, code="u1")
    rows[0]["answer"] = "确认"
    file = write_list(tmp_path / "u1.xlsx", rows, digest=plan.digest(), code="u1")
    book = openpyxl.load_workbook(file)
    book.worksheets[1].merge_cells("E2:E4")
    book.save(file)
    answers = plan.answers(file)
    assert answers.counts["confirmed"] == 3
    assert [note.code for note in answers.notes] == ["repaired_merged_cells"]


def test_text_files_say_no_plan_and_are_read_all_the_same(plan: pm.Plan, tmp_path: Path) -> None:
    rows = answered(rows_of(plan, code="u1"), "同意", "不同意", reason="距离太远")
    for encoding in ("gb18030", "utf-8-sig", "utf-16"):
        answers = plan.answers(write_text(tmp_path / "u1.csv", rows, encoding=encoding))
        assert codes(answers) == {"answer_no_digest": 1}
        assert answers.counts == {"confirmed": 2, "rejected": 1, "open": 6}
        assert set(answers.pairs.column("reason").to_pylist()) == {"距离太远", None}


def test_files_that_cannot_be_read_are_named_and_do_not_stop_the_others(
    plan: pm.Plan, tmp_path: Path
) -> None:
    good = answered(rows_of(plan, code="u2"), "确认")
    write_list(tmp_path / "all" / "u2.xlsx", good, digest=plan.digest(), code="u2")
    openpyxl.Workbook().save(tmp_path / "all" / "blank.xlsx")
    (tmp_path / "all" / "broken.xlsx").write_bytes(b"PK\x03\x04" + bytes(100))
    (tmp_path / "all" / "old.xls").write_bytes(b"\xd0\xcf\x11\xe0" + bytes(600))
    (tmp_path / "all" / "empty.csv").write_bytes(b"")
    (tmp_path / "all" / "deep").mkdir()
    with zipfile.ZipFile(tmp_path / "all" / "deep" / "zip.xlsx", "w") as archive:
        archive.writestr("x", "x")
    (tmp_path / "all" / "~$u2.xlsx").write_bytes(b"x")
    answers = plan.answers(tmp_path / "all")
    assert {one.source.file: one.code for one in answers.findings} == {
        "blank.xlsx": "answer_no_list",
        "broken.xlsx": "unreadable_file",
        "empty.csv": "bad_header",
        "old.xls": "unsupported_format",
        "zip.xlsx": "unreadable_file",
    }
    assert answers.counts["confirmed"] == 3
    for language in ("en", "zh"):
        assert all(one.source.file in answers.text(language) for one in answers.findings)


def test_a_path_that_leads_nowhere_is_an_error(plan: pm.Plan, tmp_path: Path) -> None:
    with pytest.raises(pm.InputError) as error:
        plan.answers([tmp_path / "nothing", "https://example.org/x.xlsx"])
    assert [(one.code, one.column) for one in error.value.findings] == [
        ("unreadable_file", "#1"),
        ("not_a_file", "#2"),
    ]


def test_a_file_that_may_be_called_after_somebody_is_named_by_its_number(
    plan: pm.Plan, tmp_path: Path
) -> None:
    for name in ("王强.xlsx", "u1-王强.xlsx", "no list 13912345678.xlsx"):
        write_list(tmp_path / name, [], digest=plan.digest())
    assert sorted(plan.answers(tmp_path).files) == ["#1.xlsx", "#2.xlsx", "#3.xlsx"]
    for name in ("u1.xlsx", "u1 (2).xlsx", "K1-甲县.xlsx"):
        write_list(tmp_path / "known" / name, [], digest=plan.digest())
    assert sorted(plan.answers(tmp_path / "known").files) == [
        "K1-甲县.xlsx",
        "u1 (2).xlsx",
        "u1.xlsx",
    ]


def test_reasons_with_numbers_of_people_are_not_kept(plan: pm.Plan, tmp_path: Path) -> None:
    rows = answered(rows_of(plan, code="u1"), "拒绝", reason="请打 13912345678")
    rows[1] |= {"reason": "x" * 1001, "author": "z" * 129}
    rows[2] |= {"reason": '=HYPERLINK("x")', "author": "13912345678"}
    answers = plan.answers(write_list(tmp_path / "u1.xlsx", rows, digest=plan.digest(), code="u1"))
    assert answers.counts["rejected"] == 3
    assert codes(answers) == {"answer_not_kept": 2, "cell_not_computed": 1}
    assert "13912345678" not in answers.scenario().to_json() + answers.text("zh")
    plan.what_if(answers.scenario())


def test_what_an_earlier_round_has_settled_is_not_locked_again(
    plan: pm.Plan, tmp_path: Path
) -> None:
    rows = rows_of(plan, code="u1")
    first = write_list(tmp_path / "1.xlsx", answered(rows, "确认"), digest=plan.digest(), code="u1")
    after = plan.what_if(plan.answers(first).scenario())
    again = answered(rows, "确认", "拒绝", None)
    second = write_list(tmp_path / "2.xlsx", again, digest=after.digest(), code="u1")
    answers = after.answers(second)
    assert [why(answers, f"r{n}") for n in range(3)] == [
        ("confirmed", "earlier"),
        ("open", "contradictory"),
        ("confirmed", "earlier"),
    ]
    assert codes(answers) == {"answer_contradictory.locked": 1}
    assert answers.scenario().edits == ()
    assert after.what_if(answers.scenario()).pairs.equals(after.pairs)


def test_all_that_is_shown_has_words_in_both_languages(plan: pm.Plan, tmp_path: Path) -> None:
    rows = answered(rows_of(plan), "确认", "拒绝", "x", "待定", None, reason="13912345678")
    file = write_list(tmp_path / "u1.xlsx", [*rows, *rows[:3]], digest=plan.digest(), code="u1")
    answers = plan.answers(file)
    chinese = answers.text("zh")
    assert "已确认" in chinese
    assert "待答复" in chinese
    assert answers.summary("zh")["open_by_reason"] == {
        "blank": 1,
        "not_understood": 2,
        "undecided": 2,
    }
    assert "13912345678" not in chinese
    with pytest.raises(pm.OptionError):
        answers.text("fr")


@settings(
    deadline=None, max_examples=15, suppress_health_check=[HealthCheck.function_scoped_fixture]
)
@given(data=st.data())
def test_any_order_of_rows_and_files_gives_the_same_scenario(
    plan: pm.Plan, tmp_path: Path, data: st.DataObject
) -> None:
    said_of = st.sampled_from(["确认", "拒绝", "同意", None, "?"])
    reasons = st.sampled_from([None, "太远", "other"])
    rows: list[dict[str, Any]] = [
        {**row, "answer": data.draw(said_of), "reason": data.draw(reasons)}
        for row in [*rows_of(plan), *rows_of(plan)]
    ]
    found = []
    for turn in range(2):
        folder = tmp_path / f"{turn}"
        order = data.draw(st.permutations(rows))
        cut = data.draw(st.integers(0, len(rows)))
        for name, part in (("1.csv", order[:cut]), ("2.csv", order[cut:])):
            folder.mkdir(exist_ok=True)
            write_text(folder / name, part)
        found.append(plan.answers(folder))
    assert found[0].scenario().to_json() == found[1].scenario().to_json()
    assert found[0].pairs.equals(found[1].pairs)
    after = plan.what_if(found[0].scenario())
    kept = {(row["recipient_id"], row["cadre_id"]) for row in after.pairs.to_pylist()}
    for row in found[0].pairs.to_pylist():
        pair = row["recipient_id"], row["cadre_id"]
        assert (pair in kept) or row["answer"] != "confirmed"
        assert (pair not in kept) or row["answer"] != "rejected"


def test_headers_of_the_lists_are_understood_wherever_they_stand(
    plan: pm.Plan, tmp_path: Path
) -> None:
    rows = answered(rows_of(plan, code="u1"), "确认")
    file = write_list(tmp_path / "u1.xlsx", rows, digest=plan.digest(), code="u1")
    book = openpyxl.load_workbook(file)
    pairs = book.worksheets[1]
    pairs.insert_rows(1, 2)
    pairs["A1"] = "某单位结对清单"
    pairs.append(["合计", 3])
    pairs.append(["填报人:某", None])
    # the cover is moved and the sheet is called otherwise
    book.worksheets[0].insert_cols(1, 2)
    pairs.title = "Sheet9"
    book.save(file)
    answers = plan.answers(file)
    assert answers.counts["confirmed"] == 3
    assert codes(answers) == {}
    assert said("sheet", "pairs", "zh") != "Sheet9"


def test_every_unit_has_pairs(plan: pm.Plan) -> None:
    assert {row["unit_id"] for row in rows_of(plan)} == set(UNITS)
