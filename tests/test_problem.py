import json
import pickle
from typing import Any

import numpy as np
import pyarrow as pa
import pytest

from pairmatch.errors import InputError, OptionError
from pairmatch.model import (
    Policy,
)
from pairmatch.problem import Problem
from pairmatch.tables.schema import SCHEMAS
from tests.agreement.random_problems import drawn_problem
from tests.tables.good import good_tables, refused, spoiled, where


def good() -> Problem:
    return Problem.from_tables(**good_tables())


def same(one: Problem, other: Problem) -> bool:
    return (
        one.tables() == other.tables()
        and one.policy == other.policy
        and one.attributes == other.attributes
        and (one.has_units, one.has_areas) == (other.has_units, other.has_areas)
    )


def test_every_table_has_all_of_its_columns_and_their_types() -> None:
    few = Problem.from_tables(
        cadres={"cadre_id": ["c"], "unit_id": ["u"], "rank": ["staff"]},
        recipients={"recipient_id": ["r"], "category": ["orphan"], "area": ["a"]},
    )
    for schema in SCHEMAS:
        assert getattr(few, schema.name).schema == getattr(good(), schema.name).schema
    assert few.recipients.to_pylist() == [
        {
            "recipient_id": "r",
            "category": "orphan",
            "area": "a",
            "lon": None,
            "lat": None,
            "household_id": None,
            "demand": 1,
            "priority": 1,
        }
    ]
    assert few.cadres.column("min_load").to_pylist() == [0]
    assert (few.has_units, few.has_areas) == (False, False)
    assert {note.code for note in few.notes} == {"no_distances", "no_locality"}


def test_sponsors_may_be_lists_or_joined() -> None:
    problem = Problem.from_tables(**spoiled("units", sponsors=[" t1; t2;;t1", None]))
    assert problem.units.column("sponsors").to_pylist() == [["t1", "t2"], []]


def test_the_order_of_rows_and_columns_decides_nothing() -> None:
    turned: dict[str, Any] = {
        name: {column: list(reversed(values)) for column, values in reversed(columns.items())}
        for name, columns in good_tables().items()
    }
    assert same(Problem.from_tables(**turned), good())


def test_a_problem_pickles() -> None:
    tables = good_tables()
    tables["cadres"]["team"] = ["a", "b", None]
    problem = Problem.from_tables(
        **tables, policy={"distance": {"max_km": "12.345"}}, attributes=["team"]
    )
    again = pickle.loads(pickle.dumps(problem))  # noqa: S301  # pickled on the line itself
    assert same(again, problem)
    assert again.notes == problem.notes


def test_tables_are_taken_back() -> None:
    tables = good_tables()
    tables["recipients"]["needs"] = ["a", "b", None, "c"]
    problem = Problem.from_tables(**tables, attributes=["needs"])
    again = Problem.from_tables(
        **problem.tables(), policy=problem.policy, attributes=problem.attributes
    )
    assert same(again, problem)
    assert again.notes == problem.notes


def test_an_area_that_was_the_units_is_not_given_back_as_the_cadres() -> None:
    tables = good_tables()
    # not in the order of their ids, and one with an area of its own that is the unit's as well
    tables["cadres"] = {
        "cadre_id": ["c9", "c2", "c7", "c1"],
        "unit_id": ["u1", "u1", "u2", "u1"],
        "rank": ["staff"] * 4,
        "area": [None, "t2", "", "t1"],
    }
    tables["units"]["area"] = ["t1", "t2"]
    problem = Problem.from_tables(
        cadres=tables["cadres"],
        **{name: tables[name] for name in ("recipients", "units", "areas")},
    )
    assert problem.cadres["area"].to_pylist() == ["t1", "t2", "t2", "t1"]
    taken = problem.tables()["cadres"]
    assert taken["cadre_id"].to_pylist() == ["c1", "c2", "c7", "c9"]
    assert taken["area"].to_pylist() == ["t1", "t2", None, None]
    assert taken["lon"].null_count == taken["lat"].null_count == 4


def test_a_transferred_cadre_moves_with_the_unit() -> None:
    tables: dict[str, Any] = {
        "cadres": {"cadre_id": ["c1"], "unit_id": ["old"], "rank": ["staff"]},
        "recipients": {"recipient_id": ["r1"], "category": ["orphan"], "area": ["t2"]},
        "units": {"unit_id": ["old", "new"], "area": ["t1", "t2"]},
        "areas": good_tables()["areas"],
    }
    given = Problem.from_tables(**tables).tables()
    cadres = {name: given["cadres"][name].to_pylist() for name in given["cadres"].column_names}
    edited = {**given, "cadres": {**cadres, "unit_id": ["new"]}}
    wanted = {**tables, "cadres": {**tables["cadres"], "unit_id": ["new"]}}
    assert same(Problem.from_tables(**edited), Problem.from_tables(**wanted))
    assert Problem.from_tables(**edited).cadres["area"].to_pylist() == ["t2"]


@pytest.mark.parametrize("seed", range(12))
def test_taken_back_tables_cost_the_same(seed: int) -> None:
    problem = drawn_problem(27_000 + seed)
    again = Problem.from_tables(
        **problem.tables(), policy=problem.policy, attributes=problem.attributes
    )
    assert again.digest() == problem.digest()
    assert same(again, problem)
    ids = (
        problem.cadres["cadre_id"].to_pylist(),
        problem.recipients["recipient_id"].to_pylist(),
    )
    for one, other in zip(again.costs(*ids), problem.costs(*ids), strict=True):
        assert (one == other).all()
    assert (again.load_cost(ids[0]) == problem.load_cost(ids[0])).all()


def test_adjustments_are_exact_to_the_metre_there_and_back() -> None:
    metres = np.unique(
        np.concatenate(
            [np.arange(-2000, 2000), np.random.default_rng(1).integers(-(10**8), 10**8, 20_000)]
        )
    )
    recipients = [f"r{n}" for n in range(metres.shape[0])]
    tables: dict[str, Any] = {
        "cadres": {"cadre_id": ["c"], "unit_id": ["u"], "rank": ["staff"]},
        "recipients": {
            "recipient_id": recipients,
            "category": ["orphan"] * len(recipients),
            "area": ["a"] * len(recipients),
        },
        "adjustments": {
            "recipient_id": recipients,
            "cadre_id": ["c"] * len(recipients),
            "extra_km": [f"{metre / 1000:.3f}" for metre in metres.tolist()],
        },
    }
    problem = Problem.from_tables(**tables)
    by_id = dict(zip(recipients, metres.tolist(), strict=True))
    for taken in (problem, Problem.from_tables(**problem.tables())):
        found = taken.adjustments
        wanted = [by_id[one] for one in found.column("recipient_id").to_pylist()]
        assert found.column("extra_m").to_pylist() == wanted
        assert not any(note.code == "rounded_to_metres" for note in taken.notes)


def test_a_policy_may_be_a_policy_a_mapping_a_path_or_nothing(tmp_path: Any) -> None:
    wanted = Policy.from_mapping({"continuity": {"keep_km": 7}})
    (tmp_path / "policy.yaml").write_text(wanted.to_yaml(), encoding="utf-8")
    for given in (wanted, {"continuity": {"keep_km": 7}}, tmp_path / "policy.yaml"):
        assert Problem.from_tables(**good_tables(), policy=given).policy == wanted
    assert good().policy == Policy()


def test_a_bad_policy_is_reported_with_the_tables() -> None:
    error = refused(
        spoiled("recipients", demand=[-1, 1, 1, 1]), policy={"speed": 3, "coverage": {"mode": "x"}}
    )
    assert where(error) == [
        ("bad_policy", "policy", "coverage.mode", ()),
        ("bad_policy", "policy", "speed", ()),
        ("negative_number", "recipients", "demand", (1,)),
    ]


def test_another_policy_is_checked_against_the_tables() -> None:
    problem = good()
    other = problem.with_policy(Policy.from_mapping({"load": {"default_capacity": 1}}))
    assert problem.capacity().tolist() == [2, 2, 3]
    assert other.capacity().tolist() == [2, 1, 3]
    assert other.cadres is problem.cadres
    with pytest.raises(InputError) as caught:
        problem.with_policy(
            Policy.from_mapping(
                {"load": {"default_capacity": 0}, "ranks": ["bureau", "staff"], "categories": ["a"]}
            )
        )
    assert caught.value.counts == {"capacity_below_min_load": 1, "unknown_category": 4}


def test_tables_that_are_missing_are_refused() -> None:
    error = refused({"cadres": None, "recipients": None})
    assert where(error) == [
        ("wrong_type", "cadres", None, ()),
        ("wrong_type", "recipients", None, ()),
    ]


def references(node: Any) -> list[str]:
    if isinstance(node, dict):
        here = [node["$ref"]] if "$ref" in node else []
        return here + [found for value in node.values() for found in references(value)]
    if isinstance(node, list):
        return [found for value in node for found in references(value)]
    return []


def subschemas(node: dict[str, Any]) -> list[dict[str, Any]]:
    """Return a schema and all schemas within."""
    inner: list[Any] = [
        *node.get("properties", {}).values(),
        *node.get("$defs", {}).values(),
        *node.get("anyOf", []),
        *node.get("prefixItems", []),
        *(
            node[key]
            for key in ("items", "additionalProperties")
            if isinstance(node.get(key), dict)
        ),
    ]
    return [node, *(found for schema in inner for found in subschemas(schema))]


def test_the_json_schema_is_valid() -> None:
    schema = Problem.json_schema()
    assert json.loads(json.dumps(schema)) == schema
    assert schema["$schema"] == "https://json-schema.org/draft/2020-12/schema"
    found = references(schema)
    assert found
    for reference in found:
        assert reference.removeprefix("#/$defs/") in schema["$defs"]
    types = {"array", "boolean", "integer", "null", "number", "object", "string"}
    for one in subschemas(schema):
        assert one.get("type", "object") in types
        assert set(one.get("required", ())) <= set(one.get("properties", {}))
        assert "type" in one or "$ref" in one or "anyOf" in one or "enum" in one or "const" in one


def test_the_json_schema_has_every_table_and_column() -> None:
    properties = Problem.json_schema()["properties"]
    assert set(properties) == {*(schema.name for schema in SCHEMAS), "policy", "attributes"}
    for schema in SCHEMAS:
        row = properties[schema.name]["items"]
        assert set(row["properties"]) == {column.name for column in schema.columns}
        required = {column.name for column in schema.columns if column.required}
        assert set(row["required"]) == required


def test_columns_of_every_kind_of_arrow_number_are_taken() -> None:
    for kind in (pa.int8(), pa.uint64(), pa.float32(), pa.float64(), pa.decimal128(30, 3)):
        capacity = pa.array([2, None, 3]).cast(kind)
        tables = good_tables()
        tables["cadres"]["capacity"] = capacity
        assert Problem.from_tables(**tables).capacity().tolist() == [2, 2, 3]


@pytest.mark.parametrize(
    ("attributes", "found"),
    [
        ([1], "an int that is no name of a column (number 1 of the attributes)"),
        (["area", None], "a NoneType that is no name of a column (number 2 of the attributes)"),
        (b"area", "an int that is no name"),
        (5, "an int where names of columns are needed"),
        (None, "a NoneType where names of columns are needed"),
    ],
)
def test_attributes_that_are_no_names_have_a_clear_failure(attributes: Any, found: str) -> None:
    error = refused(good_tables(), attributes=attributes)
    first = error.findings[0]
    assert (first.code, first.table, first.column) == ("wrong_type", "attributes", None)
    assert found in first.found


@pytest.mark.parametrize("table", ["cadres", "recipients"])
def test_a_table_of_people_without_rows_has_a_note(table: str) -> None:
    few: dict[str, Any] = {
        "cadres": {"cadre_id": ["c"], "unit_id": ["u"], "rank": ["staff"]},
        "recipients": {"recipient_id": ["r"], "category": ["orphan"], "area": ["a"]},
    }
    assert "no_rows" not in {note.code for note in Problem.from_tables(**few).notes}
    few[table] = {name: pa.array([], pa.string()) for name in few[table]}
    notes = [note for note in Problem.from_tables(**few).notes if note.code == "no_rows"]
    assert [(note.table, note.count) for note in notes] == [(table, 1)]
    assert "no rows" in notes[0].text()


def test_sizes_are_in_the_singular_where_there_is_one() -> None:
    few = Problem.from_tables(
        cadres={"cadre_id": ["c"], "unit_id": ["u"], "rank": ["staff"]},
        recipients={"recipient_id": ["r"], "category": ["orphan"], "area": ["a"]},
        units={"unit_id": ["u"]},
        current={"recipient_id": ["r"], "cadre_id": ["c"]},
    )
    assert repr(few).startswith("<Problem: 1 cadre, 1 recipient, 1 unit, 1 current; ")


@pytest.mark.parametrize("policy", [{}, None, "policy.yaml"])
def test_what_is_no_policy_is_refused_as_one(policy: Any) -> None:
    with pytest.raises(OptionError, match="where a Policy is needed"):
        good().with_policy(policy)
