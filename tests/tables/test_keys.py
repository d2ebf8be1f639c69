from typing import Any

import numpy as np
import pyarrow as pa
import pytest
from hypothesis import given
from hypothesis import strategies as st

from pairmatch import Problem
from pairmatch.tables.keys import PAIRS, Keys, encode
from tests.agreement.random_problems import drawn_problem
from tests.tables.good import good_tables

REFERENCES = {
    ("cadres", "unit_id"): ("units", "unit_id"),
    ("units", "lead_unit_id"): ("units", "unit_id"),
    ("cadres", "area"): ("areas", "area"),
    ("recipients", "area"): ("areas", "area"),
    ("areas", "parent"): ("areas", "area"),
    ("units", "area"): ("areas", "area"),
    **{(name, "cadre_id"): ("cadres", "cadre_id") for name in PAIRS},
    **{(name, "recipient_id"): ("recipients", "recipient_id") for name in PAIRS},
}
NAMED = {
    ("cadres", "rank"): ("staff", "bureau", "nobody's"),
    ("recipients", "category"): ("severely_disabled", "orphan"),
    ("areas", "level"): ("township", "county"),
    ("units", "level"): ("county",),
}


def _at(values: list[Any], known: list[Any]) -> list[int]:
    return [known.index(value) if value in known else -1 for value in values]


def _shuffled(tables: dict[str, Any], seed: int) -> dict[str, Any]:
    rng = np.random.default_rng(seed)
    shuffled = {}
    for name, columns in tables.items():
        order = rng.permutation(len(next(iter(columns.values()))))
        shuffled[name] = {
            column: [values[at] for at in order] for column, values in columns.items()
        }
    return shuffled


def _check_keys(problem: Problem) -> None:
    """Compare all keys of a problem with those of a search in its tables."""
    keys = problem.checked.keys

    def column(table: str, name: str) -> list[Any]:
        values: list[Any] = getattr(problem, table).column(name).to_pylist()
        return values

    for (table, name), target in REFERENCES.items():
        if problem.has_areas or target[0] != "areas":
            assert keys.of(table, name).tolist() == _at(column(table, name), column(*target))
            assert keys.of(table, name).dtype == np.int64
    for (table, name), known in NAMED.items():
        assert keys.among(table, name, known).tolist() == _at(column(table, name), list(known))
    sponsors = column("units", "sponsors")
    sponsored = [(unit, code) for unit, codes in enumerate(sponsors) for code in codes]
    if problem.has_areas:
        where = column("areas", "area")
        found = zip(
            keys.of("sponsors", "unit"),
            (where[at] for at in keys.of("sponsors", "area")),
            strict=True,
        )
        assert sorted(found) == sorted(sponsored)


@pytest.mark.parametrize("seed", range(20))
def test_keys_follow_the_rows_of_every_table_wherever_sorting_puts_them(seed: int) -> None:
    tables = good_tables()
    ordered = Problem.from_tables(**tables)
    problem = Problem.from_tables(**_shuffled(tables, seed))
    _check_keys(problem)
    assert problem.digest() == ordered.digest()
    for one, found in ordered.checked.keys.columns.items():
        if one[0] != "sponsors" and one not in NAMED:
            assert problem.checked.keys.of(*one).tolist() == found.tolist()


def test_keys_of_random_problems_are_those_of_a_search() -> None:
    without_areas = 0
    for seed in range(16_100, 16_160):
        problem = drawn_problem(seed)
        _check_keys(problem)
        without_areas += not problem.has_areas
        taken = problem.tables()
        rng = np.random.default_rng(seed)
        shuffled = {
            name: table.take(pa.array(rng.permutation(table.num_rows)))
            for name, table in taken.items()
        }
        again = Problem.from_tables(**shuffled, policy=problem.policy)
        _check_keys(again)
        people = ("cadre_id", "recipient_id")
        ids = [getattr(problem, f"{name[:-3]}s").column(name).to_pylist() for name in people]
        for one, other in zip(again.costs(*ids), problem.costs(*ids), strict=True):
            assert np.array_equal(one, other)


@given(
    st.lists(st.one_of(st.none(), st.sampled_from("abc")), min_size=1, max_size=6),
    st.lists(st.lists(st.sampled_from("abd"), max_size=3, unique=True), min_size=1, max_size=4),
)
def test_codes_that_no_table_explains_are_equal_where_their_texts_are(
    areas: list[str | None], sponsors: list[list[str]]
) -> None:
    units = [f"u{n}" for n in range(len(sponsors))]
    recipients = [f"r{n}" for n in range(len(areas))]
    problem = Problem.from_tables(
        cadres={"cadre_id": ["c"], "unit_id": ["u0"], "rank": ["staff"], "area": ["b"]},
        recipients={
            "recipient_id": recipients,
            "category": ["orphan"] * len(areas),
            "area": [code or "a" for code in areas],
        },
        # in an order that has to be turned
        units={"unit_id": units[::-1], "sponsors": sponsors[::-1]},
    )
    keys = problem.checked.keys
    texts = [code or "a" for code in areas] + ["b"] + [code for one in sponsors for code in one]
    codes = [
        number
        for one in (("recipients", "area"), ("cadres", "area"), ("sponsors", "area"))
        for number in keys.of(*one).tolist()
    ]
    first = list(dict.fromkeys(texts))
    assert codes == [first.index(text) for text in texts]
    assert keys.of("sponsors", "unit").tolist() == [
        n for n, one in enumerate(sponsors) for _ in one
    ]


def test_incumbent_pairs_that_are_gone_leave_the_keys_of_the_others() -> None:
    tables = good_tables()
    tables["current"] = {"recipient_id": ["r9", "r2", "r1"], "cadre_id": ["c1", "c2", "c9"]}
    problem = Problem.from_tables(**tables)
    assert problem.current.num_rows == 1
    _check_keys(problem)


def test_tables_that_are_not_there_have_no_keys() -> None:
    assert encode({}).columns == Keys().columns == {}
