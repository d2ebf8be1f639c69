"""From a plan to lists that are ready to be written: grouped, sorted, counted, in words."""

from collections.abc import Callable
from datetime import datetime
from typing import NamedTuple

import numpy as np
import pyarrow as pa
import pyarrow.compute as pc

from pairmatch.arrays import IntArray
from pairmatch.lists.changes import Changes, changes_of, column_of
from pairmatch.lists.file_names import file_names
from pairmatch.lists.layout import CHANGE_COLUMNS, CHANGES, PAIR_COLUMNS, WORK_COLUMNS, said
from pairmatch.lists.places import area_names, counties, names_of_areas, units
from pairmatch.lists.policy_in_words import policy_in_words
from pairmatch.lists.prepared import Prepared, Told
from pairmatch.options import Options
from pairmatch.plan import Plan
from pairmatch.problem import Problem
from pairmatch.report.people import pairs_for_people
from pairmatch.tables.decode import is_text
from pairmatch.tables.positions import positions, whole
from pairmatch.words import named
from pairmatch.words.layout import places
from pairmatch.workbooks.sheets import MOST_LETTERS, MOST_ROWS, without_lists

_LIST = "list"
_METRES = 1000.0
# letters that a column may be wide; longer texts go on in further lines
_NARROWEST, _WIDEST = 6, 24
# letters of a header that is not broken
_ONE_LINE = 9
_SORTED_BY = {
    "county": ("recipient_area", "household_id", "recipient_id", "cadre_id"),
    "unit": ("cadre_id", "recipient_area", "household_id", "recipient_id"),
}


class _Keys(NamedTuple):
    """Which list each row is on, as positions among the codes."""

    codes: pa.Array
    pairs: IntArray
    changes: IntArray | None
    unmatched: IntArray | None


def prepare_lists(plan: Plan, by: str, language: str, before: Plan | None) -> Prepared:
    """Return the lists of a plan, a list for each county or unit that has a pair or had one.

    Raises
    ------
    OptionError
        If a list has more rows, or a text more letters, than a workbook takes.
    """
    changes = changes_of(plan, before)
    keys = _keys(plan, by, changes, before)
    pairs = _pairs(plan, language, changes)
    order = _order(pairs, keys.pairs, _SORTED_BY[by])
    tables = {"pairs": pairs.take(order)}
    rows = {"pairs": _count(keys, keys.pairs)}
    if changes is not None and keys.changes is not None:
        cells = _changes(plan, changes, before, language)
        # an ended pair of somebody who is not in any table is on no list
        on_lists = _order(cells, keys.changes, ("recipient_id", "cadre_id"))
        tables["changes"] = cells.take(on_lists)
        rows["changes"] = _count(keys, keys.changes)
    work = _work(plan, keys)
    rows["work"] = _count(keys, work.column(_LIST).to_numpy())
    tables["work"] = work.select(list(WORK_COLUMNS))
    told = Told(
        by=by,
        language=language,
        date=datetime.now().astimezone().date().isoformat(),
        status=str(plan.status),
        digest=plan.problem.digest(),
        plan_digest=plan.digest(),
        policy=policy_in_words(plan.problem.policy, language),
        attributes=pairs.column_names[len(PAIR_COLUMNS) :],
        widths={name: _widths(table, language) for name, table in tables.items()},
    )
    lists = _lists(plan, by, keys, pairs, changes)
    for name, counts in rows.items():
        lists = lists.append_column(f"rows_{name}", pa.array(counts))
    _check(tables, rows)
    return Prepared(told, lists, tables)


def _keys(plan: Plan, by: str, changes: Changes | None, before: Plan | None) -> _Keys:
    table, codes_of = ("recipients", counties) if by == "county" else ("cadres", units)
    problem = plan.problem
    cadre, recipient = plan.positions()
    of_people = codes_of(problem)
    code = of_people.take(pa.array(recipient if by == "county" else cadre))
    parts = [code]
    if changes is not None:
        parts.append(_of_changes(changes.table, plan, before, table, codes_of))
    if by == "county":
        ids = problem.recipients.column("recipient_id")
        lacking = positions(plan.unmatched.column("recipient_id"), ids)
        parts.append(of_people.take(pa.array(lacking)))
    codes = pc.unique(pa.chunked_array(parts)).drop_null()
    codes = codes.take(pc.sort_indices(codes))
    at = [positions(part, codes) for part in parts]
    return _Keys(
        codes,
        at[0],
        at[1] if changes is not None else None,
        at[-1] if by == "county" else None,
    )


def _of_changes(
    changes: pa.Table,
    plan: Plan,
    before: Plan | None,
    table: str,
    values: Callable[[Problem], pa.Array],
) -> pa.Array:
    """Return what a function says of the people of changes; see `column_of`."""
    problems = [plan.problem] if before is None else [plan.problem, before.problem]
    return column_of(changes, problems, table, [values(problem) for problem in problems])


def _order(table: pa.Table, key: IntArray, sorted_by: tuple[str, ...]) -> pa.Array:
    """Return the rows that are on a list, list after list."""
    rows = table.select(list(sorted_by)).append_column(_LIST, pa.array(key))
    by = [(name, "ascending") for name in (_LIST, *sorted_by)]
    order = pc.sort_indices(rows, sort_keys=by)
    return order.slice(int((key < 0).sum()))


def _count(keys: _Keys, key: IntArray) -> IntArray:
    return np.bincount(key[key >= 0], minlength=len(keys.codes)).astype(np.int64)


def _pairs(plan: Plan, language: str, changes: Changes | None) -> pa.Table:
    """Return pairs.csv with names in the language, as cells; kept is what the changes say."""
    table = without_lists(pairs_for_people(plan, language))
    labels = plan.problem.policy.labels
    category = _said(table.column("category"), lambda x: labels.category(x, language))
    rank = _said(table.column("rank"), lambda x: labels.rank(x, language))
    table = _replaced(_replaced(table, "category", category), "rank", rank)
    if changes is not None:
        words = pa.array([named("cell", word, language) for word in ("new", "kept")])
        kept = words.take(pa.array(changes.is_kept.astype(np.int64)))
        table = _replaced(table, "new_or_kept", kept)
    for name, kind in zip(table.column_names, table.schema.types, strict=True):
        if not (is_text(kind) or pa.types.is_integer(kind) or pa.types.is_floating(kind)):
            table = _replaced(table, name, table.column(name).cast(pa.string()))
    return table


def _changes(plan: Plan, changes: Changes, before: Plan | None, language: str) -> pa.Table:
    """Return the cells of the changes."""
    table = changes.table
    labels = plan.problem.policy.labels

    def of(people: str, values: Callable[[Problem], pa.Array]) -> pa.Array:
        return _of_changes(table, plan, before, people, values)

    def raw(people: str, name: str) -> pa.Array:
        return of(people, lambda problem: whole(getattr(problem, people).column(name)))

    cells = {
        "change": _said(table.column("change"), lambda x: said("change", x, language)),
        "recipient_id": table.column("recipient_id"),
        "category": _said(raw("recipients", "category"), lambda x: labels.category(x, language)),
        "recipient_area": raw("recipients", "area"),
        "recipient_area_name": of("recipients", area_names),
        "cadre_id": table.column("cadre_id"),
        "unit_id": of("cadres", units),
        "cadre_before": table.column("cadre_before"),
        "cadre_after": table.column("cadre_after"),
        "cause": _said(table.column("cause"), lambda x: named("cause", x, language)),
        "why": _said(table.column("reason"), lambda x: named("change_reason", x, language)),
    }
    return pa.table({name: cells[name] for name in CHANGE_COLUMNS})


def _work(plan: Plan, keys: _Keys) -> pa.Table:
    """Return the work of a year of each list: of each unit, and below it of its cadres."""
    cadre = plan.positions()[0]
    work = plan.work_of_pairs()
    people = plan.problem.cadres.select(["unit_id", "cadre_id"]).take(pa.array(cadre))
    rows = people.append_column(_LIST, pa.array(keys.pairs))
    for name, values in work._asdict().items():
        rows = rows.append_column(name, pa.array(values))
    sums = [([], "count_all"), *((name, "sum") for name in work._fields)]
    of_cadres = rows.group_by([_LIST, "unit_id", "cadre_id"]).aggregate(sums)
    of_units = rows.group_by([_LIST, "unit_id"]).aggregate(sums)
    nobody = pa.nulls(of_units.num_rows, pa.string())
    of_units = of_units.append_column("cadre_id", nobody).select(of_cadres.column_names)
    table = pa.concat_tables([of_units, of_cadres])
    # an empty text stands before all ids
    keyed = table.append_column("key", pc.fill_null(table.column("cadre_id"), ""))
    by = [(name, "ascending") for name in (_LIST, "unit_id", "key")]
    table = table.take(pc.sort_indices(keyed, sort_keys=by))
    km = pc.divide(table.column("travel_m_sum").cast(pa.float64()), _METRES)
    return pa.table(
        {
            _LIST: table.column(_LIST),
            "unit_id": table.column("unit_id"),
            "cadre_id": table.column("cadre_id"),
            "pairs": table.column("count_all"),
            "contacts": table.column("contacts_sum"),
            "visits": table.column("visits_sum"),
            "kilometres": km,
        }
    )


def _lists(plan: Plan, by: str, keys: _Keys, pairs: pa.Table, changes: Changes | None) -> pa.Table:
    """Return a row for each list, with its counts."""
    work = plan.work_of_pairs()
    count = len(keys.codes)
    names = pa.nulls(count, pa.string())
    if by == "county":
        names = names_of_areas(plan.problem, keys.codes)
    nothing = pa.nulls(count, pa.int64())
    found: dict[str, pa.Array] = {
        "file": pa.array(file_names(keys.codes.to_pylist(), names.to_pylist(), ".xlsx")),
        "code": keys.codes,
        "name": names,
        "pairs": pa.array(_count(keys, keys.pairs)),
        "new": nothing,
        "kept": nothing,
        "ended": nothing,
    }
    if changes is not None and keys.changes is not None:
        change = whole(changes.table.column("change"))
        for name in CHANGES:
            is_such = pc.equal(change, name).to_numpy(zero_copy_only=False)
            found[name] = pa.array(_count(keys, keys.changes[is_such]))
        found["kept"] = pa.array(_count(keys, keys.pairs[changes.is_kept]))
    for name in ("recipients", "cadres", "units"):
        ids = whole(pairs.column(f"{name.removesuffix('s')}_id"))
        found[name] = pa.array(_distinct(ids, keys.pairs, count))
    found["missing"] = nothing
    if keys.unmatched is not None:
        found["missing"] = pa.array(
            _sums(keys.unmatched, plan.unmatched.column("missing").to_numpy(), count)
        )
    found["contacts"], found["visits"] = (
        pa.array(_sums(keys.pairs, values, count)) for values in (work.contacts, work.visits)
    )
    km = _sums(keys.pairs, work.travel_m, count) / _METRES
    return pa.table({**found, "kilometres": pa.array(km)})


def _distinct(ids: pa.Array, key: IntArray, count: int) -> IntArray:
    """Return how many distinct ids each list has."""
    codes = ids.dictionary_encode().indices.to_numpy().astype(np.int64)
    both = np.unique(key * (int(codes.max(initial=0)) + 1) + codes)
    return np.bincount(both // (int(codes.max(initial=0)) + 1), minlength=count).astype(np.int64)


def _sums(key: IntArray, values: IntArray, count: int) -> IntArray:
    sums = np.zeros(count, dtype=np.int64)
    np.add.at(sums, key, values)
    return sums


def _said(column: pa.Array | pa.ChunkedArray, say: Callable[[str], str]) -> pa.Array:
    """Return a column of names of ours in words, each name asked for once."""
    names = whole(column).dictionary_encode()
    words = pa.array([say(name) for name in names.dictionary.to_pylist()], pa.string())
    return words.take(names.indices)


def _replaced(table: pa.Table, name: str, values: pa.Array | pa.ChunkedArray) -> pa.Table:
    return table.set_column(table.column_names.index(name), name, values)


def _widths(table: pa.Table, language: str) -> list[int]:
    """Return how wide each column has to be for what stands in it; a header may have two lines."""
    return [
        max(_NARROWEST, min(_WIDEST, max(_width(column), _header_width(header)))) + 1
        for column, header in zip(
            table.columns,
            (said("column", name, language) for name in table.column_names),
            strict=True,
        )
    ]


def _header_width(header: str) -> int:
    """Return how wide a header is: a short one in one line, others in two."""
    wide = places(header)
    return wide if wide <= _ONE_LINE else -(-wide // 2) + 1


def _width(column: pa.ChunkedArray) -> int:
    if not is_text(column.type):
        most = pc.max(column).as_py() or 0
        return len(f"{most:,.3f}" if pa.types.is_floating(column.type) else f"{most:,}")
    # a Chinese character has three bytes and takes two places
    places_twice = pc.add(pc.binary_length(column), pc.utf8_length(column))
    return -(-(pc.max(places_twice).as_py() or 0) // 2)


def _check(tables: dict[str, pa.Table], rows: dict[str, IntArray]) -> None:
    options = Options()
    for name, table in tables.items():
        if int(rows[name].max(initial=0)) > MOST_ROWS:
            options.refuse("too_large_for_workbook.rows", name, most=MOST_ROWS)
        texts = (column for column in table.columns if is_text(column.type))
        if (
            max((pc.max(pc.utf8_length(text)).as_py() or 0 for text in texts), default=0)
            > MOST_LETTERS
        ):
            options.refuse("too_large_for_workbook.cell", name, most=MOST_LETTERS)
    options.check()
