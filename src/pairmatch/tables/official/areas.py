"""The published areas of Gansu, and what has become of codes of counties of former years."""

import csv as rows_of_text
from collections.abc import Mapping
from functools import cache
from importlib import resources

import numpy as np
import pyarrow as pa
import pyarrow.compute as pc
from pyarrow import csv

from pairmatch.arrays import BoolArray

_DATA = resources.files("pairmatch.tables.official").joinpath("data")
_LENGTH_OF_COUNTY = 6
# a county, a township in nine digits, or an area of the Bureau of Statistics in twelve
_CODE = r"^[0-9]{6}([0-9]{3}([0-9]{3})?)?$"
_ARROW = "→"
_SHOWN = 4


@cache
def published_areas() -> pa.Table:
    """Return the published table of areas, as it came: see ``data/SOURCES.md``."""
    types = {
        **dict.fromkeys(("area", "name", "level", "parent", "coord_source"), pa.string()),
        **dict.fromkeys(("lon", "lat", "population_10k"), pa.float64()),
        "villages": pa.int64(),
    }
    options = csv.ConvertOptions(column_types=types, null_values=[""], strings_can_be_null=True)
    with _DATA.joinpath("gansu_areas.csv").open("rb") as stream:
        return csv.read_csv(stream, convert_options=options)


def sources() -> str:
    """Return where the published areas come from, in Markdown."""
    return _DATA.joinpath("SOURCES.md").read_text("utf-8")


@cache
def successors() -> Mapping[str, str]:
    """Return today's code of each county by a code that it had before."""
    lines = _DATA.joinpath("gansu_retired_counties.csv").read_text("utf-8").splitlines()
    return {row["code"]: row["successor"] for row in rows_of_text.DictReader(lines)}


@cache
def names_by_code() -> Mapping[str, str]:
    """Return the name of each area of today by its code."""
    table = published_areas()
    pairs = zip(*(table.column(name).to_pylist() for name in ("area", "name")), strict=True)
    return {str(code): str(name) for code, name in pairs}


@cache
def townships() -> Mapping[tuple[str, str], str]:
    """Return the code of each township of today by the code of its county and its name.

    Names repeat, and the Bureau of Statistics numbers townships otherwise, so that neither the
    name alone nor the code says which township is meant.
    """
    table = published_areas()
    table = table.filter(pc.equal(table.column("level"), "township"))
    columns = (table.column(name).to_pylist() for name in ("parent", "name", "area"))
    return {
        (str(county), str(name)): str(code) for county, name, code in zip(*columns, strict=True)
    }


def are_retired(codes: pa.Array) -> BoolArray:
    """Tell which codes are of counties, or of areas in counties, whose code is no longer in use."""
    county = pc.utf8_slice_codeunits(codes, 0, _LENGTH_OF_COUNTY)
    found = pc.and_(
        pc.is_in(county, value_set=pa.array(list(successors()), pa.string())),
        pc.match_substring_regex(codes, _CODE),
    )
    retired: BoolArray = pc.fill_null(found, fill_value=False).to_numpy(zero_copy_only=False)
    return retired.astype(np.bool_)


def counties_of_today(retired: pa.Array) -> dict[str, int | tuple[str, ...]]:
    """Return which counties some retired codes are of today, as parameters of a list."""
    counties = pc.unique(pc.utf8_slice_codeunits(retired, 0, _LENGTH_OF_COUNTY)).to_pylist()
    names = [
        f"{code} {_ARROW} {to} {names_by_code()[to]}"
        for code in counties
        if (to := successors()[code])
    ]
    return {"names": tuple(names[:_SHOWN]), "more": len(names) - len(names[:_SHOWN])}
