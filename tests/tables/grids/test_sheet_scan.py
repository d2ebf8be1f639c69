import pytest
from tests.tables.office.handmade import cell, merged, row_xml, sheet_xml

from pairmatch.model.read_limits import RefusedError
from pairmatch.tables.grids.grid import Merged
from pairmatch.tables.grids.sheet_scan import SheetParts, column_number, scanned


def scan(xml: str) -> SheetParts:
    return scanned("s", xml.encode())


def number(text: str) -> SheetParts:
    """Scan a sheet with a number as it stands in the file."""
    return scan(
        sheet_xml([]).replace(
            "<sheetData>", f'<sheetData><row r="7"><c r="C7"><v>{text}</v></c></row>'
        )
    )


@pytest.mark.parametrize(("letters", "at"), [(b"A", 1), (b"Z", 26), (b"AA", 27), (b"XFD", 16_384)])
def test_letters_of_columns_count_from_one(letters: bytes, at: int) -> None:
    assert column_number(letters) == at


@pytest.mark.parametrize("places", [True, False])
def test_the_last_row_and_column_and_the_first_value_are_found(places: bool) -> None:
    parts = scan(sheet_xml([("", ""), ("", "x", ""), ("y",)], places=places))
    assert (parts.rows, parts.columns, parts.first) == (3, 3, (2, 2))


def test_a_sheet_without_a_cell_has_no_first_value() -> None:
    assert scan(sheet_xml([])) == SheetParts("s", 0, 0)
    assert scan(sheet_xml([("",)])).first is None


@pytest.mark.parametrize(
    "text",
    [
        *("1234567890123456", "-1234567890123456", "6229270000000000000", "1234567890123456.5"),
        *("6.22927E+17", "6.22927e17", "1E15", "1E+300", "620102199003071234"),
    ],
)
def test_numbers_of_more_than_15_digits_are_found(text: str) -> None:
    assert number(text).lost_digits == ((7, "C"),)


@pytest.mark.parametrize(
    "text",
    [
        *("123456789012345", "-123456789012345", "103.81234567890123", "0.1234567890123456789"),
        *("123456789012345.25", "6.22927E+11", "1.5E-17", "1E14", "7", ""),
    ],
)
def test_shorter_numbers_and_fractions_are_not(text: str) -> None:
    assert number(text).lost_digits == ()


def test_long_texts_are_no_numbers_that_lost_digits() -> None:
    xml = sheet_xml([("1234567890123456789",)])
    assert scan(xml).lost_digits == ()
    as_formula = xml.replace('t="inlineStr"><is><t>', 't="str"><v>').replace("</t></is>", "</v>")
    assert scan(as_formula).lost_digits == ()


@pytest.mark.parametrize("places", [True, False])
@pytest.mark.parametrize("formula", ["<f>1+1</f>", "<f>1+1</f><v></v>", '<f t="shared" si="0"/>'])
def test_formulas_without_a_value_are_found(places: bool, formula: str) -> None:
    cells = [formula, "<f>1+1</f><v>2</v>", "<v>12345678901234567</v>"]
    at = [' r="A1"', ' r="B1"', ' r="C1"'] if places else [""] * 3
    row = row_xml(1, [f"<c{r}>{one}</c>" for r, one in zip(at, cells, strict=True)], places=places)
    parts = scan(sheet_xml([]).replace("<sheetData>", f"<sheetData>{row}"))
    assert (parts.not_computed, parts.lost_digits) == (((1, "A"),), ((1, "C"),))


def test_a_sheet_full_of_long_numbers_and_errors_is_looked_through_once() -> None:
    rows = "".join(
        f'<row r="{n}"><c r="A{n}" t="e"><v>#N/A</v></c>'
        f'<c r="B{n}"><v>620102199003070000</v></c></row>'
        for n in range(1, 20_001)
    )
    parts = scan(sheet_xml([]).replace("<sheetData>", f"<sheetData>{rows}"))
    assert parts.lost_digits == tuple((n, "B") for n in range(1, 20_001))
    assert parts.first == (1, 2)
    errors = "".join(
        f'<row r="{n}"><c r="A{n}" t="e"><v>#N/A</v></c></row>' for n in range(1, 20_001)
    )
    assert scan(sheet_xml([]).replace("<sheetData>", f"<sheetData>{errors}")).first is None


def test_merged_cells_are_found() -> None:
    parts = scan(sheet_xml([("x",)], behind=merged("A1:D1", "B3:B7")))
    assert parts.merged == (Merged(1, 1, 1, 4), Merged(3, 2, 7, 2))


def test_more_columns_than_anybody_needs_are_refused() -> None:
    row = row_xml(1, [cell("x", "XFD1")])
    with pytest.raises(RefusedError) as raised:
        scan(sheet_xml([]).replace("<sheetData>", f"<sheetData>{row}"))
    assert raised.value.kind == "too_many_columns"
