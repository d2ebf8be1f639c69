"""A round of confirmation: lists go out, come back as offices send them, and make the next plan.

``python round_of_confirmation.py 0.1`` takes a tenth of the synthetic province. Half of the pairs
are confirmed, one in ten is rejected, the others are left open; and some lists come back with what
offices do to them (`TRAPS`). Each of these is named by ``Plan.answers``, nothing is guessed, and
the next plan keeps every confirmed pair and makes no rejected one again.
"""

import csv
import shutil
import subprocess
import sys
import tempfile
from collections.abc import Callable
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

import numpy as np
import openpyxl

import pairmatch as pm
from pairmatch.lists.layout import said
from pairmatch.synth import generate_province

HEADERS = {
    name: said("column", name, "zh")
    for name in ("recipient_id", "cadre_id", "answer", "reason", "author")
}
CONFIRM = ("确认", "同意", "是", "√", "Y")
REJECT = ("拒绝", "退回", "不同意", "否", "×")
Pair = tuple[str, str]


@dataclass
class Sheet:
    """The pairs of one list, as an office has them open.

    Attributes
    ----------
    book, page
        The workbook, and its sheet of pairs.
    top
        The row of the header.
    column
        Where each of `HEADERS` stands, from 1.
    """

    book: Any
    page: Any
    top: int
    column: dict[str, int]

    @classmethod
    def opened(cls, path: Path) -> "Sheet":
        """Open a list."""
        book = openpyxl.load_workbook(path)
        page = book[said("sheet", "pairs", "zh")]
        for row in page.iter_rows(max_row=20):
            at = {cell.value: cell.column for cell in row}
            if HEADERS["recipient_id"] in at:
                column = {name: at[header] for name, header in HEADERS.items()}
                return cls(book, page, row[0].row, column)
        raise ValueError(path)

    def rows(self) -> list[int]:
        """Return the numbers of the rows with a pair."""
        return [
            row
            for row in range(self.top + 1, self.page.max_row + 1)
            if self.page.cell(row, self.column["recipient_id"]).value
        ]

    def pair(self, row: int) -> Pair:
        """Return recipient and cadre of a row."""
        recipient, cadre = (
            str(self.page.cell(row, self.column[f"{one}_id"]).value)
            for one in ("recipient", "cadre")
        )
        return recipient, cadre

    def write(self, row: int, name: str, value: object) -> None:
        """Type into a cell."""
        self.page.cell(row, self.column[name]).value = value

    def values(self) -> list[list[Any]]:
        """Return all rows from the header on."""
        return [[cell.value for cell in row] for row in self.page.iter_rows(min_row=self.top)]

    def put(self, values: list[list[Any]]) -> None:
        """Replace all rows below the header."""
        self.page.delete_rows(self.top + 1, self.page.max_row)
        for number, row in enumerate(values[1:], self.top + 1):
            for at, value in enumerate(row, 1):
                self.page.cell(number, at).value = value


@dataclass
class Returned:
    """What came back, and what is known of it because this script has made it so.

    Attributes
    ----------
    folder
        Where it lies.
    says
        By pair: ``confirmed`` or ``rejected``; what is not here has to stay open.
    traps
        Files and the codes by which what is wrong with them has to be named.
    """

    folder: Path
    says: dict[Pair, str] = field(default_factory=dict)
    traps: set[tuple[str, str]] = field(default_factory=set)

    def forget(self, pairs: list[Pair]) -> None:
        """Take note that pairs have to stay open after all."""
        for pair in pairs:
            self.says.pop(pair, None)


def answered(sheet: Sheet, back: Returned, rng: np.random.Generator) -> None:
    """Confirm half of the pairs, reject one in ten, leave the others."""
    for row in sheet.rows():
        drawn = rng.random()
        if drawn < 0.5:
            sheet.write(row, "answer", CONFIRM[int(rng.integers(len(CONFIRM)))])
            back.says[sheet.pair(row)] = "confirmed"
        elif drawn < 0.6:
            sheet.write(row, "answer", REJECT[int(rng.integers(len(REJECT)))])
            sheet.write(row, "reason", "干部已调离")
            back.says[sheet.pair(row)] = "rejected"


def rows_deleted(sheet: Sheet, back: Returned, path: Path) -> None:
    """Delete every third row."""
    values = sheet.values()
    back.forget([sheet.pair(row) for row in sheet.rows()[::3]])
    sheet.put([row for at, row in enumerate(values) if at == 0 or (at - 1) % 3])
    sheet.book.save(path)
    back.traps.add((path.name, "answer_missing_rows"))


def reordered(sheet: Sheet, _back: Returned, path: Path) -> None:
    """Turn the order of the rows round, which is no trap."""
    head, *values = sheet.values()
    sheet.put([head, *values[::-1]])
    sheet.book.save(path)


def doubled(sheet: Sheet, back: Returned, path: Path) -> None:
    """Copy all rows below themselves, and answer in the first copy as in no other."""
    head, *values = sheet.values()
    sheet.put([head, *values, *values])
    first = sheet.rows()[0]
    pair = sheet.pair(first)
    sheet.write(first, "answer", "不同意" if back.says.get(pair) == "confirmed" else "同意")
    sheet.write(first + len(values), "answer", "待定")
    back.forget([pair])
    sheet.book.save(path)
    back.traps |= {(path.name, "answer_contradictory"), (path.name, "answer_repeated")}


def by_libreoffice(sheet: Sheet, _back: Returned, path: Path) -> None:
    """Open and save in LibreOffice, where there is one: no trap."""
    sheet.book.save(path)
    office = shutil.which("soffice")
    if office is None:
        return
    with tempfile.TemporaryDirectory() as aside:
        user = f"-env:UserInstallation={(Path(aside) / 'user').as_uri()}"
        what = [office, user, "--headless", "--convert-to", "xlsx", "--outdir", aside, str(path)]
        subprocess.run(what, check=True, capture_output=True, timeout=240)  # noqa: S603  # our own
        shutil.copy(Path(aside) / path.name, path)


def as_text(sheet: Sheet, back: Returned, path: Path) -> None:
    """Save as CSV in GB18030, without a cover."""
    file = path.with_suffix(".csv")
    with file.open("w", encoding="gb18030", newline="") as text:
        csv.writer(text).writerows(sheet.values())
    back.traps.add((file.name, "answer_no_digest"))


def renamed(sheet: Sheet, _back: Returned, path: Path) -> None:
    """Call the column of answers by another name that is understood: no trap."""
    sheet.write(sheet.top, "answer", "是否同意")
    sheet.book.save(path)


def column_lost(sheet: Sheet, back: Returned, path: Path) -> None:
    """Delete the column of answers."""
    back.forget([sheet.pair(row) for row in sheet.rows()])
    sheet.page.delete_cols(sheet.column["answer"])
    sheet.book.save(path)
    back.traps.add((path.name, "answer_missing_column"))


def ids_changed(sheet: Sheet, back: Returned, path: Path) -> None:
    """Write the id of another cadre into a row, and nobody's into another."""
    first, second, third = sheet.rows()[:3]
    back.forget([sheet.pair(first), sheet.pair(second)])
    sheet.write(first, "cadre_id", sheet.pair(third)[1])
    sheet.write(second, "recipient_id", "R-none-1")
    for row in (first, second):
        sheet.write(row, "answer", "确认")
    sheet.book.save(path)
    back.traps |= {(path.name, "answer_unknown_pair"), (path.name, "answer_missing_rows")}


def other_words(sheet: Sheet, back: Returned, path: Path) -> None:
    """Answer in words that nobody can be sure of."""
    rows = sheet.rows()[:4]
    for row, text in zip(rows, ("看情况", "同意?", "x", "待定"), strict=False):
        sheet.write(row, "answer", text)
    back.forget([sheet.pair(row) for row in rows])
    sheet.book.save(path)
    back.traps |= {(path.name, "answer_not_understood"), (path.name, "answer_undecided")}


def twice(sheet: Sheet, back: Returned, path: Path) -> None:
    """Come back twice, with the other answer in the second file."""
    sheet.book.save(path)
    first = sheet.rows()[0]
    pair = sheet.pair(first)
    again = path.with_stem(f"{path.stem} (2)")
    for answer, file in (("确认", path), ("拒绝", again)):
        sheet.write(first, "answer", answer)
        sheet.book.save(file)
        back.traps.add((file.name, "answer_contradictory"))
    back.forget([pair])


def blank(sheet: Sheet, back: Returned, path: Path) -> None:
    """Come back as an empty workbook."""
    back.forget([sheet.pair(row) for row in sheet.rows()])
    openpyxl.Workbook().save(path)
    back.traps.add((path.name, "answer_no_list"))


def never(sheet: Sheet, back: Returned, _path: Path) -> None:
    """Do not come back at all; `Plan.round_status` counts its pairs as open."""
    back.forget([sheet.pair(row) for row in sheet.rows()])


def as_asked(sheet: Sheet, _back: Returned, path: Path) -> None:
    """Come back as it should."""
    sheet.book.save(path)


TRAPS: tuple[Callable[[Sheet, Returned, Path], None], ...] = (
    *(rows_deleted, reordered, doubled, by_libreoffice, as_text, renamed, column_lost, ids_changed),
    *(other_words, twice, blank, never),
)
_FEWEST_ROWS = 5


def offices(plan: pm.Plan, older: pm.Plan, folder: Path, seed: int = 0) -> Returned:
    """Hand out the lists of all counties, and return what comes back."""
    rng = np.random.default_rng(seed)
    plan.workbooks(folder / "sent", by="county", language="zh")
    older.workbooks(folder / "older", by="county", language="zh")
    back = Returned(folder / "returned")
    back.folder.mkdir()
    traps = list(TRAPS)
    sent = sorted((folder / "sent").glob("*.xlsx"))
    for path in sent:
        sheet = Sheet.opened(path)
        target = back.folder / path.name
        has_room = len(sheet.rows()) >= _FEWEST_ROWS
        if path == sent[-1]:
            # the list of the plan before, filled in
            old = Sheet.opened(folder / "older" / path.name)
            answered(old, Returned(folder), rng)
            old.book.save(target)
            back.traps.add((target.name, "answer_other_plan"))
            continue
        answered(sheet, back, rng)
        act = traps.pop(0) if traps and has_room else as_asked
        act(sheet, back, target)
    return back


@dataclass(frozen=True)
class Round:
    """A round from the plan whose lists went out to the plan after."""

    before: pm.Plan
    back: Returned
    answers: pm.Answers
    after: pm.Plan


def main(scale: float = 0.01) -> Round:
    """Solve, hand out, read what comes back, solve again; say what came of it."""
    older = pm.solve(generate_province(scale).problem())
    first = older.pairs.select(["recipient_id", "cadre_id"]).slice(0, 1).to_pylist()
    plan = older.what_if({"op": "ban", "pairs": first})
    with tempfile.TemporaryDirectory() as folder:
        back = offices(plan, older, Path(folder))
        answers = plan.answers(back.folder)
    after = plan.what_if(answers.scenario("zh"))
    made = Round(plan, back, answers, after)
    print(answers.text())
    print(after.round_status().text())
    print(*(f"{what}: {count}" for what, count in wrong(made).items()), sep="\n")
    return made


def wrong(made: Round) -> dict[str, int]:
    """Count what must not be: every number is 0."""
    said_of = {
        (row["recipient_id"], row["cadre_id"]): row["answer"]
        for row in made.answers.pairs.to_pylist()
    }
    open_pairs = {(row["recipient_id"], row["cadre_id"]) for row in made.answers.open.to_pylist()}
    stand = {(row["recipient_id"], row["cadre_id"]) for row in made.after.pairs.to_pylist()}
    says = made.back.says
    named = {(one.source.file, one.code) for one in made.answers.findings}
    return {
        "confirmed pairs that do not stand": sum(
            says.get(pair) == "confirmed" and pair not in stand for pair in said_of
        ),
        "rejected pairs that are made again": sum(
            says.get(pair) == "rejected" and pair in stand for pair in said_of
        ),
        "open pairs that are not listed": sum(
            pair not in says and pair not in open_pairs for pair in said_of
        ),
        "answers that were understood otherwise": sum(
            said_of[pair] != says.get(pair, "open") for pair in said_of
        ),
        "traps that are not named": len(made.back.traps - named),
    }


if __name__ == "__main__":
    main(float(sys.argv[1]) if len(sys.argv) > 1 else 0.01)
