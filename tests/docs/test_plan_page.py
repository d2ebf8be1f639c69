"""The page on the plan lists what a plan has, and nothing else."""

import dataclasses
from pathlib import Path

import pyarrow as pa
import pytest

from pairmatch import Plan, Problem, Status, solve
from pairmatch.cli import main
from pairmatch.diagnosis.cures import CURE_KINDS, Cure
from pairmatch.diagnosis.diagnosis import Diagnosis, Shortage
from pairmatch.model.reasons import REASONS
from pairmatch.proof import Certificate, Scope
from pairmatch.report.people import pairs_for_people, unmatched_for_people
from tests.docs.markdown_tables import REFERENCE, code_of, tables_under

TABLES = tables_under(REFERENCE / "plan.md")
HOW_TO = REFERENCE.parent / "howto" / "read_a_shortage.md"
CADRES = "cadre_id,unit_id,rank,min_load\nc1,u,bureau,0\nc2,u,staff,2\n"
RECIPIENTS = "recipient_id,category,area\nr1,orphan,a\n"


def listed(heading: str) -> list[str]:
    """Return the names in the first column; a cell may hold several."""
    return [code_of(name) for row in TABLES[heading] for name in row[0].split(", ")]


@pytest.fixture(scope="module")
def plan() -> Plan:
    return solve(
        Problem.from_tables(
            cadres={"cadre_id": ["c1"], "unit_id": ["u"], "rank": ["staff"], "min_load": [2]},
            recipients={"recipient_id": ["r1"], "category": ["orphan"], "area": ["a"]},
        )
    )


def test_members_are_those_of_a_plan() -> None:
    fields = {one.name for one in dataclasses.fields(Plan) if not one.name.startswith("_")}
    own = {name for name in vars(Plan) if not name.startswith("_")}
    names = [name.partition("(")[0] for name in listed("Members")]
    assert sorted(names) == sorted(fields | own)


def test_every_status_has_its_advice() -> None:
    assert TABLES["Status"] == [[status.name, status.advice] for status in Status]


def test_terms_are_those_of_the_objective(plan: Plan) -> None:
    assert listed("Terms") == list(plan.objective_terms)


def test_levels_are_those_of_a_plan_that_breaks_rules(plan: Plan) -> None:
    assert listed("Levels") == [level.name for level in plan.levels]


@pytest.mark.parametrize("name", ["pairs", "unmatched", "loads"])
def test_columns_of_the_tables_are_listed(plan: Plan, name: str) -> None:
    table: pa.Table = getattr(plan, name)
    assert listed(name) == table.column_names


def test_columns_of_the_tables_for_people_are_listed(plan: Plan) -> None:
    assert listed("pairs.csv") == pairs_for_people(plan).column_names
    assert listed("unmatched.csv") == unmatched_for_people(plan).column_names


def test_types_of_the_columns_are_as_said(plan: Plan) -> None:
    text = {"recipient_id", "cadre_id", "reason", "detail"}
    for table in (plan.pairs, plan.unmatched, plan.loads):
        for field in table.schema:
            expected = pa.string() if field.name in text else pa.int64()
            assert field.type == (pa.bool_() if field.name == "kept" else expected), field.name


def test_reasons_are_those_that_the_proof_takes() -> None:
    assert sorted(listed("Reasons")) == sorted(REASONS)


def test_the_glossary_has_every_reason() -> None:
    reasons = tables_under(REFERENCE.parent / "glossary.md")["The reasons 未结对原因"]
    assert sorted(row[0] for row in reasons) == sorted(REASONS)


@pytest.mark.parametrize(
    ("heading", "kind"), [("Diagnosis", Diagnosis), ("Shortage", Shortage), ("Cure", Cure)]
)
def test_members_of_a_diagnosis_are_listed(heading: str, kind: type) -> None:
    assert sorted(listed(heading)) == sorted(field.name for field in dataclasses.fields(kind))


def test_kinds_of_cures_are_listed() -> None:
    kinds = [code_of(row[0]) for row in tables_under(HOW_TO)["Try a cure"]]
    assert tuple(kinds) == CURE_KINDS
    said = next(row[1] for row in TABLES["Cure"] if row[0] == "`kind`")
    assert said.replace(" or ", ", ").split(", ") == kinds


def test_the_certificate_has_these_members() -> None:
    assert listed("Certificate") == [field.name for field in dataclasses.fields(Certificate)]
    scope = next(row[1] for row in TABLES["Certificate"] if row[0] == "`scope`")
    assert all(name in scope for name in Scope)


def test_keys_of_the_summary_are_listed_in_order(plan: Plan) -> None:
    assert listed("summary.json") == list(plan.summary())


def test_files_are_those_that_solve_writes(tmp_path: Path) -> None:
    (tmp_path / "in").mkdir()
    (tmp_path / "in" / "cadres.csv").write_text(CADRES, encoding="utf-8")
    (tmp_path / "in" / "recipients.csv").write_text(RECIPIENTS, encoding="utf-8")
    main(["solve", str(tmp_path / "in"), "-o", str(tmp_path / "out")])
    names = [path.name + "/" * path.is_dir() for path in (tmp_path / "out").iterdir()]
    assert sorted(listed("Files")) == sorted(names)


def test_files_marked_so_are_those_of_a_saved_plan(plan: Plan, tmp_path: Path) -> None:
    plan.save(tmp_path / "saved")
    saved = [
        code_of(name) for row in TABLES["Files"] if row[2] == "saved" for name in row[0].split(", ")
    ]
    names = [path.name + "/" * path.is_dir() for path in (tmp_path / "saved").iterdir()]
    assert sorted(saved) == sorted(names)
