"""Whether the tables of a plan have the columns that a check needs, of the right types."""

from typing import TYPE_CHECKING

import pyarrow as pa

if TYPE_CHECKING:
    from pairmatch.proof.check import Claimed

_TABLES = {
    "pairs": {
        "recipient_id": "text",
        "cadre_id": "text",
        "cost_m": "integers",
        "distance_m": "integers",
        "kept": "truth values",
    },
    "unmatched": {"recipient_id": "text", "missing": "integers", "reason": "text"},
    "loads": {
        "cadre_id": "text",
        "load": "integers",
        "capacity": "integers",
        "min_load": "integers",
    },
}


def check_shape(claim: "Claimed", wrong: list[str]) -> None:
    """Add to ``wrong`` what is missing, of another type, or empty, and figures that are none."""
    for name, columns in _TABLES.items():
        _check_table(getattr(claim, name), name, columns, wrong)
    certificate = claim.certificate
    figures = [claim.objective, *(level.value for level in claim.levels)]
    # these are None where nothing is known
    bounds = [certificate.lower_bound, certificate.gap]
    bounds += [figure for level in claim.levels for figure in (level.bound, level.gap)]
    figures += [figure for figure in bounds if figure is not None]
    if any(type(figure) is not int for figure in figures):
        wrong.append("a figure of the plan or of its levels is not a whole number")
    for name, key in (("cadre_duals", "cadre_id"), ("recipient_duals", "recipient_id")):
        table = getattr(certificate, name)
        # a level without a column is reported where its bound is evaluated
        levels = [entry.level for entry in certificate.levels if entry.level in table.column_names]
        _check_table(table, name, {**dict.fromkeys(levels, "integers"), key: "text"}, wrong)


def _check_table(table: pa.Table, name: str, columns: dict[str, str], wrong: list[str]) -> None:
    for column, kind in columns.items():
        if table.column_names.count(column) != 1:
            wrong.append(f"the table {name} has no column {column}, or several")
        elif not _is_of(table.schema.field(column).type, kind):
            wrong.append(f"the column {column} of the table {name} does not hold {kind}")
        elif table.column(column).null_count:
            wrong.append(f"the column {column} of the table {name} has empty cells")


def _is_of(found: pa.DataType, kind: str) -> bool:
    if kind == "text":
        return bool(pa.types.is_string(found))
    if kind == "integers":
        return bool(pa.types.is_int64(found))
    return bool(pa.types.is_boolean(found))
