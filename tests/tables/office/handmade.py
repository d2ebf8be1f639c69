"""Workbooks made by hand, part by part, as programs write them that are not Excel."""

import io
import zipfile
from collections.abc import Mapping, Sequence
from xml.sax.saxutils import escape

from tests.tables.office.awkward import Row

from pairmatch.tables.places import letter

MAIN = "http://schemas.openxmlformats.org/spreadsheetml/2006/main"
STRICT = "http://purl.oclc.org/ooxml/spreadsheetml/main"
_OFFICE = "http://schemas.openxmlformats.org/officeDocument/2006/relationships"
_STRICT_OFFICE = "http://purl.oclc.org/ooxml/officeDocument/relationships"
_PACKAGE = "http://schemas.openxmlformats.org/package/2006"
_XML = '<?xml version="1.0" encoding="UTF-8" standalone="yes"?>\n'
SHEET = "xl/worksheets/sheet1.xml"


def cell(value: str | float | bool | None, place: str = "") -> str:
    """Return a cell with an inline string, a number or a truth value."""
    at = f' r="{place}"' if place else ""
    if value is None or value == "":
        return f"<c{at}/>" if place else "<c/>"
    if isinstance(value, bool):
        return f'<c{at} t="b"><v>{int(value)}</v></c>'
    if isinstance(value, str):
        return f'<c{at} t="inlineStr"><is><t>{escape(value)}</t></is></c>'
    return f"<c{at}><v>{value}</v></c>"


def row_xml(number: int, cells: Sequence[str], *, places: bool = True) -> str:
    """Return a row of cells that are XML already."""
    at = f' r="{number}"' if places else ""
    return f"<row{at}>{''.join(cells)}</row>"


def sheet_xml(
    rows: Sequence[Row],
    *,
    places: bool = True,
    top: int = 1,
    left: int = 0,
    before: str = "",
    behind: str = "",
    main: str = MAIN,
) -> str:
    """Return the part of a sheet.

    Parameters
    ----------
    places
        Whether rows and cells say where they stand.
    top, left
        Number of the first row, and how many columns are empty to the left.
    before, behind
        XML before and behind the rows.
    """
    lines = [
        row_xml(
            number,
            [
                cell(value, f"{letter(left + at)}{number}" if places else "")
                for at, value in enumerate(row)
            ],
            places=places,
        )
        for number, row in enumerate(rows, top)
    ]
    return (
        f'{_XML}<worksheet xmlns="{main}">{before}'
        f"<sheetData>{''.join(lines)}</sheetData>{behind}</worksheet>"
    )


def merged(*places: str) -> str:
    """Return merged cells, to stand behind the rows."""
    every = "".join(f'<mergeCell ref="{place}"/>' for place in places)
    return f'<mergeCells count="{len(places)}">{every}</mergeCells>'


def parts_of(
    sheets: Mapping[str, str], *, strict: bool = False, state: str = ""
) -> dict[str, str | bytes]:
    """Return the parts of a workbook with these sheets, by the names of the parts."""
    office, main = (_STRICT_OFFICE, STRICT) if strict else (_OFFICE, MAIN)
    hidden = f' state="{state}"' if state else ""
    listed = "".join(
        f'<sheet name="{name}" sheetId="{n}"{hidden} r:id="rId{n}"/>'
        for n, name in enumerate(sheets, 1)
    )
    relations = "".join(
        f'<Relationship Id="rId{n}" Type="{office}/worksheet" Target="worksheets/sheet{n}.xml"/>'
        for n in range(1, len(sheets) + 1)
    )
    types = "".join(
        f'<Override PartName="/xl/worksheets/sheet{n}.xml" ContentType='
        '"application/vnd.openxmlformats-officedocument.spreadsheetml.worksheet+xml"/>'
        for n in range(1, len(sheets) + 1)
    )
    return {
        "[Content_Types].xml": (
            f'{_XML}<Types xmlns="{_PACKAGE}/content-types">'
            '<Default Extension="rels" ContentType='
            '"application/vnd.openxmlformats-package.relationships+xml"/>'
            '<Default Extension="xml" ContentType="application/xml"/>'
            '<Override PartName="/xl/workbook.xml" ContentType='
            '"application/vnd.openxmlformats-officedocument.spreadsheetml.sheet.main+xml"/>'
            f"{types}</Types>"
        ),
        "_rels/.rels": (
            f'{_XML}<Relationships xmlns="{_PACKAGE}/relationships"><Relationship Id="rId1" '
            f'Type="{office}/officeDocument" Target="xl/workbook.xml"/></Relationships>'
        ),
        "xl/workbook.xml": (
            f'{_XML}<workbook xmlns="{main}" xmlns:r="{office}">'
            f"<sheets>{listed}</sheets></workbook>"
        ),
        "xl/_rels/workbook.xml.rels": (
            f'{_XML}<Relationships xmlns="{_PACKAGE}/relationships">{relations}</Relationships>'
        ),
        **{f"xl/worksheets/sheet{n}.xml": xml for n, xml in enumerate(sheets.values(), 1)},
    }


def zipped(parts: Mapping[str, str | bytes]) -> bytes:
    """Return parts as a file."""
    data = io.BytesIO()
    with zipfile.ZipFile(data, "w", zipfile.ZIP_DEFLATED) as archive:
        for name, content in parts.items():
            archive.writestr(name, content)
    return data.getvalue()


def by_hand(sheet: str, name: str = "Sheet1", *, strict: bool = False, state: str = "") -> bytes:
    """Return a workbook with one sheet."""
    return zipped(parts_of({name: sheet}, strict=strict, state=state))
