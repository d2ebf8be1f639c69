"""What the parts of a workbook say of its sheets: how large they are, and what is odd in them.

A workbook is a zip archive of XML files [@ecma376]. The archive's own figures of sizes are not
believed: every part is unpacked once and counted, before anything is handed to another reader.
"""

import re
import zipfile
import zlib
from collections.abc import Iterator
from copy import copy
from dataclasses import dataclass
from pathlib import Path, PurePosixPath
from xml.etree import ElementTree

from pairmatch.model.read_limits import ReadLimits, RefusedError
from pairmatch.tables.office.grid import MAX_COLUMNS, Merged

_CHUNK = 1 << 20
_MOST_PARTS = 10_000
_LARGEST_INDEX = 1 << 22
_NOT_A_WORKBOOK = (zipfile.BadZipFile, zlib.error, ElementTree.ParseError, NotImplementedError)
_RELATION = "{http://schemas.openxmlformats.org/officeDocument/2006/relationships}id"
_WORKSHEET = "/worksheet"

# names may have a prefix; a row or a cell without a place stands behind the one before
_ROW = re.compile(rb"<(?:\w+:)?row(?=[\s/>])([^>]*)>")
_ROW_NUMBER = re.compile(rb"""\br=["'](\d{1,9})["']""")
_ROW_OR_CELL = re.compile(rb"<(?:\w+:)?(row|c)(?=[\s/>])([^>]*)>")
_PLACE = re.compile(rb"""\br=["']([A-Z]{1,3})(\d{1,9})["']""")
_WIDE = re.compile(rb"""<c r="([A-Z]{2,})""")
_MERGED = re.compile(
    rb"""<(?:\w+:)?mergeCell\b[^>]*\bref=["']([A-Z]{1,3})(\d{1,7}):([A-Z]{1,3})(\d{1,7})["']"""
)
_LONG_NUMBER = re.compile(
    rb"v>\s*-?(?:\d{16,}(?:\.\d*)?|\d(?:\.\d*)?[Ee]\+?(?:1[5-9]|[2-9]\d|\d{3,}))\s*</"
)
_OF_TEXT = re.compile(rb"""\bt=["'](?:s|str|inlineStr|b|e|d)["']""")
_OF_ERROR = re.compile(rb"""\bt=["']e["']""")
_FORMULA_ALONE = re.compile(
    rb"[<:]f(?=[\s/>])[^>]*(?:/>|>[^<]*</(?:\w+:)?f>)\s*"
    rb"(?:<(?:\w+:)?v\s*/>|<(?:\w+:)?v>\s*</(?:\w+:)?v>)?\s*</(?:\w+:)?c>"
)
_VALUE = re.compile(rb"<(?:\w+:)?[vt](?:\s[^>]*)?>[^<]")
_LONGEST_CELL = 1 << 16

Cells = tuple[tuple[int, str], ...]


@dataclass(frozen=True)
class SheetParts:
    """What is known of a sheet before its cells are read.

    Attributes
    ----------
    name
        As it is written.
    rows, columns
        The last ones with a cell, from 1; 0 for a sheet without any.
    merged
        Merged cells.
    lost_digits
        Cells with a number of more than 15 digits, as (row, letters).
    not_computed
        Cells with a formula whose value is not stored.
    first
        The first cell with a value, as (row, column), from 1; None if no cell has one.
    """

    name: str
    rows: int
    columns: int
    merged: tuple[Merged, ...] = ()
    lost_digits: Cells = ()
    not_computed: Cells = ()
    first: tuple[int, int] | None = None


def sheet_parts(path: Path, limits: ReadLimits) -> list[SheetParts]:
    """Return what the parts of a workbook say of its sheets, in their order.

    Raises
    ------
    RefusedError
        If it is no workbook, or has more bytes unpacked than the limits allow, or cells further
        out than anybody needs.
    """
    try:
        with zipfile.ZipFile(path) as archive:
            _check_size(archive, limits)
            return [
                _scanned(name, _unpacked(archive, part, limits.max_bytes))
                for name, part in _worksheets(archive)
            ]
    except (*_NOT_A_WORKBOOK, KeyError, ValueError, RuntimeError, EOFError):
        # what zipfile raises depends on what is broken; an encrypted part is a RuntimeError
        raise RefusedError("unreadable_file.content") from None


def column_number(letters: bytes) -> int:
    """Return the position from 1 of the column that a spreadsheet calls by these letters."""
    number = 0
    for one in letters:
        number = 26 * number + one - ord("A") + 1
    return number


def _check_size(archive: zipfile.ZipFile, limits: ReadLimits) -> None:
    parts = archive.infolist()
    if len(parts) > _MOST_PARTS:
        raise RefusedError("too_many_bytes", most=limits.max_bytes)
    left = limits.max_bytes
    for part in parts:
        for chunk in _chunks(archive, part):
            left -= len(chunk)
            if left < 0:
                raise RefusedError("too_many_bytes", most=limits.max_bytes)


def _chunks(archive: zipfile.ZipFile, part: zipfile.ZipInfo) -> Iterator[bytes]:
    """Yield what a part unpacks to, however long it says that it is."""
    whole = copy(part)
    whole.file_size = 1 << 62
    del whole.CRC
    with archive.open(whole) as file:
        while chunk := file.read(_CHUNK):
            yield chunk


def _unpacked(archive: zipfile.ZipFile, name: str, most: int) -> bytes:
    data = bytearray()
    for chunk in _chunks(archive, archive.getinfo(name)):
        data += chunk
        if len(data) > most:
            raise RefusedError("too_many_bytes", most=most)
    return bytes(data)


def _worksheets(archive: zipfile.ZipFile) -> list[tuple[str, str]]:
    """Return the names of the worksheets, each with that of its part."""
    main = "xl/workbook.xml"
    for relation in _relations(archive, "_rels/.rels"):
        if relation.get("Type", "").endswith("/officeDocument"):
            main = relation.get("Target", main).lstrip("/")
    folder = PurePosixPath(main).parent
    targets = {
        relation.get("Id"): str(_below(folder, relation.get("Target", "")))
        for relation in _relations(archive, str(folder / "_rels" / f"{PurePosixPath(main).name}.rels"))
        if relation.get("Type", "").endswith(_WORKSHEET) and relation.get("TargetMode") != "External"
    }
    sheets = _xml(archive, main).iter()
    found = [
        (sheet.get("name", ""), targets.get(sheet.get(_RELATION) or _strict_relation(sheet)))
        for sheet in sheets
        if sheet.tag.endswith("}sheet")
    ]
    if not found:
        raise RefusedError("unreadable_file.content")
    return [(name, part) for name, part in found if part is not None]


def _strict_relation(sheet: ElementTree.Element) -> str | None:
    """Return the relation of a sheet in the strict dialect, whose name space is another."""
    return next((value for key, value in sheet.items() if key.endswith("}id")), None)


def _below(folder: PurePosixPath, target: str) -> PurePosixPath:
    return PurePosixPath(target.lstrip("/")) if target.startswith("/") else folder / target


def _relations(archive: zipfile.ZipFile, name: str) -> list[ElementTree.Element]:
    return list(_xml(archive, name))


def _xml(archive: zipfile.ZipFile, name: str) -> ElementTree.Element:
    data = _unpacked(archive, name, _LARGEST_INDEX)
    if b"<!DOCTYPE" in data or b"<!ENTITY" in data:
        # a workbook has none, and entities may stand for more than memory holds
        raise RefusedError("unreadable_file.content")
    return ElementTree.fromstring(data)  # noqa: S314  # no entities, see above


def _scanned(name: str, xml: bytes) -> SheetParts:
    cells = xml.count(b"<c ")
    if cells == xml.count(b'<c r="') and b"<c>" not in xml and not re.search(rb"<\w+:c\b", xml):
        rows, columns, first = _rows(xml), _columns(xml), _first_value(xml)
    else:
        rows, columns, first = _counted(xml)
    if columns > MAX_COLUMNS:
        raise RefusedError("too_many_columns", most=MAX_COLUMNS)
    merged = _MERGED.findall(xml) if b"mergeCell" in xml else ()
    return SheetParts(
        name,
        rows,
        columns,
        tuple(
            Merged(int(top), column_number(left), int(bottom), column_number(right))
            for left, top, right, bottom in merged
        ),
        _cells_before(xml, _LONG_NUMBER, unlike=_OF_TEXT),
        _cells_before(xml, _FORMULA_ALONE),
        first,
    )


def _rows(xml: bytes) -> int:
    """Return the number of the last row."""
    last = most = 0
    for match in _ROW.finditer(xml):
        number = _ROW_NUMBER.search(match[1])
        last = int(number[1]) if number else last + 1
        most = max(most, last)
    return most


def _columns(xml: bytes) -> int:
    """Return the position from 1 of the last column, where every cell says its place."""
    wide = set(_WIDE.findall(xml))
    if wide:
        return max(map(column_number, wide))
    letters = (chr(code) for code in range(ord("Z"), ord("A") - 1, -1))
    return next((column_number(one.encode()) for one in letters if f'<c r="{one}'.encode() in xml), 0)


def _first_value(xml: bytes) -> tuple[int, int] | None:
    """Return the first cell with a value that is no error, where every cell says its place."""
    for match in _VALUE.finditer(xml):
        cell = _cell_before(xml, match.start())
        place = cell and not _OF_ERROR.search(cell) and _PLACE.search(cell)
        if place:
            return int(place[2]), column_number(place[1])
    return None


def _counted(xml: bytes) -> tuple[int, int, tuple[int, int] | None]:
    """Return the last row, the last column and the first value, counting cells without a place."""
    row = column = rows = columns = 0
    first = None
    for match in _ROW_OR_CELL.finditer(xml):
        if match[1] == b"row":
            number = _ROW_NUMBER.search(match[2])
            row, column = int(number[1]) if number else row + 1, 0
        else:
            place = _PLACE.search(match[2])
            column = column_number(place[1]) if place else column + 1
            row = int(place[2]) if place else row
            if first is None and not match[2].endswith(b"/") and not _OF_ERROR.search(match[2]):
                end = xml.find(b"c>", match.end())
                first = (row, column) if _VALUE.search(xml, match.end(), end) else None
        rows, columns = max(rows, row), max(columns, column)
    return rows, columns, first


def _cell_before(xml: bytes, at: int) -> bytes | None:
    """Return the attributes of the cell that encloses a position."""
    cell = None
    for match in _ROW_OR_CELL.finditer(xml, max(0, at - _LONGEST_CELL), at):
        cell = match[2] if match[1] == b"c" else None
    return cell


def _cells_before(
    xml: bytes, pattern: re.Pattern[bytes], unlike: re.Pattern[bytes] | None = None
) -> Cells:
    """Return the cells that enclose what a pattern finds."""
    found = {}
    for match in pattern.finditer(xml):
        cell = _cell_before(xml, match.start())
        if cell is None or (unlike is not None and unlike.search(cell)):
            continue
        place = _PLACE.search(cell)
        if place:
            found[int(place[2]), place[1].decode()] = None
    return tuple(found)
