"""Workbooks that are damaged, or made to do harm: refused at once, with the right reason."""

import io
import struct
import zipfile
from pathlib import Path

import openpyxl
from tests.tables.office.awkward import RECIPIENTS, Case, Failed, cases, saved, text
from tests.tables.office.handmade import SHEET, by_hand, cell, parts_of, row_xml, sheet_xml, zipped

FILE = "对象.xlsx"
HEADER, *PEOPLE = RECIPIENTS
PLAIN = by_hand(sheet_xml(RECIPIENTS))
SMALL = {"max_bytes": 1 << 20}


def failed(code: str, file: str = FILE, sheet: str = "") -> tuple[Failed, ...]:
    return ((code, "recipients", None, file, sheet, ()),)


def refused(name: str, data: bytes, code: str = "unreadable_file", **options: int) -> Case:
    return Case(name, {FILE: data}, fails=failed(code), options=options)


def with_parts(**changed: str) -> bytes:
    """Return the plain workbook with other parts; names are in the order of those in the file."""
    return zipped(parts_of({"Sheet1": sheet_xml(RECIPIENTS)}) | changed)


def with_declaration(part: str) -> bytes:
    """Return the plain workbook with entities that grow, declared in a part."""
    entities = '<!ENTITY a "aaaaaaaaaa">' + "".join(
        f'<!ENTITY {after} "{f"&{before};" * 10}">'
        for before, after in zip("abcdefgh", "bcdefghi", strict=True)
    )
    parts = parts_of({"Sheet1": sheet_xml(RECIPIENTS)})
    xml = str(parts[part]).replace(
        'standalone="yes"?>\n', f'standalone="yes"?>\n<!DOCTYPE x [{entities}]>\n'
    )
    parts[part] = xml.replace("<t>h1</t>", "<t>&i;</t>")
    return zipped(parts)


def with_external_entity() -> bytes:
    xml = sheet_xml(RECIPIENTS).replace(
        'standalone="yes"?>\n',
        'standalone="yes"?>\n<!DOCTYPE x [<!ENTITY e SYSTEM "file:///etc/hostname">]>\n',
    )
    return by_hand(xml.replace("<t>h1</t>", "<t>&e;</t>"))


def lying(data: bytes, size: int) -> bytes:
    """Return a file whose directory says of every part that it unpacks to so many bytes."""
    changed = bytearray(data)
    with zipfile.ZipFile(io.BytesIO(data)) as archive:
        parts = archive.infolist()
    at = data.index(b"PK\x01\x02")
    for part in parts:
        struct.pack_into("<I", changed, at + 24, size)
        struct.pack_into("<I", changed, part.header_offset + 22, size)
        name, extra, comment = struct.unpack_from("<HHH", data, at + 28)
        at += 46 + name + extra + comment
    return bytes(changed)


BOMB = by_hand(sheet_xml(RECIPIENTS, behind=" " * (1 << 22)))
BOMB_BESIDE = zipped(
    parts_of({"Sheet1": sheet_xml(RECIPIENTS)}) | {"xl/media/a.bin": bytes(1 << 22)}
)
FAR_CELL = sheet_xml(RECIPIENTS, behind="").replace(
    "</sheetData>", row_xml(1_048_576, [cell("x", "XFD1048576")]) + "</sheetData>"
)
LOW_CELL = FAR_CELL.replace("XFD1048576", "A1048576")
FAR_ROW = FAR_CELL.replace("XFD1048576", "A999999999").replace('r="1048576"', 'r="999999999"')
MANY_LINKS = '<externalReferences><externalReference r:id="rId8"/></externalReferences></workbook>'


def with_external_link() -> bytes:
    """Return a workbook with a formula that another workbook, which is not there, has a part in."""
    parts = parts_of(
        {
            "Sheet1": sheet_xml(RECIPIENTS).replace(
                '<c r="C2" t="inlineStr"><is><t>620999001</t></is></c>',
                '<c r="C2" t="str"><f>[1]Sheet1!$A$1</f><v>620999001</v></c>',
            )
        }
    )
    office = "http://schemas.openxmlformats.org/officeDocument/2006/relationships"
    package = "http://schemas.openxmlformats.org/package/2006/relationships"
    main = "http://schemas.openxmlformats.org/spreadsheetml/2006/main"
    parts["xl/workbook.xml"] = str(parts["xl/workbook.xml"]).replace("</workbook>", MANY_LINKS)
    parts["xl/_rels/workbook.xml.rels"] = str(parts["xl/_rels/workbook.xml.rels"]).replace(
        "</Relationships>",
        f'<Relationship Id="rId8" Type="{office}/externalLink" '
        'Target="externalLinks/externalLink1.xml"/></Relationships>',
    )
    parts["xl/externalLinks/externalLink1.xml"] = (
        f'<externalLink xmlns="{main}" xmlns:r="{office}"><externalBook r:id="rId1"/>'
        "</externalLink>"
    )
    parts["xl/externalLinks/_rels/externalLink1.xml.rels"] = (
        f'<Relationships xmlns="{package}"><Relationship Id="rId1" '
        f'Type="{office}/externalLinkPath" '
        'Target="http://127.0.0.1:1/book.xlsx" TargetMode="External"/></Relationships>'
    )
    return zipped(parts)


def external_sheet() -> bytes:
    """Return a workbook whose sheet is said to be elsewhere."""
    parts = parts_of({"Sheet1": sheet_xml(RECIPIENTS)})
    relations = str(parts["xl/_rels/workbook.xml.rels"])
    parts["xl/_rels/workbook.xml.rels"] = relations.replace(
        'Target="worksheets/sheet1.xml"', 'Target="http://127.0.0.1:1/x.xml" TargetMode="External"'
    )
    return zipped(parts)


def target(name: str) -> bytes:
    """Return a workbook whose sheet is the part of this name."""
    parts = parts_of({"Sheet1": sheet_xml(RECIPIENTS)})
    relations = str(parts["xl/_rels/workbook.xml.rels"])
    parts["xl/_rels/workbook.xml.rels"] = relations.replace("worksheets/sheet1.xml", name)
    return zipped(parts)


def encrypted_part() -> bytes:
    """Return a workbook whose parts are said to be encrypted, as zip archives are."""
    changed = bytearray(PLAIN)
    at = 0
    for signature, offset in ((b"PK\x03\x04", 6), (b"PK\x01\x02", 8)):
        at = 0
        while (at := PLAIN.find(signature, at)) >= 0:
            changed[at + offset] |= 1
            at += 4
    return bytes(changed)


def evil_formula() -> bytes:
    book = openpyxl.Workbook()
    for row in RECIPIENTS:
        book.active.append(row)
    book.active["D2"] = '=WEBSERVICE("http://127.0.0.1:1/")'
    return saved(book)


@cases(
    # -- damaged
    refused("a workbook cut in the middle", PLAIN[: len(PLAIN) // 2]),
    refused("a workbook without its directory", PLAIN[: PLAIN.index(b"PK\x01\x02")]),
    refused("the first four bytes alone", b"PK\x03\x04"),
    refused("no byte", b""),
    refused(
        "an old workbook, or one with a password", b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + bytes(4096)
    ),
    refused("text", text(RECIPIENTS)),
    refused("a web page that Excel would open", b"<html><table><tr><td>1</td></tr></table></html>"),
    refused("a zip archive of something else", zipped({"a.txt": "a"})),
    refused("a document", zipped({"[Content_Types].xml": "<Types/>", "word/document.xml": "<w/>"})),
    refused("parts with a password", encrypted_part()),
    refused("a sheet whose XML ends early", with_parts(**{SHEET: sheet_xml(RECIPIENTS)[:-80]})),
    refused("a sheet that is no XML", with_parts(**{SHEET: "?"}), "bad_header"),
    refused("a sheet that is no sheet", with_parts(**{SHEET: "<a/>"}), "bad_header"),
    refused("an index that is no XML", with_parts(**{"xl/workbook.xml": "<"})),
    refused("a sheet that is not there", target("worksheets/sheet9.xml")),
    refused("a sheet outside of the archive", target("../../../etc/passwd")),
    refused(
        "a shared string that is not there",
        by_hand(
            sheet_xml(RECIPIENTS).replace(
                '<c r="B2" t="inlineStr"><is><t>orphan</t></is></c>', '<c r="B2" t="s"><v>7</v></c>'
            )
        ),
    ),
    # -- large
    refused("spaces that unpack to more than is read", BOMB, "too_many_bytes", **SMALL),
    refused("the same with sizes that lie", lying(BOMB, 10), "too_many_bytes", **SMALL),
    refused("zeros beside the sheet", BOMB_BESIDE, "too_many_bytes", **SMALL),
    refused(
        "the same beside with sizes that lie", lying(BOMB_BESIDE, 10), "too_many_bytes", **SMALL
    ),
    refused("a cell in the last row and column", by_hand(FAR_CELL), "too_many_columns"),
    refused(
        "a cell in the last row where less is read",
        by_hand(LOW_CELL),
        "too_many_rows",
        max_rows=100_000,
    ),
    refused("a cell below the last row", by_hand(FAR_ROW), "too_many_rows"),
    refused("more rows than are read", PLAIN, "too_many_rows", max_rows=3),
    refused(
        "more parts than a workbook has",
        zipped(parts_of({"Sheet1": sheet_xml(RECIPIENTS)}) | {f"x/{n}": "" for n in range(10_001)}),
        "too_many_bytes",
    ),
    # -- what stands in it is neither believed nor followed
    refused("entities that grow, in the index", with_declaration("xl/workbook.xml")),
    refused("entities that grow, in the sheet", with_declaration(SHEET)),
    refused("an entity that is a file", with_external_entity()),
    Case("a link to another workbook", {FILE: with_external_link()}),
    refused("a sheet that is elsewhere", external_sheet(), "bad_header"),
    Case(
        "a formula that calls",
        {FILE: evil_formula()},
        fails=(("cell_not_computed", "recipients", "household_id", FILE, "Sheet", ("D2",)),),
    ),
)
def test_a_hostile_workbook_is_refused(case: Case, tmp_path: Path) -> None:
    case.check(tmp_path)
