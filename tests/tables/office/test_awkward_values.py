"""Values as offices write them: meant as they are, mended with a note, or refused at their cell."""

from collections.abc import Sequence
from pathlib import Path

from tests.tables.office.awkward import (
    AREAS,
    CADRES,
    RECIPIENTS,
    Case,
    Failed,
    Row,
    cases,
    text,
)
from tests.tables.office.handmade import by_hand, sheet_xml

FILE = "对象.csv"
BOOK = "对象.xlsx"


def having(table: Sequence[Row], **cells: str) -> list[Row]:
    """Return a table with other texts in some cells, by their letters and numbers."""
    rows = [list(row) for row in table]
    for place, value in cells.items():
        rows[int(place[1:]) - 1]["ABCDEFGH".index(place[0])] = value
    return list(rows)


def with_column(table: Sequence[Row], header: str, *values: str) -> list[Row]:
    """Return a table with a further column."""
    return [[*row, value] for row, value in zip(table, (header, *values), strict=True)]


def people(**cells: str) -> dict[str, bytes]:
    return {FILE: text(having(RECIPIENTS, **cells))}


def noted(
    code: str, column: str | None, count: int = 1, table: str = "recipients"
) -> tuple[str, str, str | None, int]:
    return (f"repaired_{code}", table, column, count)


def failed(code: str, column: str, *cells: str, file: str = FILE, sheet: str = "") -> Failed:
    return (code, "recipients", column, file, sheet, cells)


def number_at(place: str, number: str, rows: Sequence[Row] = RECIPIENTS) -> dict[str, bytes]:
    """Return a workbook with a number as it stands in the file."""
    xml = sheet_xml(having(rows, **{place: "HERE"}))
    return {
        BOOK: by_hand(
            xml.replace(
                f'<c r="{place}" t="inlineStr"><is><t>HERE</t></is></c>',
                f'<c r="{place}"><v>{number}</v></c>',
            )
        )
    }


AREAS_FILE, CADRES_FILE = "区划.csv", "干部.csv"


@cases(
    # -- names that are documented are neither misses nor repairs
    Case("categories in Chinese", people(B2="孤儿", B3="孤儿", B4="困难重度残疾人", B5="特困家庭")),
    Case(
        "categories in other words and cases",
        people(B2="Orphan", B3=" 孤 儿 ", B4="重度残疾人", B5="特困户"),
        notes=(noted("blanks", "category"),),
    ),
    Case(
        "ranks in Chinese",
        {CADRES_FILE: text(having(CADRES, C2="正处级", C3="科员", C4="办事员"))},
        ("干部",),
    ),
    Case(
        "levels in Chinese",
        {AREAS_FILE: text(having(AREAS, C2="县级", C3="乡镇", C4="镇"))},
        ("区划",),
    ),
    Case(
        "headers in English",
        {
            FILE: text(
                having(RECIPIENTS, A1="Recipient ID", B1="Category", C1="Area code", D1="Household")
            )
        },
    ),
    Case(
        "headers with remarks in brackets",
        {
            FILE: text(
                having(
                    RECIPIENTS,
                    A1="对象编号（必填）",
                    B1="类 别",
                    C1="区划代码(9位)",
                    D1="户编号\u3000",
                )
            )
        },
    ),
    Case(
        "two names for one column",
        {FILE: text(with_column(RECIPIENTS, "对象ID", *"abcd"))},
        fails=(("bad_header", "recipients", "recipient_id", FILE, "", ()),),
    ),
    # -- repaired
    Case(
        "blanks around ids",
        people(A2=" r001", A3="r002\u3000", C4="620999002 "),
        notes=(noted("blanks", "recipient_id", 2), noted("blanks", "area")),
    ),
    Case(
        "wide letters and digits",
        people(A2="ｒ００１", C3="６２０９９９００１"),
        notes=(noted("width", "recipient_id"), noted("width", "area")),
    ),
    Case(
        "apostrophes before ids",
        people(A2="'r001", C3="'620999001"),
        notes=(noted("apostrophe", "recipient_id"), noted("apostrophe", "area")),
    ),
    Case(
        "ids as formulas",
        {FILE: text(having(RECIPIENTS, A2='"=""r001"""', C3='"=""620999001"""'))},
        notes=(noted("formula", "recipient_id"), noted("formula", "area")),
    ),
    Case("signs for no household", people(D4="无"), notes=(noted("nothing", "household_id"),)),
    Case("a stroke for no household", people(D4="/"), notes=(noted("nothing", "household_id"),)),
    Case(
        "numbers as people write them",
        {FILE: text(with_column(RECIPIENTS, "需要干部数", "1人", "１", "1.0", "-"))},
        notes=(
            noted("decimal", "demand"),
            noted("measure", "demand"),
            noted("nothing", "demand"),
            noted("width", "demand"),
        ),
    ),
    Case(
        "degrees with their sign",
        {AREAS_FILE: text(having(AREAS, E2="103.8°", F2="36.0°N"))},
        ("区划",),
        notes=(noted("degrees", "lon", table="areas"), noted("degrees", "lat", table="areas")),
    ),
    Case(
        "degrees, minutes and seconds",
        {AREAS_FILE: text(having(AREAS, E2="103°48′00″", F3="北纬36°6′"))},
        ("区划",),
        notes=(noted("degrees", "lon", table="areas"), noted("degrees", "lat", table="areas")),
    ),
    # -- refused
    Case(
        "a code that a spreadsheet has rounded",
        people(C2="6.22927E+11"),
        fails=(failed("damaged_cell", "area", "C2"),),
    ),
    Case(
        "the same in a workbook",
        number_at("C2", "1234567890123456789"),
        fails=(failed("damaged_cell", "area", "C2", file=BOOK, sheet="Sheet1"),),
    ),
    Case(
        "an id of more digits than a spreadsheet keeps",
        number_at("A2", "62010219900307123"),
        fails=(failed("damaged_cell", "recipient_id", "A2", file=BOOK, sheet="Sheet1"),),
    ),
    Case(
        "ids that differ only by case",
        people(A3="R001"),
        fails=(failed("ids_alike", "recipient_id", "A2", "A3"),),
    ),
    Case(
        "a category that is none",
        people(B3="老人"),
        fails=(failed("unknown_category", "category", "B3"),),
    ),
    Case(
        "a number that is none",
        {FILE: text(with_column(RECIPIENTS, "需要干部数", "两三人", "1", "1", "1"))},
        fails=(failed("wrong_type", "demand", "E2"),),
    ),
    Case(
        "an empty cell that may not be", people(C3=""), fails=(failed("null_value", "area", "C3"),)
    ),
    Case(
        "a sign for nothing where something must be",
        people(C3="无"),
        fails=(failed("null_value", "area", "C3"),),
    ),
    Case(
        "blanks where nothing may be repaired",
        people(A2=" r001"),
        options={"strict": True},
        fails=(failed("not_repaired", "recipient_id", "A2"),),
    ),
    Case(
        "a number of a person",
        people(A2="620102199003071236"),
        fails=(failed("id_looks_like_id_number", "recipient_id", "A2"),),
    ),
)
def test_a_value_is_read_right_or_refused(case: Case, tmp_path: Path) -> None:
    case.check(tmp_path)
