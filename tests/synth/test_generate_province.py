import time
from collections import Counter
from pathlib import Path
from typing import Any

import numpy as np
import numpy.typing as npt
import pyarrow as pa
import pyarrow.compute as pc
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from pyarrow import parquet
from scipy.sparse import csr_array
from scipy.sparse.csgraph import maximum_flow

from pairmatch.errors import OptionError
from pairmatch.model import Policy
from pairmatch.problem import read_problem
from pairmatch.synth import Province, generate_province
from pairmatch.synth.people import CADRES, CATEGORIES, RECIPIENTS

TABLES = ("cadres", "recipients", "units", "areas")


@pytest.fixture(scope="module")
def whole() -> Province:
    return generate_province(1.0, incumbents=0.95)


def values(table: pa.Table, column: str) -> npt.NDArray[np.object_]:
    found: npt.NDArray[np.object_] = np.asarray(table.column(column).to_pylist(), dtype=object)
    return found


def sponsors_of_cadres(province: Province) -> list[list[str]]:
    """Return the sponsored areas of each cadre's unit."""
    sponsors = dict(
        zip(values(province.units, "unit_id"), values(province.units, "sponsors"), strict=True)
    )
    return [sponsors[unit] for unit in values(province.cadres, "unit_id")]


def test_scale_1_has_the_published_counts(whole: Province) -> None:
    assert whole.cadres.num_rows == 251_000
    assert whole.recipients.num_rows == 267_000


def test_scale_1_takes_seconds() -> None:
    start = time.perf_counter()
    generate_province(1.0)
    assert time.perf_counter() - start < 5


@settings(max_examples=20, deadline=None)
@given(scale=st.floats(0.005, 0.05), seed=st.integers(0, 2**32))
def test_everybody_can_be_served_at_every_scale_and_seed(scale: float, seed: int) -> None:
    problem = generate_province(scale, seed).problem()
    assert problem.cadres.num_rows == round(251_000 * scale)
    assert problem.recipients.num_rows == round(267_000 * scale)
    assert problem.policy == Policy()
    assert all(rule.verdict != "forbidden" for rule in problem.policy.eligibility)
    assert problem.capacity().sum() >= problem.recipients.num_rows
    assert {note.code for note in problem.notes} == {"point_of_area"}


def test_categories_and_leaders_have_their_shares(whole: Province) -> None:
    category = values(whole.recipients, "category")
    shares = [np.mean(category == name) for name in CATEGORIES]
    assert shares == pytest.approx([0.08, 0.06, 0.46, 0.40], abs=0.005)
    leads = np.isin(values(whole.cadres, "rank"), ["provincial", "bureau", "division"])
    assert leads.mean() == pytest.approx(0.15, abs=0.01)


def test_a_hundredth_is_stationed_in_a_village_of_the_units_county(whole: Province) -> None:
    area = values(whole.cadres, "area")
    sponsors = sponsors_of_cadres(whole)
    stationed = [row for row in range(len(area)) if area[row] is not None]
    assert len(stationed) / len(area) == pytest.approx(0.01, abs=0.001)
    for row in stationed:
        assert len(area[row]) == 12
        assert sponsors[row] in ([area[row][:6]], ["620200"])


def test_units_sponsor_what_their_level_says(whole: Province) -> None:
    prefecture = dict(zip(values(whole.areas, "area"), values(whole.areas, "parent"), strict=True))
    for unit in whole.units.to_pylist():
        sponsors, area = unit["sponsors"], unit["area"]
        if unit["level"] == "province":
            assert area == "620000"
            assert 1 <= len(sponsors) <= 3
        elif unit["level"] == "prefecture" and area != "620200":
            assert 1 <= len(sponsors) <= 3
            assert {prefecture[county] for county in sponsors} == {area}
        else:
            assert sponsors == [area[:6]]


def test_provincial_units_sponsor_counties_that_are_short_of_cadres(whole: Province) -> None:
    level = dict(zip(values(whole.units, "unit_id"), values(whole.units, "level"), strict=True))
    area = dict(zip(values(whole.units, "unit_id"), values(whole.units, "area"), strict=True))
    local: dict[str, int] = {}
    for unit in values(whole.cadres, "unit_id"):
        if level[unit] in ("county", "township"):
            local[area[unit][:6]] = local.get(area[unit][:6], 0) + 1
    wanted: dict[str, int] = {}
    for code in values(whole.recipients, "area"):
        wanted[code[:6]] = wanted.get(code[:6], 0) + 1
    for unit in whole.units.to_pylist():
        if unit["level"] == "province":
            assert all(wanted[county] > local[county] for county in unit["sponsors"])


def test_lead_units_lead_and_are_not_led(whole: Province) -> None:
    lead = values(whole.units, "lead_unit_id")
    led = {unit for unit, of in zip(values(whole.units, "unit_id"), lead, strict=True) if of}
    assert 0.2 < len(led) / whole.units.num_rows < 0.4
    assert not led & set(lead)


def test_addresses_at_codes_form_few_classes(whole: Province) -> None:
    units = {unit["unit_id"]: unit for unit in whole.units.to_pylist()}
    pairs = zip(values(whole.cadres, "unit_id"), values(whole.cadres, "area"), strict=True)
    combinations = {
        (area or units[unit]["area"], tuple(units[unit]["sponsors"])) for unit, area in pairs
    }
    assert 3_000 < len(combinations) < 6_000


def unserved_if_sponsorship_is_required(province: Province) -> Counter[str]:
    """Return who is left by county when each cadre takes two, in the sponsored areas only."""
    wanted = Counter(code[:6] for code in values(province.recipients, "area"))
    places = Counter(tuple(areas) for areas in sponsors_of_cadres(province))
    counties = {county: node for node, county in enumerate(wanted, start=2)}
    blocks = {areas: node for node, areas in enumerate(places, start=2 + len(counties))}
    arcs = [(0, node, 2 * places[areas]) for areas, node in blocks.items()]
    arcs += [(blocks[areas], counties[area], 10**6) for areas in blocks for area in areas]
    arcs += [(node, 1, wanted[county]) for county, node in counties.items()]
    tail, head, capacity = np.array(arcs, dtype=np.int32).T
    nodes = 2 + len(counties) + len(blocks)
    flow = maximum_flow(csr_array((capacity, (tail, head)), shape=(nodes, nodes)), 0, 1).flow
    served = flow.tocsc()[:, 1].toarray().ravel()
    left = {county: n - int(served[counties[county]]) for county, n in wanted.items()}
    return Counter({county: n for county, n in left.items() if n})


@pytest.mark.parametrize("seed", [0, 1, 2, 3])
def test_requiring_sponsorship_leaves_a_modest_shortage_in_few_counties(seed: int) -> None:
    left = unserved_if_sponsorship_is_required(generate_province(1.0, seed))
    assert 100 < left.total() < 5_000
    assert len(left) <= 5


def test_households_stay_in_one_village(whole: Province) -> None:
    grouped = whole.recipients.group_by("household_id").aggregate(
        [("area", "count_distinct"), ("category", "count_distinct"), ("area", "count")]
    )
    assert pc.max(grouped.column("area_count_distinct")).as_py() == 1
    assert pc.max(grouped.column("category_count_distinct")).as_py() == 1
    assert pc.max(grouped.column("area_count")).as_py() > 1
    assert pc.all(pc.is_valid(whole.recipients.column("household_id"))).as_py()


def test_geometry_codes_gives_nobody_a_point() -> None:
    province = generate_province(0.005)
    for table in (province.cadres, province.recipients):
        assert table.column("lon").null_count == table.num_rows


def test_geometry_household_gives_each_household_one_point() -> None:
    province = generate_province(0.02, geometry="household")
    assert province.cadres.column("lon").null_count == province.cadres.num_rows
    by_household = province.recipients.group_by("household_id").aggregate(
        [("lon", "count_distinct"), ("lon", "count")]
    )
    assert pc.max(by_household.column("lon_count_distinct")).as_py() == 1
    assert province.recipients.column("lon").null_count == 0
    points = set(
        zip(values(province.recipients, "lon"), values(province.recipients, "lat"), strict=True)
    )
    assert len(points) > 0.99 * by_household.num_rows


def test_geometry_point_gives_cadres_points_near_their_area() -> None:
    province = generate_province(0.02, geometry="point")
    problem = province.problem()
    at = pc.index_in(problem.cadres.column("area"), value_set=problem.areas.column("area"))
    areas = problem.areas.take(at)
    for axis in ("lon", "lat"):
        away = np.abs(problem.cadres.column(axis).to_numpy() - areas.column(axis).to_numpy())
        assert away.max() < 0.5
        assert away.min() >= 0
        assert np.median(away) > 0


def test_incumbents_are_the_share_asked_for_and_plausible(whole: Province) -> None:
    assert whole.current is not None
    assert whole.current.num_rows == round(0.95 * 267_000)
    recipients = values(whole.current, "recipient_id")
    cadres = values(whole.current, "cadre_id")
    assert len(set(recipients)) == len(recipients)
    load = np.unique(cadres, return_counts=True)[1]
    assert load.max() == 2
    area = dict(
        zip(values(whole.recipients, "recipient_id"), values(whole.recipients, "area"), strict=True)
    )
    serves = dict(zip(values(whole.cadres, "cadre_id"), sponsors_of_cadres(whole), strict=True))
    at_home = [
        area[recipient][:6] in serves[cadre]
        for recipient, cadre in zip(recipients, cadres, strict=True)
    ]
    assert np.mean(at_home) > 0.75


@pytest.mark.parametrize("share", [0.001, 0.5, 1.0])
def test_incumbents_at_small_scales(share: float) -> None:
    province = generate_province(0.005, seed=3, incumbents=share)
    assert province.current is not None
    assert province.current.num_rows == round(share * province.recipients.num_rows)
    assert province.problem().current.num_rows == province.current.num_rows


def test_no_incumbents_is_no_table() -> None:
    assert generate_province(0.005).current is None


def test_the_same_arguments_give_the_same_province() -> None:
    first, second = (generate_province(0.01, 5, "point", 0.5) for _ in range(2))
    assert all(getattr(first, name).equals(getattr(second, name)) for name in TABLES)
    assert first.current is not None
    assert first.current.equals(second.current)
    other = generate_province(0.01, 6, "point", 0.5)
    assert not other.recipients.equals(first.recipients)


def test_tables_have_the_public_columns() -> None:
    province = generate_province(0.005)
    assert province.cadres.schema.equals(CADRES)
    assert province.recipients.schema.equals(RECIPIENTS)
    assert province.units.column_names == ["unit_id", "level", "area", "lead_unit_id", "sponsors"]
    assert province.areas.column_names == ["area", "parent", "level", "name", "lon", "lat"]


def test_ids_are_numbered() -> None:
    province = generate_province(0.005)
    assert province.cadres.column("cadre_id")[123].as_py() == "C000123"
    assert province.recipients.column("recipient_id")[123].as_py() == "R000123"
    assert province.units.column("unit_id")[0].as_py() == "U0001"


def test_a_written_folder_reads_back(tmp_path: Path) -> None:
    province = generate_province(0.005, seed=2, geometry="household", incumbents=0.9)
    folder = tmp_path / "province"
    province.write(folder)
    read, made = read_problem(folder), province.problem()
    assert read.policy == made.policy
    for name in (*TABLES, "current"):
        assert getattr(read, name).equals(getattr(made, name))


def test_a_written_folder_says_that_it_is_synthetic_and_whose_points_these_are(
    tmp_path: Path,
) -> None:

    folder = tmp_path
    generate_province(0.005).write(folder)
    for name in TABLES:
        metadata = parquet.read_schema(folder / f"{name}.parquet").metadata
        assert metadata[b"synthetic"] == b"true"
        assert b"GeoNames" in metadata[b"attribution"]
    assert "synthetic" in (folder / "policy.yaml").read_text("utf-8").splitlines()[0]
    assert "Attribution 4.0" in (folder / "SOURCES.md").read_text("utf-8")
    assert not (folder / "current.parquet").exists()


def test_a_folder_with_something_in_it_is_left_alone(tmp_path: Path) -> None:
    province = generate_province(0.005)
    province.write(tmp_path)
    with pytest.raises(OptionError, match="not empty"):
        province.write(tmp_path)


@pytest.mark.parametrize(
    ("arguments", "named"),
    [
        ({"scale": 0.0}, {"scale"}),
        ({"scale": float("nan")}, {"scale"}),
        ({"scale": "1"}, {"scale"}),
        ({"scale": 21.0}, {"scale"}),
        ({"seed": -1}, {"seed"}),
        ({"seed": 1.0}, {"seed"}),
        ({"geometry": "points"}, {"geometry"}),
        ({"incumbents": 1.1}, {"incumbents"}),
        ({"scale": -1, "seed": True, "incumbents": -1}, {"scale", "seed", "incumbents"}),
    ],
)
def test_arguments_out_of_range_are_named(arguments: dict[str, Any], named: set[str]) -> None:
    with pytest.raises(OptionError) as caught:
        generate_province(**arguments)
    assert {finding.column for finding in caught.value.findings} == named
