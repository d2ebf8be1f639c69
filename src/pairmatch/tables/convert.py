"""Columns of any Arrow type as the types of the schema, every bad cell reported."""

import numpy as np
import pyarrow as pa
import pyarrow.compute as pc

from pairmatch.arrays import BoolArray
from pairmatch.tables.decode import is_text, kind_of
from pairmatch.tables.findings import Findings
from pairmatch.tables.positions import whole
from pairmatch.tables.raw_bytes import may_hold_spaces
from pairmatch.tables.schema import Column, Schema

_INTEGER = r"^\s*[+-]?[0-9]{1,18}\s*$"
_NUMBER = r"^\s*[+-]?([0-9]+\.?[0-9]*|\.[0-9]+)([eE][+-]?[0-9]{1,3})?\s*$"
_NOT_A_NUMBER = r"(?i)^\s*[+-]?(nan|inf|infinity)\s*$"

TYPES: dict[str, pa.DataType] = {
    "id": pa.string(),
    "text": pa.string(),
    "integer": pa.int64(),
    "number": pa.float64(),
    "ids": pa.list_(pa.string()),
}


def convert(
    values: pa.ChunkedArray, column: Column, schema: Schema, findings: Findings
) -> pa.ChunkedArray:
    """Return a decoded column in the schema's type; bad cells are reported and become null."""
    if pa.types.is_null(values.type) and column.kind == "ids":
        return pa.chunked_array([pa.array([[]] * len(values), TYPES["ids"])])
    if pa.types.is_null(values.type):
        return pa.chunked_array([pa.nulls(len(values), TYPES[column.kind])])
    if column.kind == "integer":
        return _number(values, column, schema, findings, whole=True)
    if column.kind == "number":
        return _number(values, column, schema, findings, whole=False)
    if column.kind == "ids":
        return _id_lists(values, column, schema, findings)
    return _text(values, column, schema, findings)


def _text(
    values: pa.ChunkedArray, column: Column, schema: Schema, findings: Findings
) -> pa.ChunkedArray:
    kind = values.type
    whole = pa.types.is_integer(kind) or (pa.types.is_decimal(kind) and kind.scale == 0)
    if whole and column.kind == "id":
        return values.cast(pa.string())
    if not is_text(kind):
        findings.rows(
            "wrong_type.text",
            schema.name,
            column.name,
            values.is_valid(),
            values=kind_of(kind),
        )
        return pa.chunked_array([pa.nulls(len(values), pa.string())])
    return _filled_text(values)


def _filled_text(text: pa.ChunkedArray) -> pa.ChunkedArray:
    """Return text with nulls for cells that are empty or only spaces."""
    empty = blank(text)
    return pc.if_else(empty, pa.scalar(None, pa.string()), text) if pc.any(empty).as_py() else text


def blank(text: pa.ChunkedArray) -> pa.ChunkedArray:
    """Tell which cells of a text are empty or only spaces."""
    trimmed = pc.utf8_trim_whitespace(text) if may_hold_spaces(text) else text
    return pc.equal(pc.binary_length(trimmed), 0)


def blank_cells(text: pa.ChunkedArray) -> BoolArray:
    """Tell which cells of a text are null, empty or only spaces."""
    empty: BoolArray = pc.fill_null(blank(text), fill_value=True).to_numpy()
    return empty


def _number(
    values: pa.ChunkedArray, column: Column, schema: Schema, findings: Findings, *, whole: bool
) -> pa.ChunkedArray:
    kind = values.type
    wanted = "a_whole_number" if whole else "a_number"
    nan = pa.chunked_array([pa.nulls(len(values), pa.bool_())])
    if is_text(kind):
        text = _filled_text(values)
        nan = pc.match_substring_regex(text, _NOT_A_NUMBER)
        good = pc.match_substring_regex(text, _INTEGER if whole else _NUMBER)
        bad = pc.and_(pc.invert(good), pc.invert(nan))
        trimmed = pc.replace_substring_regex(pc.utf8_trim_whitespace(text), r"^\+", "")
        number = pc.if_else(good, trimmed, pa.scalar(None, pa.string())).cast(TYPES[column.kind])
    elif pa.types.is_integer(kind) or pa.types.is_floating(kind) or pa.types.is_decimal(kind):
        number = values.cast(pa.float64(), safe=False) if not pa.types.is_integer(kind) else values
        bad = pa.chunked_array([pa.nulls(len(values), pa.bool_())])
        if pa.types.is_floating(number.type):
            nan = pc.invert(pc.is_finite(number))
            number = pc.if_else(nan, pa.scalar(None, pa.float64()), number)
            if whole:
                # numbers beyond 2**53 are out of every range, so the cast below may not see them
                bad = pc.or_(
                    pc.not_equal(number, pc.round(number)), pc.greater(pc.abs(number), 2.0**53)
                )
                number = pc.if_else(bad, pa.scalar(None, pa.float64()), number)
        elif pa.types.is_uint64(kind):
            bad = pc.greater(values, pa.scalar(2**62, pa.uint64()))
            number = pc.if_else(bad, pa.scalar(None, pa.uint64()), values)
        # whole numbers beyond 2**53 lose digits as floats, and are out of every range
        number = number.cast(TYPES[column.kind], safe=whole)
    else:
        bad = values.is_valid()
        number = pa.chunked_array([pa.nulls(len(values), TYPES[column.kind])])
    findings.rows("wrong_type.cells", schema.name, column.name, bad, wanted=wanted)
    findings.rows("not_a_number", schema.name, column.name, nan)
    return _within(number, column, schema, findings)


def _within(
    number: pa.ChunkedArray, column: Column, schema: Schema, findings: Findings
) -> pa.ChunkedArray:
    """Report numbers outside of the column's range, and make them null."""
    extremes = pc.min_max(number).as_py()
    if extremes["min"] is None or (
        (column.low is None or extremes["min"] >= column.low)
        and (column.high is None or extremes["max"] <= column.high)
    ):
        return number
    out = np.zeros(len(number), dtype=np.bool_)
    if column.low is not None:
        low = pc.fill_null(pc.less(number, column.low), fill_value=False).to_numpy()
        negative = (
            low & pc.fill_null(pc.less(number, 0), fill_value=False).to_numpy() & (column.low >= 0)
        )
        findings.rows("negative_number", schema.name, column.name, negative, least=column.low)
        findings.rows(
            "out_of_range.below", schema.name, column.name, low & ~negative, least=column.low
        )
        out |= low
    if column.high is not None:
        high = pc.fill_null(pc.greater(number, column.high), fill_value=False).to_numpy()
        findings.rows("out_of_range.above", schema.name, column.name, high, most=column.high)
        out |= high
    if not out.any():
        return number
    return pc.if_else(pa.array(out), pa.scalar(None, number.type), number)


def _id_lists(
    values: pa.ChunkedArray, column: Column, schema: Schema, findings: Findings
) -> pa.ChunkedArray:
    """Return lists of ids, from lists or from text joined by semicolons; never null, no repeats."""
    kind = values.type
    listed = pa.types.is_list(kind) or pa.types.is_large_list(kind) or pa.types.is_list_view(kind)
    if pa.types.is_integer(kind):
        values, kind = values.cast(pa.string()), pa.string()
    if is_text(kind):
        lists = pc.split_pattern(pc.fill_null(values, ""), ";").to_pylist()
    elif listed and (
        is_text(kind.value_type)
        or pa.types.is_integer(kind.value_type)
        or pa.types.is_null(kind.value_type)
    ):
        if pa.types.is_list(kind) and pa.types.is_string(kind.value_type) and _are_clean(values):
            return values.cast(TYPES["ids"])
        lists = values.to_pylist()
    else:
        findings.rows(
            "wrong_type.area_codes",
            schema.name,
            column.name,
            values.is_valid(),
            values=kind_of(kind),
        )
        lists = [[]] * len(values)
    clean = [
        list(
            dict.fromkeys(
                str(item).strip() for item in row or () if item is not None and str(item).strip()
            )
        )
        for row in lists
    ]
    return pa.chunked_array([pa.array(clean, pa.list_(pa.string()))])


def _are_clean(lists: pa.ChunkedArray) -> bool:
    """Tell whether lists of text are free of nulls, spaces and repeats, as they mostly are."""
    rows = whole(lists)
    items = pc.list_flatten(rows)
    text = pa.chunked_array([items])
    if rows.null_count or items.null_count:
        return False
    if may_hold_spaces(text) or pc.any(blank(text)).as_py():
        return False
    row = pc.list_parent_indices(rows).to_numpy().astype(np.int64)
    item = items.dictionary_encode().indices.to_numpy()
    return bool(np.unique((row << 32) | item).shape[0] == row.shape[0])
