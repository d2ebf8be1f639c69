"""Which file is which table, which is nearly one, and which is none."""

import pytest

from pairmatch.tables.findings import Findings
from pairmatch.tables.folder_files import FolderFiles, assign_files

PEOPLE = ["cadres.csv", "recipients.parquet"]


def assigned(*names: str, replaced: tuple[str, ...] = ()) -> tuple[FolderFiles, Findings]:
    findings = Findings()
    return assign_files(sorted([*PEOPLE, *names]), replaced, findings), findings


@pytest.mark.parametrize(
    ("name", "table", "cure"),
    [
        ("lock.csv", "locks", "rename it to locks.csv"),
        ("policy.yaml.txt", "policy", "rename it to policy.yaml"),
        ("policy.YAML", "policy", "rename it to policy.yaml"),
        ("Policy.yml", "policy", "rename it to policy.yml"),
        ("policy.txt", "policy", "save it as policy.yaml"),
        ("policy.csv", "policy", "save it as policy.yaml"),
        ("policies.json", "policy", "rename it to policy.json"),
        ("polciy.yaml", "policy", "rename it to policy.yaml"),
        ("bans.CSV", "bans", "rename it to bans.csv"),
        ("area.csv", "areas", "rename it to areas.csv"),
        ("Areas.parquet", "areas", "rename it to areas.parquet"),
        ("areas", "areas", "save it as areas.csv"),
        ("areas.xlsx", "areas", "save it as areas.csv"),
        ("units.xls", "units", "save it as units.csv"),
        ("units.csv.gz", "units", "save it as units.csv"),
        ("units (1).csv", "units", "rename it to units.csv"),
        ("units - copy.csv", "units", "rename it to units.csv"),
        ("locks_2026.csv", "locks", "rename it to locks.csv"),
        ("curent.feather", "current", "rename it to current.feather"),
        ("adjustment.csv", "adjustments", "rename it to adjustments.csv"),
        ("ｂａｎｓ.csv", "bans", "rename it to bans.csv"),
        ("bans.csv ", "bans", "rename it to bans.csv"),
        (" bans.csv", "bans", "rename it to bans.csv"),
    ],
)
def test_a_file_that_is_nearly_a_known_one_is_a_failure(name: str, table: str, cure: str) -> None:
    files, findings = assigned(name)
    assert [(one.code, one.table) for one in findings.found] == [("misspelt_file", table)]
    assert name in findings.found[0].found
    assert findings.found[0].advice.startswith(cure)
    assert files.doubtful == {table}
    assert files.ignored == ()


@pytest.mark.parametrize("name", ["Cadres.csv", "cadre.xls", "cadres.xlsx", "cadres"])
def test_a_needed_table_under_another_name_is_not_also_missing(name: str) -> None:
    findings = Findings()
    assign_files([name, "recipients.csv"], (), findings)
    assert [(one.code, one.table) for one in findings.found] == [("misspelt_file", "cadres")]


@pytest.mark.parametrize(
    "pair",
    [
        ("cadres.csv", "cadres.parquet"),
        ("cadres.csv", "Cadres.csv"),
        ("cadres.csv", "cadres.CSV"),
        ("cadres.csv", "cadre.csv"),
    ],
)
def test_two_files_for_one_table_are_ambiguous(pair: tuple[str, str]) -> None:
    findings = Findings()
    files = assign_files([*pair, "recipients.csv"], (), findings)
    assert [(one.code, one.table) for one in findings.found] == [("two_files", "cadres")]
    assert all(name in findings.found[0].found for name in pair)
    assert "cadres" not in files.found


@pytest.mark.parametrize(
    "name",
    [
        *("notes.txt", "README.md", "policy.pdf", "policy.docx", "areas.png"),
        *("units.md", "quotas.csv", "plans.csv", "blocks.csv", "villages.csv", "schools.xlsx"),
        *("budget.csv", "summary.json", "pairs.csv", "loads.csv", "unmatched.csv", "plan.json"),
        *("locks_old.csv", "locks.csv.bak", "plan-1", "contacts.csv", "map.geojson"),
        # beside the file of the table itself
        *("cadres.xlsx", "cadres.csv.bak", "cadres (1).csv", "recipients_2025.csv", "cadres.txt"),
    ],
)
def test_other_files_are_ignored_and_named(name: str) -> None:
    files, findings = assigned(name)
    assert findings.found == []
    assert files.found == {"cadres": "cadres.csv", "recipients": "recipients.parquet"}
    assert len(files.ignored) == 1


@pytest.mark.parametrize(
    "name", [".DS_Store", ".cadres.csv.swp", "~$cadres.xlsx", "Thumbs.db", "SOURCES.md"]
)
def test_hidden_files_and_what_a_synthetic_province_adds_are_passed_over(name: str) -> None:
    files, findings = assigned(name)
    assert (files.ignored, findings.found) == ((), [])


def test_what_comes_from_elsewhere_leaves_its_files_ignored() -> None:
    files, findings = assigned("current.csv", "Current.csv", replaced=("current",))
    assert findings.found == []
    assert files.ignored == ("*.csv", "current.csv")
    assert "current" not in files.found


def test_names_that_may_be_somebody_s_are_not_shown() -> None:
    files, _ = assigned("王小明.xlsx", "Wang Xiaoming.csv", "13812345678.txt", "a.csv")
    assert files.ignored == ("*.txt", "*.csv", "a.csv", "*.xlsx")
