"""One list as a workbook: cover, pairs to answer, changes, and the work of a year."""

from collections.abc import Iterator, Sequence
from pathlib import Path
from typing import Any

import pyarrow as pa
import pyarrow.compute as pc

from pairmatch.lists.layout import (
    ANSWER_COLUMNS,
    ANSWERS,
    CHANGE_COLUMNS,
    COUNTS,
    COVER,
    PAIR_COLUMNS,
    REASONS,
    WORK_COLUMNS,
    said,
)
from pairmatch.lists.prepared import Prepared
from pairmatch.tables.decode import is_text
from pairmatch.words import Value, say
from pairmatch.workbooks.sheets import (
    CellValue,
    Form,
    Marks,
    SheetColumn,
    Workbook,
    new_workbook,
    rows_of,
)

_COVER_WIDTHS = (24, 100)
_ANSWER_WIDTHS = {"answer": 8, "reason": 18, "author": 10}
_TO_FILL_IN = "#FFF9E5"
_TOTAL = "#EDEDED"
# of a sheet that is made in memory
_SMALL = 50_000
# letters of a code or name at the foot of a page
_SHORT = 40


def write_list(prepared: Prepared, number: int, folder: Path) -> None:
    """Write the workbook of one list.

    Parameters
    ----------
    prepared
        All lists.
    number
        The position of this one.
    folder
        Where its file goes.

    Raises
    ------
    OptionError
        If the package that writes workbooks is not installed.
    OSError
        If the file cannot be written.
    """
    about = prepared.about(number)
    is_small = sum(about[f"rows_{name}"] for name in prepared.tables) <= _SMALL
    with new_workbook(folder / about["file"], is_small=is_small) as book:
        _List(prepared, number, about).write(book)


class _List:
    def __init__(self, prepared: Prepared, number: int, about: dict[str, Any]) -> None:
        self._prepared, self._number, self._about = prepared, number, about
        self._told, self._language = prepared.told, prepared.told.language

    def write(self, book: Workbook) -> None:
        self._write_cover(book)
        self._write_pairs(book)
        if "changes" in self._prepared.tables:
            self._write_table(book, "changes", CHANGE_COLUMNS, fixed=2)
        self._write_work(book)

    def _write_cover(self, book: Workbook) -> None:
        columns = [
            SheetColumn(self._say(name), width=width)
            for name, width in zip(("item", "value"), _COVER_WIDTHS, strict=True)
        ]
        name = said("sheet", "cover", self._language)
        title = self._say("title", called=self._called())
        form = Form(self._footer(), has_filters=False, is_one_page=True)
        book.add_sheet(name, columns, list(self._cover()), above=[title], form=form)

    def _cover(self) -> Iterator[Sequence[CellValue]]:
        """Yield the rows of the cover, as `COVER` has them, and lines for people behind them."""
        told, about, language = self._told, self._about, self._language
        values: dict[str, CellValue] = {
            "by": said("by", told.by, language),
            "code": about["code"],
            "name": about["name"],
            "date": told.date,
            "status": told.status,
            **{name: about[name] for name in COUNTS},
            "plan_digest": told.plan_digest,
            "digest": told.digest,
            "language": language,
        }
        for row in COVER:
            if values[row] is not None:
                yield said("cover", row, language), values[row]
        yield self._say("who"), self._say(f"who_{told.by}")
        yield from self._below("what", self._what_to_do())
        yield from self._below("policy", told.policy)

    def _below(self, label: str, lines: Sequence[str]) -> Iterator[Sequence[CellValue]]:
        for number, line in enumerate(lines):
            yield None if number else self._say(label), line

    def _what_to_do(self) -> list[str]:
        language = self._language
        names = {name: said("column", name, language) for name in ANSWER_COLUMNS}
        answers = {name: said("answer", name, language) for name in ANSWERS}
        pairs = said("sheet", "pairs", language)
        return [
            self._say("confirm_or_reject", **answers, **names, pairs=pairs),
            self._say("give_reason", **answers, **names),
            self._say("leave"),
        ]

    def _write_pairs(self, book: Workbook) -> None:
        columns = (*PAIR_COLUMNS, *self._told.attributes)
        self._write_table(book, "pairs", columns, fixed=1, to_fill_in=self._answer_columns())

    def _answer_columns(self) -> list[SheetColumn]:
        choices = {"answer": ("answer", ANSWERS), "reason": ("reason", REASONS)}
        found = []
        for name in ANSWER_COLUMNS:
            part, names = choices.get(name, ("answer", ()))
            found.append(
                SheetColumn(
                    said("column", name, self._language),
                    width=_ANSWER_WIDTHS[name],
                    choices=tuple(said(part, one, self._language) for one in names),
                    is_required=True,
                    takes_choices_alone=name == "answer",
                    colour=_TO_FILL_IN,
                    is_to_fill_in=True,
                )
            )
        return found

    def _write_work(self, book: Workbook) -> None:
        rows = self._prepared.rows(self._number, "work")
        of_units = pc.indices_nonzero(pc.is_null(rows.column("cadre_id"))).to_pylist()
        every = frozenset(range(len(WORK_COLUMNS)))
        totals = Marks(dict.fromkeys(of_units, every), _TOTAL)
        self._write_table(book, "work", WORK_COLUMNS, fixed=2, marks=[totals])

    def _write_table(
        self,
        book: Workbook,
        name: str,
        columns: Sequence[str],
        *,
        fixed: int,
        to_fill_in: Sequence[SheetColumn] = (),
        marks: Sequence[Marks] = (),
    ) -> None:
        rows = self._prepared.rows(self._number, name)
        widths = self._told.widths[name]
        sheet = [
            _column(said("column", column, self._language), kind, width)
            for column, kind, width in zip(columns, rows.schema.types, widths, strict=True)
        ]
        book.add_sheet(
            said("sheet", name, self._language),
            [*sheet, *to_fill_in],
            rows_of(rows),
            marks,
            form=Form(self._footer(), fixed),
        )

    def _called(self) -> str:
        code, name = self._about["code"], self._about["name"]
        return code if name is None else f"{name} {code}"

    def _footer(self) -> str:
        """Return the list, the page and the date, in the codes of spreadsheets."""
        # whatever follows the sign would be taken for a code
        called = self._called()[:_SHORT].replace("&", "＆")
        page = self._say("page", page="&P", pages="&N")
        return f"&L{called}&C{page}&R{self._told.date}"

    def _say(self, name: str, **parameters: Value) -> str:
        return say(f"lists.{name}", parameters, self._language)


def _column(header: str, kind: pa.DataType, width: int) -> SheetColumn:
    if is_text(kind):
        return SheetColumn(header, width=width)
    number_format = "#,##0.000" if pa.types.is_floating(kind) else "#,##0"
    return SheetColumn(header, is_text=False, width=width, number_format=number_format)
