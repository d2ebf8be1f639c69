import networkx as nx
import numpy as np
import pyarrow as pa
from hypothesis import given
from hypothesis import strategies as st

from pairmatch.tables.canonical import canonical, empty_table
from pairmatch.tables.checks import (
    Checker,
    check_area_tree,
    check_locations,
    check_lock_and_ban,
    in_order,
)
from pairmatch.tables.findings import Findings
from pairmatch.tables.keys import encode
from pairmatch.tables.schema import AREAS, BANS, CADRES, LOCKS, RECIPIENTS


@st.composite
def parents(draw: st.DrawFn) -> list[int | None]:
    count = draw(st.integers(1, 12))
    one = st.one_of(st.none(), st.integers(0, count - 1))
    return draw(st.lists(one, min_size=count, max_size=count))


@given(parents())
def test_area_cycles_are_those_of_the_graph(parent: list[int | None]) -> None:
    graph = nx.DiGraph((child, above) for child, above in enumerate(parent) if above is not None)
    on_cycle = {
        node
        for part in nx.strongly_connected_components(graph)
        for node in part
        if len(part) > 1 or graph.has_edge(node, node)
    }
    findings = Findings()
    raw = {
        "area": [f"a{n}" for n in range(len(parent))],
        "parent": [None if above is None else f"a{above}" for above in parent],
        "level": ["county"] * len(parent),
    }
    areas = canonical(pa.table(raw), AREAS, findings)
    check_area_tree(areas, Checker(areas, AREAS, findings, encode({"areas": areas})))
    found = {int(row) - 1 for one in findings.found if one.code == "area_cycle" for row in one.rows}
    assert found == on_cycle


def test_a_cycle_as_long_as_the_table_is_found() -> None:
    count = 50_000
    ids = [f"a{n}" for n in range(count)]
    findings = Findings()
    raw = {"area": ids, "parent": [*ids[1:], ids[0]], "level": ["county"] * count}
    areas = canonical(pa.table(raw), AREAS, findings)
    check_area_tree(areas, Checker(areas, AREAS, findings, encode({"areas": areas})))
    assert [(one.code, one.count) for one in findings.found] == [("area_cycle", count)]


@given(
    st.lists(
        st.tuples(st.sampled_from(["r1", "r2", None]), st.sampled_from(["c1", "c2", None])),
        max_size=8,
    ),
    st.lists(
        st.tuples(st.sampled_from(["r1", "r2", "r3", None]), st.sampled_from(["c1", "c2", None])),
        max_size=8,
    ),
)
def test_locks_that_are_banned_and_repeated_pairs_are_those_of_the_lists(
    locked: list[tuple[str | None, str | None]], banned: list[tuple[str | None, str | None]]
) -> None:
    def table(pairs: list[tuple[str | None, str | None]]) -> pa.Table:
        columns = {
            "recipient_id": pa.array([one for one, _ in pairs], pa.string()),
            "cadre_id": pa.array([one for _, one in pairs], pa.string()),
        }
        return canonical(pa.table(columns), LOCKS, Findings())

    locks, bans = table(locked), table(banned)
    findings = Findings()
    check_lock_and_ban(locks, bans, findings)
    Checker(bans, BANS, findings).distinct()
    found = {one.code: one.rows.tolist() for one in findings.found}
    both = [n + 1 for n, one in enumerate(locked) if None not in one and one in banned]
    again = [n + 1 for n, one in enumerate(banned) if None not in one and one in banned[:n]]
    assert found == {
        code: rows for code, rows in (("lock_and_ban", both), ("duplicate_pair", again)) if rows
    }


def test_points_are_inherited_from_the_nearest_area_above() -> None:
    findings = Findings()
    raw_areas = {
        "area": ["p", "k", "t", "v", "alone"],
        "parent": [None, "p", "k", "t", None],
        "level": ["province", "county", "township", "village", "county"],
        "lon": [None, 103.0, None, None, None],
        "lat": [None, 36.0, None, None, None],
    }
    areas = canonical(pa.table(raw_areas), AREAS, findings)
    raw_people = {
        "recipient_id": ["r1", "r2", "r3", "r4", "r5", "r6"],
        "category": ["orphan"] * 6,
        "area": ["p", "k", "t", "v", "alone", "alone"],
        "lon": [None] * 5 + [104.0],
        "lat": [None] * 5 + [35.0],
    }
    people = canonical(pa.table(raw_people), RECIPIENTS, findings)
    doubtful = np.zeros(5, dtype=np.bool_)
    keys = encode({"areas": areas, "recipients": people})
    where = (keys.of("recipients", "area"), areas, keys.of("areas", "parent"))
    placed, inherited = check_locations(people, *where, doubtful)
    assert placed.tolist() == [False, True, True, True, False, True]
    assert inherited.tolist() == [False, False, True, True, False, False]
    doubtful = np.array([False, False, False, False, True])
    assert check_locations(people, *where, doubtful)[0].tolist() == [False] + [True] * 5
    without_areas, _ = check_locations(people, where[0], None, where[2], doubtful)
    assert without_areas.tolist() == [False] * 5 + [True]


def test_swapped_coordinates_are_told_from_those_out_of_range() -> None:
    raw = {
        "cadre_id": ["1", "2", "3", "4", "5", "6"],
        "unit_id": ["u"] * 6,
        "rank": ["staff"] * 6,
        "lon": [104.0, 36.0, 190.0, 104.0, None, 180.0],
        "lat": [36.0, 104.0, 36.0, 91.0, 36.0, -90.0],
    }
    findings = Findings()
    cadres = canonical(pa.table(raw), CADRES, findings)
    Checker(cadres, CADRES, findings).coordinates()
    assert {(one.code, one.column): one.rows.tolist() for one in findings.found} == {
        ("coordinates_swapped", "lon"): [2],
        ("coordinate_out_of_range", "lon"): [3],
        ("coordinate_out_of_range", "lat"): [4],
        ("coordinate_incomplete", "lon"): [5],
    }


def test_nothing_is_said_twice_of_a_value_or_of_a_table_not_read_in_full() -> None:
    raw = {"recipient_id": ["r", "r"], "cadre_id": ["c", "620102199001011234"]}
    findings = Findings(incomplete={"recipients"})
    locks = canonical(pa.table(raw), LOCKS, findings)
    nobody = pa.array([], pa.string())
    keys = encode({"locks": locks, "cadres": empty_table(CADRES)})
    checker = Checker(locks, LOCKS, findings, keys)
    checker.known("recipient_id", nobody, "unknown_recipient", of="recipients")
    checker.known("cadre_id", nobody, "unknown_cadre", of="cadres")
    assert [(one.code, one.rows.tolist()) for one in findings.found] == [
        ("id_looks_like_id_number", [2]),
        ("unknown_cadre", [1]),
    ]


@given(st.lists(st.one_of(st.none(), st.text("ab", max_size=3)), max_size=5))
def test_a_key_is_in_order_if_every_value_is_above_the_last(values: list[str | None]) -> None:
    table = pa.table({"a": pa.chunked_array([values[:2], values[2:]], pa.string())})
    known = [value.encode() for value in values if value is not None]
    rising = known == sorted(set(known))
    assert in_order(table, ("a",)) == (rising and None not in values)
    assert not in_order(table, ("a", "a"))


@given(st.lists(st.sampled_from(["u1", "u2", "u3", "u4"]), min_size=1, max_size=5))
def test_an_id_that_stands_in_an_earlier_row_is_reported(ids: list[str]) -> None:
    findings = Findings()
    table = pa.table({"recipient_id": ids, "category": ["orphan"] * len(ids)})
    Checker(canonical(table, RECIPIENTS, findings), RECIPIENTS, findings).distinct()
    found = [finding for finding in findings.found if finding.code == "duplicate_id"]
    assert [finding.count for finding in found] == [len(ids) - len(set(ids))] * len(found)
    assert bool(found) == (len(set(ids)) < len(ids))
