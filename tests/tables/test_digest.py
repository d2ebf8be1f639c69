"""A digest stands for the problem: whatever does not change it, and whatever does."""

import copy
import pickle
import random
from pathlib import Path
from typing import Any

import pyarrow as pa
import pytest
from pyarrow import csv

from pairmatch.model import Policy
from pairmatch.problem import Problem, read_problem
from tests.tables.good import good_tables

DIGEST = Problem.from_tables(**good_tables()).digest()


def of(tables: dict[str, Any], **further: Any) -> str:
    return Problem.from_tables(**tables, **further).digest()


def test_it_is_256_bits_in_hexadecimal() -> None:
    assert len(DIGEST) == 64
    int(DIGEST, 16)


@pytest.mark.parametrize("seed", range(5))
def test_the_order_of_rows_and_columns_does_not_count(seed: int) -> None:
    dice = random.Random(seed)  # noqa: S311  # no secret
    tables = {}
    for name, columns in good_tables().items():
        order = list(range(len(next(iter(columns.values())))))
        dice.shuffle(order)
        names = list(columns)
        dice.shuffle(names)
        tables[name] = {column: [columns[column][row] for row in order] for column in names}
    assert of(tables) == DIGEST


def test_neither_do_formats_chunks_dropped_columns_and_defaults(tmp_path: Path) -> None:
    tables: dict[str, Any] = {name: pa.table(columns) for name, columns in good_tables().items()}
    tables["bans"] = pa.concat_tables([tables["bans"].slice(0, 0), tables["bans"]])
    tables["recipients"] = pa.concat_tables(
        [tables["recipients"].slice(0, 3), tables["recipients"].slice(3)]
    ).append_column("colour", pa.array(list("rgby")))
    assert of(tables, policy=Policy()) == DIGEST
    for name, table in good_tables().items():
        columns = dict(table)
        if name == "units":
            columns["sponsors"] = ["t1;t2", None]
        csv.write_csv(pa.table(columns), tmp_path / f"{name}.csv")
    assert read_problem(tmp_path).digest() == DIGEST


def test_a_copy_has_the_same_digest() -> None:
    problem = Problem.from_tables(**good_tables())
    assert pickle.loads(pickle.dumps(problem)).digest() == DIGEST  # noqa: S301  # our own
    assert copy.deepcopy(problem).digest() == DIGEST
    assert of(problem.tables(), policy=problem.policy) == DIGEST


def changes() -> list[tuple[str, dict[str, Any]]]:
    """Return good tables with another value in one cell each."""
    found = []
    other = {"min_load": 1, "capacity": 1, "demand": 2, "priority": 9, "extra_km": 7.5}
    for name, columns in good_tables().items():
        for column, values in columns.items():
            tables = good_tables()
            if column in other:
                tables[name][column] = [other[column], *values[1:]]
            elif column in ("lon", "lat"):
                tables[name]["lon"] = [1.5, *columns["lon"][1:]]
                tables[name]["lat"] = [1.5, *columns["lat"][1:]]
            elif column in ("name", "reason", "author", "household_id"):
                tables[name][column] = ["other", *values[1:]]
            elif column == "sponsors":
                tables[name][column] = [["t1"], *values[1:]]
            else:
                continue
            found.append((f"{name}.{column}", tables))
    return found


@pytest.mark.parametrize("tables", [pytest.param(tables, id=name) for name, tables in changes()])
def test_any_other_value_is_another_problem(tables: dict[str, Any]) -> None:
    assert of(tables) != DIGEST


def test_so_is_another_policy_an_attribute_or_a_missing_table() -> None:
    tables = good_tables()
    assert of(tables, policy={"continuity": {"keep_km": 49}}) != DIGEST
    tables["cadres"]["team"] = ["a", "b", "c"]
    assert of(tables, attributes=["team"]) != DIGEST
    for name in ("current", "locks", "bans", "adjustments"):
        fewer = good_tables()
        del fewer[name]
        assert of(fewer) != DIGEST


def test_text_does_not_run_over_from_cell_to_cell() -> None:
    def households(*names: str | None) -> str:
        tables = good_tables()
        tables["recipients"]["household_id"] = [*names, None]
        return of(tables)

    found = {
        households("ab", "c", None),
        households("a", "bc", None),
        households("a", None, "bc"),
        households("abc", None, None),
        households(None, None, None),
    }
    assert len(found) == 5


def test_another_policy_gives_another_digest_at_once() -> None:
    problem = Problem.from_tables(**good_tables())
    assert problem.digest() == DIGEST
    other = problem.with_policy(Policy.from_mapping({"continuity": {"keep_km": 3}}))
    assert other.digest() != DIGEST
    assert other.with_policy(problem.policy).digest() == DIGEST
