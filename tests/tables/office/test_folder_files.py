"""Which file is which table, which is nearly one, and which is none."""

import pytest

from pairmatch.tables.findings import Findings
from pairmatch.tables.office.folder_files import FolderFiles, assign_files
from pairmatch.tables.office.vocabulary import Vocabulary

PEOPLE = ["cadres.csv", "recipients.parquet"]


def assigned(*names: str, replaced: tuple[str, ...] = ()) -> tuple[FolderFiles, Findings]:
    findings = Findings()
    every = sorted([*PEOPLE, *names])
    return assign_files(every, replaced, Vocabulary.standard(), findings), findings


@pytest.mark.parametrize(
    ("name", "table"),
    [
        *(("lock.csv", "locks"), ("bans.CSV", "bans"), ("Areas.parquet", "areas")),
        *(("areas.xlsx", "areas"), ("area.tsv", "areas"), ("units (1).csv", "units")),
        *(("locks_2026.csv", "locks"), ("adjustment.csv", "adjustments"), (" bans.csv", "bans")),
        *(("ｂａｎｓ.csv", "bans"), ("Policy.yml", "policy"), ("policies.json", "policy")),
        *(("单位.csv", "units"), ("行政区划.xlsx", "areas"), ("现有结对.csv", "current")),
        *(("2026年红崖县禁配名单.xlsx", "bans"), ("政策.yaml", "policy"), ("锁定.txt", "locks")),
    ],
)
def test_a_file_is_called_like_its_table_in_english_or_chinese_in_any_case(
    name: str, table: str
) -> None:
    files, findings = assigned(name)
    assert (files.found.get(table), findings.found) == (name, [])
    assert files.others == ()


@pytest.mark.parametrize(
    ("name", "table", "cure"),
    [
        ("policy.yaml.txt", "policy", "rename it to policy.yaml"),
        ("policy.txt", "policy", "save it as policy.yaml"),
        ("policy.csv", "policy", "save it as policy.yaml"),
        ("polciy.yaml", "policy", "rename it to policy.yaml"),
        ("areas", "areas", "save it as areas.xlsx"),
        ("units.xls", "units", "save it as units.xlsx"),
        ("单位.et", "units", "save it as 单位.xlsx"),
        ("units.csv.gz", "units", "save it as units.xlsx"),
        ("units - copy.csv", "units", "rename it to units.csv"),
        ("curent.feather", "current", "rename it to current.feather"),
    ],
)
def test_a_file_that_is_nearly_a_known_one_is_a_failure(name: str, table: str, cure: str) -> None:
    files, findings = assigned(name)
    assert [(one.code, one.table) for one in findings.found] == [("misspelt_file", table)]
    assert findings.found[0].advice.startswith(cure)
    assert files.doubtful == {table}
    assert files.others == ()


@pytest.mark.parametrize("name", ["cadrse.csv", "cadre.xls", "cadres"])
def test_a_needed_table_under_another_name_is_not_also_missing(name: str) -> None:
    findings = Findings()
    assign_files([name, "recipients.csv"], (), Vocabulary.standard(), findings)
    assert [(one.code, one.table) for one in findings.found] == [("misspelt_file", "cadres")]


@pytest.mark.parametrize(
    "pair",
    [
        ("cadres.csv", "cadres.parquet"),
        ("cadres.csv", "Cadres.csv"),
        ("cadres.csv", "cadres.CSV"),
        ("cadres.csv", "cadre.csv"),
        ("cadres.csv", "cadres.xlsx"),
        ("cadres.csv", "干部.xlsx"),
        ("cadres_2025.csv", "cadres_2026.csv"),
    ],
)
def test_two_files_for_one_table_are_ambiguous(pair: tuple[str, str]) -> None:
    findings = Findings()
    files = assign_files([*pair, "recipients.csv"], (), Vocabulary.standard(), findings)
    assert [(one.code, one.table) for one in findings.found] == [("two_files", "cadres")]
    assert "cadres" not in files.found


@pytest.mark.parametrize(
    "name",
    [
        *("notes.txt", "README.md", "policy.pdf", "policy.docx", "areas.png"),
        *("units.md", "quotas.csv", "plans.csv", "blocks.csv", "villages.csv", "schools.ods"),
        *("budget.csv", "summary.json", "pairs.csv", "loads.csv", "unmatched.csv", "plan.json"),
        *("locks_old.csv", "locks.csv.bak", "plan-1", "contacts.csv", "map.geojson"),
        # beside the file of the table itself
        *("干部2025.xlsx", "cadres.csv.bak", "cadres (1).csv", "recipients_2025.csv", "cadres.doc"),
    ],
)
def test_other_files_are_ignored_and_named(name: str) -> None:
    files, findings = assigned(name)
    assert findings.found == []
    assert files.found == {"cadres": "cadres.csv", "recipients": "recipients.parquet"}
    assert files.others == (name,)


@pytest.mark.parametrize(
    "name", [".DS_Store", ".cadres.csv.swp", "~$cadres.xlsx", "Thumbs.db", "SOURCES.md"]
)
def test_hidden_files_and_what_a_synthetic_province_adds_are_passed_over(name: str) -> None:
    files, findings = assigned(name)
    assert (files.others, findings.found) == ((), [])


def test_what_comes_from_elsewhere_leaves_its_files_ignored() -> None:
    files, findings = assigned("current.csv", "Current.csv", replaced=("current",))
    assert findings.found == []
    assert files.others == ("Current.csv", "current.csv")
    assert "current" not in files.found


def test_a_workbook_called_otherwise_may_hold_any_table() -> None:
    files, _ = assigned("红崖县.xlsx", "王小明.xlsx", "notes.txt")
    assert files.workbooks == ("王小明.xlsx", "红崖县.xlsx")
    assert files.others == ("notes.txt",)
