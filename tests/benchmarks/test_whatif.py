"""The benchmark of what-ifs asks every kind of edit both ways, and calls a miss a miss."""

from dataclasses import replace

import numpy as np
import pytest
from benchmarks.province import province_tables
from benchmarks.registry import WHATIF, WhatIfInstance, chosen, whatif_instances
from benchmarks.results import Outcome, Timing
from benchmarks.whatif import COLD, SAVED, SESSION, missed_by, run_whatif, whatif_lines
from benchmarks.whatif_edits import OPS, county_edit, person_edits

import pairmatch as pm


def outcome_of(single: Timing, county: Timing, geometry: str = "codes") -> Outcome:
    timings = (
        single,
        county,
        replace(single, solver=SESSION),
        replace(county, solver=f"{SESSION}, a county"),
        Timing(COLD, 1.0, 5, 100),
    )
    return Outcome("whatif", f"what if {geometry}", WHATIF, {}, timings)


DETAIL = {
    "ratio": 0.5,
    "worst ratio": 0.9,
    **{f"ratio, {op}": 0.5 for op in OPS},
    **{f"worst ratio, {op}": 0.9 for op in OPS},
    "changed, median": 3.0,
    "changed, 95th percentile": 30.0,
    "changed, most": 400.0,
    "went cold": 0.0,
    "not proven": 0.0,
    "ties": 2.0,
    "ties where proven": 0.0,
}
SINGLE = Timing(SAVED, 0.5, 100, 100, detail=DETAIL)
OF_COUNTY = Timing(f"{SAVED}, a county", 0.4, 1, 100, detail={**DETAIL, "ratio": 0.4})


def test_what_is_within_every_limit_has_missed_nothing() -> None:
    assert missed_by(outcome_of(SINGLE, OF_COUNTY)) == []


@pytest.mark.parametrize(
    ("single", "county", "says"),
    [
        ({"ratio, ban": 0.61}, {}, "ban 0.610"),
        ({}, {"ratio": 0.51}, "county 0.510"),
        ({"changed, median": 4.0}, {}, "4 changed"),
        ({"changed, 95th percentile": 31.0}, {}, "31 at the 95th"),
        ({"ties where proven": 1.0}, {}, "1 ties"),
    ],
)
def test_what_is_missed_is_said_and_stands_on_the_page(
    single: dict[str, float], county: dict[str, float], says: str
) -> None:
    outcome = outcome_of(
        replace(SINGLE, detail={**SINGLE.detail, **single}),
        replace(OF_COUNTY, detail={**OF_COUNTY.detail, **county}),
    )
    saved, session = missed_by(outcome)
    assert says in saved
    assert says in session
    assert "**missed**" in "\n".join(whatif_lines([outcome]))


def test_a_session_on_points_has_a_limit_of_its_own() -> None:
    quick = replace(SINGLE, detail={**DETAIL, **{f"ratio, {op}": 0.1 for op in OPS}})
    missed = missed_by(outcome_of(quick, OF_COUNTY, "point"))
    assert len(missed) == len(OPS)
    assert all(one.startswith(SESSION) for one in missed)


def test_a_small_province_is_asked_from_end_to_end() -> None:
    outcome = run_whatif(WhatIfInstance("whatif_codes_0.01", "codes", 0.01, 12, 2))
    assert outcome.wrong == ()
    assert outcome.size["edits"] == 12
    for way in (SAVED, SESSION):
        single, county = outcome.of(way), outcome.of(f"{way}, a county")
        assert single is not None
        assert county is not None
        assert (single.runs, county.runs, single.gap, single.scope) == (12, 1, 0, "ALL_PAIRS")
        assert {f"ratio, {op}" for op in OPS} <= set(single.detail)
        for name in ("went cold", "not proven", "ties where proven"):
            assert single.detail[name] == 0
    lines = whatif_lines([outcome])
    assert sum(line.startswith("| whatif_codes_0.01 |") for line in lines) == 4


def test_the_set_has_each_geometry_at_any_scale() -> None:
    names = [one.name for one in chosen(whatif_instances(0.01), WHATIF)]
    assert names == ["whatif_codes_0.01", "whatif_household_0.01", "whatif_point_0.01"]
    assert {one.edits for one in whatif_instances()} == {100}


def test_edits_are_of_every_kind_and_on_both_sides() -> None:
    problem = pm.Problem.from_tables(**province_tables("codes", 0.005))
    edits = list(person_edits(pm.solve(problem), 12, np.random.default_rng(0)))
    assert [op for op, _ in edits] == [*OPS, *OPS]
    assert {edit["op"] for _, edit in edits} == {
        *(f"{op}_{side}" for op in OPS[:3] for side in ("cadres", "recipients")),
        *OPS[3:],
    }
    county = county_edit(problem, 0.005)
    assert abs(len(county["ids"]) - 15) < 15
    areas = problem.cadres.column("area").filter(
        np.isin(problem.cadres.column("cadre_id").to_pylist(), county["ids"])
    )
    assert len({area[:6] for area in areas.to_pylist()}) == 1
