"""Doubts about codes of areas: those of former years, and those of the other system."""

from collections.abc import Iterator, Mapping

import numpy as np
import pyarrow as pa
import pyarrow.compute as pc

from pairmatch.tables.checked import CheckedTables
from pairmatch.tables.doubts.doubt import Doubt
from pairmatch.tables.official.areas import (
    are_retired,
    counties_of_today,
    names_by_code,
    successors,
    townships,
)
from pairmatch.tables.positions import whole
from pairmatch.words import Value

_SHOWN = 3
_NONE_SHOWN = "..."
_COUNTY = 6
_ARROW = "→"


def area_doubts(checked: CheckedTables) -> Iterator[Doubt]:
    """Yield doubts about the table of areas, or about people's codes where there is none."""
    yield from _retired(checked)
    if checked.has_areas:
        yield from _named_otherwise(checked)


def _retired(checked: CheckedTables) -> Iterator[Doubt]:
    """Doubt codes of counties that are no longer in use."""
    for table in ("areas",) if checked.has_areas else ("cadres", "recipients"):
        codes = whole(getattr(checked, table).column("area"))
        rows = np.flatnonzero(are_retired(codes))
        if rows.shape[0]:
            today = counties_of_today(codes.take(pa.array(rows)))
            yield Doubt("retired_area", table, rows, today)


def _named_otherwise(checked: CheckedTables) -> Iterator[Doubt]:
    """Doubt codes that the published list has for another place.

    A township is looked for by its county and its name: the two systems of codes of townships use
    the same codes for different places, and names repeat.
    """
    columns = [checked.areas.column(name) for name in ("area", "name")]
    known = names_by_code()
    codes = pa.array(list(known), pa.string())
    listed = np.flatnonzero(pc.is_in(columns[0], value_set=codes).to_numpy())
    given = [column.take(pa.array(listed)).to_pylist() for column in columns]
    wrong, likely = [], []
    for row, code, name in zip(listed.tolist(), *given, strict=True):
        if name is not None and not _is_same(name, known[code]):
            wrong.append(row)
            likely += _likely(code, name)
    if wrong:
        shown = tuple(likely[:_SHOWN]) or (_NONE_SHOWN,)
        more: dict[str, Value] = {"names": shown, "more": len(likely[_SHOWN:])}
        yield Doubt("area_named_otherwise", "areas", np.array(wrong, dtype=np.int64), more)


def _is_same(name: str, official: str) -> bool:
    """Tell whether a name is the official one, or begins as it does: 城关 for 城关区."""
    short, long = sorted(("".join(name.split()), official), key=len)
    return bool(short) and long.startswith(short)


def _likely(code: str, name: str) -> list[str]:
    """Return the code of today of a township of that county and name, if there is one."""
    county = code[:_COUNTY]
    found: Mapping[tuple[str, str], str] = townships()
    today = found.get((successors().get(county, county), "".join(name.split())))
    return [] if today is None else [f"{code} {_ARROW} {today}"]
