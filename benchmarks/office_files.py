"""A province's tables as an office keeps them: Chinese headers, ranks, categories and levels."""

from collections.abc import Callable, Mapping
from pathlib import Path

import pyarrow as pa
import pyarrow.compute as pc
import xlsxwriter  # type: ignore[import-untyped]  # it has no types of its own
from pyarrow import csv

from benchmarks.province import Tables
from benchmarks.registry import INLINE, SHARED, TEXT
from pairmatch.tables.office.vocabulary import Vocabulary
from pairmatch.workbooks.sheets import columns_of, new_workbook, rows_of, without_lists

_TABLES = ("cadres", "recipients", "units", "areas")


def write_office_files(tables: Tables, folder: Path, kind: str) -> None:
    """Write a file for each table.

    Parameters
    ----------
    kind
        One of those that the registry has limits for.
    """
    for name in _TABLES:
        _WRITERS[kind](_in_chinese(name, tables[name]), folder / _called(name))
    (folder / "政策.yaml").write_text(tables["policy"].to_yaml(), encoding="utf-8")


def _called(name: str) -> str:
    return Vocabulary.standard().standard_name("tables", name, "zh")


def _in_chinese(name: str, table: pa.Table) -> pa.Table:
    words = Vocabulary.standard()
    columns = []
    for column in table.column_names:
        kind = words.kind_of(name, column)
        values = table.column(column)
        if kind is not None:
            codes = values.combine_chunks().dictionary_encode()
            said = [words.standard_name(kind, one, "zh") for one in codes.dictionary.to_pylist()]
            values = pa.chunked_array([pc.take(pa.array(said), codes.indices)])
        columns.append(values)
    headers = [words.standard_name(name, column, "zh") for column in table.column_names]
    return without_lists(pa.table(columns, names=headers))


def _text(table: pa.Table, path: Path) -> None:
    sink = pa.BufferOutputStream()
    csv.write_csv(table, sink, csv.WriteOptions(quoting_style="needed"))
    text = sink.getvalue().to_pybytes().decode()
    path.with_suffix(".csv").write_bytes(text.replace("\n", "\r\n").encode("gb18030"))


def _inline(table: pa.Table, path: Path) -> None:
    with new_workbook(path.with_suffix(".xlsx")) as book:
        book.add_sheet(path.name, columns_of(table), rows_of(table))


def _shared(table: pa.Table, path: Path) -> None:
    """Write each text once, with numbers of texts in the cells, as spreadsheet programs do."""
    with xlsxwriter.Workbook(str(path.with_suffix(".xlsx"))) as book:
        sheet = book.add_worksheet()
        sheet.write_row(0, 0, table.column_names)
        for at, name in enumerate(table.column_names):
            write = sheet.write_string if pa.types.is_string(table[name].type) else sheet.write
            for row, value in enumerate(table[name].to_pylist(), 1):
                if value is not None:
                    write(row, at, value)


_WRITERS: Mapping[str, Callable[[pa.Table, Path], None]] = {
    INLINE: _inline,
    SHARED: _shared,
    TEXT: _text,
}
