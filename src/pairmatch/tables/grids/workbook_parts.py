"""What the parts of a workbook say of its sheets: how large they are, and what is odd in them.

A workbook is a zip archive of XML files [@ecma376]. The archive's own figures of sizes are not
believed: every part is unpacked once and counted, before anything is handed to another reader.
"""

import zipfile
import zlib
from collections.abc import Iterator
from copy import copy
from pathlib import Path, PurePosixPath
from xml.etree import ElementTree as ET

from pairmatch.model.read_limits import ReadLimits, RefusedError
from pairmatch.tables.grids.sheet_scan import SheetParts, scanned

_CHUNK = 1 << 20
_MOST_PARTS = 10_000
_LARGEST_INDEX = 1 << 22
_NOT_A_WORKBOOK = (zipfile.BadZipFile, zlib.error, ET.ParseError, NotImplementedError, LookupError)
_RELATION = "{http://schemas.openxmlformats.org/officeDocument/2006/relationships}id"
_WORKSHEET = "/worksheet"


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
            sheets = _worksheets(archive)
            _check_size(archive, {part for _, part in sheets}, limits)
            return [
                scanned(name, _unpacked(archive, part, limits.max_bytes)) for name, part in sheets
            ]
    except (*_NOT_A_WORKBOOK, ValueError, RuntimeError, EOFError):
        # what zipfile raises depends on what is broken; an encrypted part is a RuntimeError
        raise RefusedError("unreadable_file.content") from None


def _check_size(archive: zipfile.ZipFile, sheets: set[str], limits: ReadLimits) -> None:
    """Refuse too many parts, or more in those that are no sheets than the limits allow."""
    parts = archive.infolist()
    if len(parts) > _MOST_PARTS:
        raise RefusedError("too_many_bytes", most=limits.max_bytes)
    left = limits.max_bytes
    for part in parts:
        for chunk in () if part.filename in sheets else _chunks(archive, part):
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
    relations = _relations(archive, str(folder / "_rels" / f"{PurePosixPath(main).name}.rels"))
    targets = {
        relation.get("Id"): str(_below(folder, relation.get("Target", "")))
        for relation in relations
        if relation.get("Type", "").endswith(_WORKSHEET)
        and relation.get("TargetMode") != "External"
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


def _strict_relation(sheet: ET.Element) -> str | None:
    """Return the relation of a sheet in the strict dialect, whose name space is another."""
    return next((value for key, value in sheet.items() if key.endswith("}id")), None)


def _below(folder: PurePosixPath, target: str) -> PurePosixPath:
    return PurePosixPath(target.lstrip("/")) if target.startswith("/") else folder / target


def _relations(archive: zipfile.ZipFile, name: str) -> list[ET.Element]:
    return list(_xml(archive, name))


def _xml(archive: zipfile.ZipFile, name: str) -> ET.Element:
    data = _unpacked(archive, name, _LARGEST_INDEX)
    if b"<!DOCTYPE" in data or b"<!ENTITY" in data:
        # a workbook has none, and entities may stand for more than memory holds
        raise RefusedError("unreadable_file.content")
    return ET.fromstring(data)  # noqa: S314  # no entities, see above
