"""Edits and scenarios: read to the letter of their schema, refused at once and quoting nothing."""

import json
from pathlib import Path
from typing import Any

import numpy as np
import pyarrow as pa
import pytest
from hypothesis import given
from hypothesis import strategies as st
from pydantic import ValidationError

import pairmatch as pm
from pairmatch import InputError, Recipient, Scenario, read_scenario
from pairmatch.model.edits import OPS, AddRecipients, RemoveCadres, ReplaceTable
from tests.tables.good import good_tables, where

SCENARIO = """\
schema_version: 1
name: transfers in March
edits:
- {op: remove_cadres, ids: [c1, 12, 007]}
- op: add_recipients
  rows:
  - {recipient_id: 0123, category: orphan, area: 620102, lon: 103.5, lat: 36}
- {op: change_cadres, ids: [c2], set: {unit_id: u2, area: null}}
- {op: lock, pairs: [{recipient_id: r1, cadre_id: c2}], reason: agreed, author: p-17}
- {op: adjust, pairs: [{recipient_id: r1, cadre_id: c2}], extra_km: -1.5}
- {op: adjust, pairs: [{recipient_id: r2, cadre_id: c2}], extra_km: null}
- {op: close_area, area: 1:30}
- {op: set_policy, set: {load.default_capacity: 3}}
- {op: replace_table, table: locks, rows: null}
"""


def refused(text: str) -> InputError:
    with pytest.raises(InputError) as caught:
        Scenario.from_yaml(text)
    return caught.value


def test_a_scenario_is_read_from_yaml_and_written_so_that_it_reads_the_same(tmp_path: Path) -> None:
    scenario = Scenario.from_yaml(SCENARIO)
    assert scenario.name == "transfers in March"
    assert [edit.op for edit in scenario.edits][:2] == ["remove_cadres", "add_recipients"]
    assert Scenario.from_yaml(scenario.to_yaml()) == scenario
    assert Scenario.from_mapping(scenario.to_document()) == scenario
    for name, text in (
        ("scenario.yaml", SCENARIO),
        ("scenario.json", json.dumps(scenario.to_document(), ensure_ascii=False)),
    ):
        (tmp_path / name).write_text(text, encoding="utf-8")
        assert read_scenario(tmp_path / name) == scenario


def test_ids_that_look_like_numbers_stay_what_they_are() -> None:
    edits = Scenario.from_yaml(SCENARIO).edits
    assert isinstance(edits[0], RemoveCadres)
    assert edits[0].ids == ("c1", "12", "007")
    assert isinstance(edits[1], AddRecipients)
    assert edits[1].rows[0]["recipient_id"] == "0123"
    assert getattr(edits[6], "area", None) == "1:30"
    problem = pm.Problem.from_tables(**good_tables())
    row = {"recipient_id": 77, "category": "orphan", "area": "t1"}
    edited = problem.edit({"op": "add_recipients", "rows": [row]})
    assert "77" in edited.recipients.column("recipient_id").to_pylist()


@given(
    st.lists(
        st.one_of(
            st.text(
                st.characters(codec="utf-8", exclude_categories=["Cc"]), min_size=1, max_size=9
            ),
            st.from_regex(r"[-+]?[0-9.:_eE]{1,8}", fullmatch=True),
            st.sampled_from(
                ["007", "1e5", "1.5e3", "-.5", "0x1F", "no", "null", "~", "2024-01-31"]
            ),
        )
    )
)
def test_ids_are_written_so_that_they_read_the_same(ids: list[str]) -> None:
    scenario = Scenario(edits=(RemoveCadres(ids=ids),))
    assert Scenario.from_yaml(scenario.to_yaml()) == scenario


@pytest.mark.parametrize(
    "ids", [("c1", "7"), ["c1", 7], np.array(["c1", "7"]), pa.array(["c1", "7"])]
)
def test_ids_may_be_any_column(ids: Any) -> None:
    assert RemoveCadres(ids=ids).ids == ("c1", "7")


@pytest.mark.parametrize("ids", ["c1", {"c1": 0}, 7, [True], [""], ["c" * 129]])
def test_what_is_no_column_of_ids_is_refused(ids: Any) -> None:
    with pytest.raises(ValidationError):
        RemoveCadres(ids=ids)


def test_everything_that_is_wrong_is_reported_with_edit_field_and_line() -> None:
    error = refused(
        "version: 2\n"
        "edits:\n"
        "- {op: remove_cadre, ids: []}\n"
        "- {ids: []}\n"
        "- 3\n"
        "- {op: remove_cadres, ids: c1, idz: [Wang Xiaoming]}\n"
        "- {op: remove_cadres, ids: [c1, [1], c2, '']}\n"
        "- {op: change_cadres, ids: [c1], set: {}}\n"
        "- {op: adjust, pairs: [], extra_km: Wang}\n"
        "- {op: set_policy, set: {}}\n"
        "- {op: replace_table, table: Wang, rows: []}\n"
        "- {op: add_cadres, rows: cadres.csv}\n"
        "- {op: add_cadres}\n"
        "- {op: lock, pairs: [], reason: 13912345678}\n"
    )
    found = {
        (
            one.kind,
            one.column,
            one.parameters.get("edit"),
            one.parameters.get("line"),
            tuple(one.rows.tolist()),
        )
        for one in error.findings
    }
    assert found == {
        ("bad_edit.unknown_field", "version", None, 1, ()),
        ("bad_edit.unknown_op", "op", 1, 3, ()),
        ("bad_edit.unknown_op", "op", 2, 4, ()),
        ("bad_edit.no_edit", None, 3, 5, ()),
        ("bad_edit.list", "ids", 4, 6, ()),
        ("bad_edit.unknown_field", "idz", 4, 6, ()),
        ("bad_edit.text", "ids", 5, 7, (2,)),
        ("bad_edit", "ids", 5, 7, (4,)),
        ("bad_edit.empty_set", "set", 6, 8, ()),
        ("bad_edit.number", "extra_km", 7, 9, ()),
        ("bad_edit.empty_set", "set", 8, 10, ()),
        ("bad_edit.other_value", "table", 9, 11, ()),
        ("bad_edit.list", "rows", 10, 12, ()),
        ("bad_edit.missing", "rows", 11, 13, ()),
        ("bad_edit.text", "reason", 12, 14, ()),
    }
    assert "Wang" not in str(error)
    assert "139" not in str(error)
    assert "(edit 5) (line 7)" in str(error)


@pytest.mark.parametrize(
    ("text", "kind"),
    [
        ("[]", "bad_edit.no_fields"),
        ("edits: 3", "bad_edit.list"),
        ("edits: [", "bad_edit.yaml"),
        ("edits: &a []", "bad_edit.alias"),
        ("edits: []\nedits: []", "bad_edit.twice"),
        ("name: 13912345678\nedits: []", "bad_edit.text"),
        (f"edits: {'[' * 30}", "bad_edit.deep"),
        (f"edits: [{'a,' * 500_001}]", "bad_edit.entries"),
        (f"name: {'a' * 1001}\nedits: []", "bad_edit.long_value"),
    ],
)
def test_texts_that_are_no_scenario_are_refused(text: str, kind: str) -> None:
    assert [one.kind for one in refused(text).findings] == [kind]


def test_files_that_are_no_scenario_are_refused_without_their_names(tmp_path: Path) -> None:
    (tmp_path / "王小明.yaml").write_bytes(b"edits: \xff")
    (tmp_path / "other.yaml").write_bytes(b"PK\x03\x04")
    for path, code in (
        (tmp_path / "王小明.yaml", "bad_encoding"),
        (tmp_path / "other.yaml", "unreadable_file"),
        (tmp_path / "none.yaml", "unreadable_file"),
        (tmp_path, "unreadable_file"),
    ):
        with pytest.raises(InputError) as caught:
            read_scenario(path)
        assert where(caught.value) == [(code, "scenario", None, ())]
        assert "王" not in str(caught.value)


def test_a_model_made_wrongly_quotes_nothing() -> None:
    for model, fields in (
        (AddRecipients, {"rows": [], "Wang Xiaoming": 1}),
        (RemoveCadres, {"ids": [{"name": "Wang Xiaoming"}]}),
        (ReplaceTable, {"table": "Wang Xiaoming", "rows": []}),
    ):
        with pytest.raises(ValidationError) as caught:
            model(**fields)
        assert "Wang" not in str(caught.value)


def test_edits_do_not_change() -> None:
    edit = RemoveCadres(ids=["c1"])
    with pytest.raises(ValidationError):
        edit.ids = ("c2",)


def test_rows_of_any_kind_are_written_as_mappings() -> None:
    rows = [{"recipient_id": "r9", "category": "orphan", "area": "t1"}]
    for table in (
        rows,
        iter(rows),
        [Recipient.model_validate(rows[0])],
        pa.Table.from_pylist(rows),
        pa.RecordBatch.from_pylist(rows),
        {name: [value] for name, value in rows[0].items()},
    ):
        scenario = Scenario(edits=(AddRecipients(rows=table),))
        (edit,) = scenario.to_document()["edits"]
        assert rows[0].items() <= edit["rows"][0].items()
        again = Scenario.from_mapping(scenario.to_document())
        assert again.to_document() == scenario.to_document()


def instance(  # noqa: C901  # one branch for each kind of schema
    schema: dict[str, Any], whole: dict[str, Any], rng: np.random.Generator
) -> Any:
    """Return something that a JSON schema describes."""
    if "$ref" in schema:
        return instance(whole["$defs"][schema["$ref"].rpartition("/")[2]], whole, rng)
    for several in ("oneOf", "anyOf"):
        if several in schema:
            return instance(schema[several][int(rng.integers(len(schema[several])))], whole, rng)
    if "const" in schema:
        return schema["const"]
    if "enum" in schema:
        return schema["enum"][int(rng.integers(len(schema["enum"])))]
    kind = schema["type"]
    if kind == "null":
        return None
    if kind == "object":
        names = [
            name
            for name in schema.get("properties", {})
            if name in schema.get("required", ()) or rng.random() < 0.5
        ]
        if len(names) < schema.get("minProperties", 0):
            names = list(schema.get("properties", {}))[:1]
        made = {name: instance(schema["properties"][name], whole, rng) for name in names}
        return made or ({"load.default_capacity": 3} if schema.get("minProperties") else {})
    if kind == "array":
        count = int(rng.integers(schema.get("minItems", 0), 4))
        return [instance(schema["items"], whole, rng) for _ in range(count)]
    if kind == "string":
        return "1.5" if "pattern" in schema else "x" * max(1, schema.get("minLength", 1))
    if kind == "integer":
        return int(schema.get("minimum", -3))
    assert kind == "number"
    return float(rng.choice([schema.get("minimum", -7), schema.get("maximum", 7)]))


def test_the_reader_accepts_whatever_the_schema_says() -> None:
    schema = Scenario.model_json_schema()
    assert json.loads(json.dumps(schema)) == schema
    rng = np.random.default_rng(0)
    seen: set[str] = set()
    for _ in range(300):
        document = instance(schema, schema, rng)
        scenario = Scenario.from_mapping(document)
        assert json.loads(json.dumps(scenario.to_document())) == scenario.to_document()
        seen |= {edit.op for edit in scenario.edits}
    assert seen == set(OPS)


def test_the_schema_knows_no_other_fields() -> None:
    schema = Scenario.model_json_schema()
    assert schema["additionalProperties"] is False
    for model in OPS.values():
        found = schema["$defs"][model.__name__]
        assert found["additionalProperties"] is False
        assert "op" in found["required"]
