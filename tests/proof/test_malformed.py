"""A plan whose tables are not shaped like a plan's is rejected, not crashed upon."""

from typing import Any

import pyarrow as pa
import pytest
from tests.proof.base_plans import base_plan
from tests.proof.tampering import (
    TABLES,
    table_of,
    with_cell,
    with_certificate,
    with_column,
    with_entry,
    with_level,
    with_table,
)

from pairmatch import CertificateError


@pytest.mark.parametrize("base", ["shortage", "clash", "locks"])
@pytest.mark.parametrize("table", TABLES)
def test_a_table_without_one_of_its_columns_is_rejected(base: str, table: str) -> None:
    plan = base_plan(base)
    for column in table_of(plan, table).column_names:
        changed = with_table(plan, table, table_of(plan, table).drop_columns(column))
        with pytest.raises(CertificateError):
            changed.verify()


@pytest.mark.parametrize("base", ["shortage", "clash", "locks"])
@pytest.mark.parametrize("table", TABLES)
def test_a_column_of_another_type_is_rejected(base: str, table: str) -> None:
    plan = base_plan(base)
    rows = table_of(plan, table).num_rows
    if rows == 0:
        assert table == "unmatched"
        return
    strange = [
        pa.nulls(rows),
        pa.nulls(rows, pa.int64()),
        pa.nulls(rows, pa.string()),
        pa.array([[]] * rows, pa.list_(pa.int64())),
        pa.array([b"\xff"] * rows),
        pa.array([float("nan")] * rows),
    ]
    for column in table_of(plan, table).column_names:
        for values in strange:
            with pytest.raises(CertificateError):
                with_column(plan, table, column, values).verify()


@pytest.mark.parametrize("table", TABLES)
def test_an_empty_cell_is_rejected(table: str) -> None:
    plan = base_plan("shortage")
    for column in table_of(plan, table).column_names:
        with pytest.raises(CertificateError):
            with_cell(plan, table, column, 0, None).verify()


@pytest.mark.parametrize("value", ["1", None, [], float("nan"), 1j])
@pytest.mark.parametrize("field", ["value", "bound", "gap"])
def test_a_level_that_is_not_of_whole_numbers_is_rejected(field: str, value: Any) -> None:
    changed = with_level(base_plan("shortage"), 0, **{field: value})
    with pytest.raises(CertificateError):
        changed.verify()


@pytest.mark.parametrize("value", ["1", None, [], float("nan"), 1j])
@pytest.mark.parametrize("field", ["lower_bound", "gap", "relative_gap"])
def test_a_certificate_that_is_not_of_numbers_is_rejected(field: str, value: Any) -> None:
    changed = with_certificate(base_plan("shortage"), **{field: value})
    with pytest.raises(CertificateError):
        changed.verify()


@pytest.mark.parametrize("value", ["1", None, [], float("nan"), 1j])
@pytest.mark.parametrize("level", [0, 1, 2])
def test_prices_that_are_not_whole_numbers_are_rejected(level: int, value: Any) -> None:
    plan = base_plan("shortage")
    prices: list[Any] = list(plan.certificate.levels[-1].prices)
    prices[level] = value
    with pytest.raises(CertificateError):
        with_entry(plan, "cost", prices=tuple(prices)).verify()
