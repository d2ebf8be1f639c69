"""Whether a plan is made of what a plan is made of: tables, figures, names of levels.

Everything that is checked later may rely on it, so that a plan of any other make is refused and
not stumbled upon.
"""

from collections.abc import Sequence
from typing import Any

import numpy as np
import pyarrow as pa
import pyarrow.compute as pc

from pairmatch.errors import Wrong
from pairmatch.model.reasons import COUNTS
from pairmatch.model.status import Status
from pairmatch.proof.bound import BoundTerms
from pairmatch.proof.certificate import Level, LevelCertificate, Scope
from pairmatch.proof.claim import Claimed

_TABLES = {
    "pairs": {
        "recipient_id": pa.string(),
        "cadre_id": pa.string(),
        "cost_m": pa.int64(),
        "distance_m": pa.int64(),
        "kept": pa.bool_(),
    },
    "unmatched": {
        "recipient_id": pa.string(),
        "missing": pa.int64(),
        "reason": pa.string(),
        "detail": pa.string(),
        **dict.fromkeys(COUNTS, pa.int64()),
    },
    "loads": {
        "cadre_id": pa.string(),
        "load": pa.int64(),
        "capacity": pa.int64(),
        "min_load": pa.int64(),
    },
}
_LISTS = ("shortages", "below_min_load", "broken_locks")
_COUNTS = ("recipients", "wanted", "cadres", "places", "short")


def check_shape(claim: Claimed, level_names: Sequence[str], wrong: Wrong) -> None:
    """Add to ``wrong`` what is missing, of another type, or empty, and figures that are none.

    ``level_names`` are those of the objective's levels, most important first.
    """
    wrong.when(not _is_one_of(claim.status, Status), "no_status")
    for name, columns in _TABLES.items():
        _check_table(getattr(claim, name), name, columns, wrong)
    if not wrong:
        _check_counts(claim.unmatched, wrong)
    _check_certificate(claim.certificate, level_names, wrong)
    levels: Any = claim.levels
    if not isinstance(levels, tuple) or not all(isinstance(level, Level) for level in levels):
        wrong.add("no_levels")
        levels = ()
    figures = [claim.objective, claim.by_exception, *(level.value for level in levels)]
    # these are None where nothing is known
    bounds = [claim.certificate.lower_bound, claim.certificate.gap]
    bounds += [figure for level in levels for figure in (level.bound, level.gap)]
    wrong.when(
        not all(map(_is_whole, [*figures, *(figure for figure in bounds if figure is not None)])),
        "figure_type",
    )
    terms: Any = claim.objective_terms
    wrong.when(not isinstance(terms, dict) or not all(map(_is_whole, terms.values())), "term_type")
    if claim.diagnosis is not None:
        _check_diagnosis(claim.diagnosis, wrong)


def _is_one_of(value: object, names: type[Status | Scope]) -> bool:
    return isinstance(value, str) and value in list(names)


def _is_whole(value: object) -> bool:
    """Tell whether a value is a whole number; truth values and numbers of numpy are none."""
    return type(value) is int


def _check_table(table: object, name: str, columns: dict[str, pa.DataType], wrong: Wrong) -> None:
    if not isinstance(table, pa.Table):
        wrong.add("no_table", table=name)
    elif table.column_names != list(columns):
        wrong.add("columns", table=name, names=tuple(columns))
    else:
        for column, kind in columns.items():
            if table.schema.field(column).type != kind:
                wrong.add("column_type", table=name, column=column, type=str(kind))
            elif table.column(column).null_count and column not in COUNTS:
                wrong.add("empty_cells", table=name, column=column)


def _check_counts(unmatched: pa.Table, wrong: Wrong) -> None:
    """Check that a reason has all of its counts, or none: if stopped, or saved without them."""
    empty = np.array([unmatched.column(name).is_null().to_numpy() for name in COUNTS])
    stopped = pc.equal(unmatched.column("reason"), "stopped").to_numpy()
    wrong.when(
        not empty.all() and ((empty != empty[0]).any() or (empty[0] & ~stopped).any()),
        "reason_counts",
    )


def _check_certificate(certificate: Any, known: Sequence[str], wrong: Wrong) -> None:
    wrong.when(not _is_one_of(certificate.scope, Scope), "no_scope")
    wrong.when(type(certificate.locks_may_break) is not bool, "locks_may_break")
    relative = certificate.relative_gap
    wrong.when(relative is not None and type(relative) is not float, "relative_gap_type")
    entries = certificate.levels
    if not isinstance(entries, tuple) or not all(map(_is_entry, entries)):
        wrong.add("certificate_level_types")
        return
    names = [entry.level for entry in entries]
    if names != [name for name in known if name in names]:
        wrong.add("certificate_levels", names=tuple(known))
        return
    for name, key in (("cadre_duals", "cadre_id"), ("recipient_duals", "recipient_id")):
        columns = {key: pa.string(), **dict.fromkeys(names, pa.int64())}
        _check_table(getattr(certificate, name), name, columns, wrong)


def _is_entry(entry: object) -> bool:
    return (
        isinstance(entry, LevelCertificate)
        and isinstance(entry.level, str)
        and isinstance(entry.prices, tuple)
        and isinstance(entry.terms, BoundTerms)
        and all(map(_is_whole, (*entry.prices, *entry.terms)))
    )


def _check_diagnosis(found: Any, wrong: Wrong) -> None:
    if not all(isinstance(getattr(found, name, None), tuple) for name in _LISTS):
        wrong.add("diagnosis_lists")
        return
    for shortage in found.shortages:
        counts = [getattr(shortage, name, None) for name in _COUNTS]
        listed = [getattr(shortage, name, None) for name in ("areas", "categories")]
        wrong.when(
            not all(map(_is_whole, counts)) or not all(map(_is_count, listed)), "shortage_counts"
        )
    wrong.when(not _is_count(found.below_min_load), "min_load_types")


def _is_count(rows: object) -> bool:
    """Tell whether something lists names with whole numbers."""
    return isinstance(rows, tuple) and all(
        isinstance(row, tuple) and [type(part) for part in row] == [str, int] for row in rows
    )
