import pyarrow as pa
import pyarrow.compute as pc

from pairmatch import InputError, Problem
from pairmatch.tables.official.areas import (
    are_retired,
    counties_of_today,
    names_by_code,
    published_areas,
    sources,
    successors,
    townships,
)


def test_48_of_the_86_counties_of_2000_have_another_code_today() -> None:
    level = published_areas().column("level")
    counties = set(published_areas().filter(pc.equal(level, "county")).column("area").to_pylist())
    assert len(counties) == 86
    assert set(successors().values()) <= counties
    assert not set(successors()) & counties
    # and one that was given later
    assert len(successors()) == 48 + 1
    assert len(set(successors().values())) == 48


def test_townships_are_told_by_county_and_name() -> None:
    assert len(townships()) == 1356
    assert len({name for _, name in townships()}) < 1356
    assert townships()["620102", "酒泉路街道"] == "620102001"
    assert names_by_code()["620102"] == "城关区"


def test_codes_below_a_retired_county_are_retired_and_other_texts_are_not() -> None:
    codes = ["622421", "622421001", "622421001000", "6224210", "621102", "x22421", None]
    assert are_retired(pa.array(codes)).tolist() == [True] * 3 + [False] * 4
    assert counties_of_today(pa.array(["622421001", "622421"])) == {
        "names": ("622421 → 621102 安定区",),
        "more": 0,
    }


def test_a_retired_code_that_is_not_in_the_table_is_a_failure_with_its_successor() -> None:
    try:
        Problem.from_tables(
            cadres={"cadre_id": ["c1"], "unit_id": ["u1"], "rank": ["staff"], "area": ["621102"]},
            recipients={
                "recipient_id": ["r1", "r2"],
                "category": ["orphan"] * 2,
                "area": ["622421", "x1"],
            },
            areas={"area": ["621102"], "parent": [None], "level": ["county"]},
        )
    except InputError as error:
        kinds = {finding.kind: finding for finding in error.findings}
    assert kinds["unknown_area.retired"].rows.tolist() == [1]
    assert "622421 → 621102 安定区" in kinds["unknown_area.retired"].advice
    assert kinds["unknown_area"].rows.tolist() == [2]


def test_the_sources_are_named() -> None:
    assert "GeoNames" in sources()
    assert "December 2000" in sources()
