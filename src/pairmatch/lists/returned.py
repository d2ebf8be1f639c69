"""Files that offices send back: which list each is of, and what stands in its rows.

Rows come out as they are written. Nothing is said yet of whether a pair is one of the plan.
"""

import unicodedata
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field, replace
from itertools import pairwise
from pathlib import Path

import numpy as np
import pyarrow as pa
import pyarrow.compute as pc

from pairmatch.arrays import IntArray
from pairmatch.errors import Finding, Source
from pairmatch.lists.layout import MACHINE_COVER, meaning
from pairmatch.model.notes import Note
from pairmatch.model.other_kinds import refuse_other_kinds
from pairmatch.model.read_limits import ReadLimits, RefusedError, check_file
from pairmatch.model.unreadable import unreadable
from pairmatch.tables.findings import Findings
from pairmatch.tables.grids.encoding import office_text
from pairmatch.tables.grids.grid import Grid
from pairmatch.tables.grids.text_file import begin, parse
from pairmatch.tables.grids.workbook import read_workbook
from pairmatch.tables.office.layout import sheet_of
from pairmatch.tables.office.sheet import Sheet
from pairmatch.tables.office.synonyms import ANSWERS
from pairmatch.tables.office.vocabulary import Vocabulary
from pairmatch.tables.reading import TEXT_ENDINGS, WORKBOOK
from pairmatch.tables.schema import CURRENT
from pairmatch.threads import PlainThreads, available_threads

COLUMNS = ("recipient_id", "cadre_id", "answer", "reason", "author")
"""Columns of what comes back."""

_NEEDED = COLUMNS[:3]
_SCHEMA = replace(CURRENT, name=ANSWERS)
_TEXTS = (".csv", *TEXT_ENDINGS)
_ROWS_TRIED = 60
_CELLS_TRIED = 6
_LONGEST_LABEL = 60
# sheets of a list that hold pairs which nobody is asked about
_OTHER_SHEETS = frozenset({"cover", "changes", "work"})


@dataclass(frozen=True, eq=False)
class ReturnedSheet:
    """Rows of one sheet, or of a text file.

    Attributes
    ----------
    source
        Where they stand.
    cells
        Text columns as in `COLUMNS`, without blanks around; null where a cell is empty.
    rows
        Shape (rows,), the number of each row as the spreadsheet counts it.
    """

    source: Source
    cells: pa.Table
    rows: IntArray


@dataclass(frozen=True, eq=False)
class ReturnedFile:
    """One file that came back.

    Attributes
    ----------
    name
        As far as it may be shown.
    cover
        What its cover says, by the names of `MACHINE_COVER`.
    sheets
        Those with answers.
    findings, notes
        Why it, or some of it, could not be read, and what was repaired.
    """

    name: str
    cover: Mapping[str, str] = field(default_factory=dict)
    sheets: tuple[ReturnedSheet, ...] = ()
    findings: tuple[Finding, ...] = ()
    notes: tuple[Note, ...] = ()


def read_returned(
    files: Sequence[tuple[Path, str]], vocabulary: Vocabulary, limits: ReadLimits
) -> list[ReturnedFile]:
    """Read files, several at once; one that cannot be read has a finding and no sheets.

    Parameters
    ----------
    files
        Each with its name, as far as it may be shown.
    """
    with PlainThreads(available_threads(None)) as pool:
        return list(pool.map(lambda one: _read(one[0], one[1], vocabulary, limits), files))


def _read(path: Path, name: str, vocabulary: Vocabulary, limits: ReadLimits) -> ReturnedFile:
    findings = Findings()
    try:
        grids = _grids(path, name, findings, limits)
    except RefusedError as error:
        return _refused(name, error)
    except OSError as error:
        return _refused(name, unreadable(error))
    except MemoryError:
        return _refused(name, RefusedError("out_of_memory"))
    cover: dict[str, str] = {}
    for grid in grids:
        cover = _cover(grid) | cover
    sheets = []
    for grid in _with_answers(grids, name, vocabulary, findings):
        part = Findings()
        sheet = _sheet(grid, vocabulary, part)
        findings.absorb(part)
        if sheet is not None:
            sheets.append(sheet)
    found = [
        one if one.source.file else replace(one, source=Source(name)) for one in findings.found
    ]
    return ReturnedFile(name, cover, tuple(sheets), tuple(found), tuple(findings.notes))


def _refused(name: str, error: RefusedError) -> ReturnedFile:
    return ReturnedFile(name, findings=(replace(error.finding(ANSWERS), source=Source(name)),))


def _grids(path: Path, name: str, findings: Findings, limits: ReadLimits) -> list[Grid]:
    ending = path.suffix.lower()
    file = check_file(path, limits.max_bytes)
    if ending == WORKBOOK:
        refuse_other_kinds(file, is_table=True)
        return read_workbook(file, name, limits)
    if ending not in _TEXTS:
        raise RefusedError("unsupported_format", names=(WORKBOOK, *_TEXTS))
    refuse_other_kinds(file, is_table=True, any_encoding=True)
    text = office_text(file.read_bytes())
    return [parse(text.data, begin(text.data), name, ANSWERS, findings, limits)]


def _cover(grid: Grid) -> dict[str, str]:
    """Return what a sheet says of its list, wherever the lines of its cover have gone."""
    found: dict[str, str] = {}
    head = grid.cells.slice(0, _ROWS_TRIED).to_pydict()
    for row in zip(*head.values(), strict=True):
        cells = [cell.strip() for cell in row if cell and cell.strip()][:_CELLS_TRIED]
        for label, value in pairwise(cells):
            name = meaning("cover", label.rstrip(":：")[:_LONGEST_LABEL])
            if name in MACHINE_COVER:
                found.setdefault(name, value)
                break
    return found


def _with_answers(
    grids: Iterable[Grid], name: str, vocabulary: Vocabulary, findings: Findings
) -> Iterator[Grid]:
    """Yield the sheets with pairs and answers; report what is missing if there is none."""
    lacking: list[tuple[Grid, list[str]]] = []
    found = False
    for grid in grids:
        if meaning("sheet", grid.title) in _OTHER_SHEETS:
            continue
        known = _known(grid, vocabulary)
        missing = [column for column in _NEEDED if column not in known]
        if not missing:
            found = True
            yield grid
        elif len(missing) < len(_NEEDED):
            lacking.append((grid, missing))
    if found:
        return
    for grid, missing in lacking:
        source = Source(name, grid.sheet)
        said = {"names": tuple(missing)}
        findings.found.append(Finding("answer_missing_column", ANSWERS, None, said, source=source))
    if not lacking:
        findings.found.append(Finding("answer_no_list", ANSWERS, source=Source(name)))


def _known(grid: Grid, vocabulary: Vocabulary) -> set[str]:
    """Return the columns that some row among the first names best."""
    head = grid.cells.slice(0, _ROWS_TRIED).to_pydict()
    best: set[str] = set()
    for row in zip(*head.values(), strict=True):
        known = {_column(cell, vocabulary) for cell in row if cell} - {None}
        best = max(best, {name for name in known if name is not None}, key=len)
    return best


def _column(header: str, vocabulary: Vocabulary) -> str | None:
    """Return the column of `COLUMNS` that a header means."""
    name = meaning("column", header)
    return name if name in COLUMNS else vocabulary.column_of(ANSWERS, header)


def _sheet(grid: Grid, vocabulary: Vocabulary, findings: Findings) -> ReturnedSheet | None:
    """Return the rows of a sheet, None after adding why it is not clear what they say."""
    sheet = sheet_of(grid, _SCHEMA, vocabulary, findings)
    letters: dict[str, str] = {}
    unclear = False
    for column in COLUMNS:
        meant = _letters_of(column, sheet, vocabulary)
        if len(meant) == 1:
            letters[column] = meant[0]
        elif meant:
            said = {"names": tuple(meant)}
            source = Source(sheet.file, sheet.sheet)
            findings.found.append(
                Finding("answer_two_columns", ANSWERS, column, said, source=source)
            )
            unclear |= column in _NEEDED
    if unclear or not letters.keys() >= set(_NEEDED):
        return None
    source = Source(sheet.file, sheet.sheet, letters)
    _report_bad_cells(grid, source, findings)
    columns = {
        column: _trimmed(sheet.cells.column(letters[column]))
        if column in letters
        else pa.nulls(sheet.cells.num_rows, pa.string())
        for column in COLUMNS
    }
    cells = pa.table(columns)
    # rows without a pair and without an answer say nothing
    said_something = np.zeros(cells.num_rows, dtype=np.bool_)
    for column in _NEEDED:
        said_something |= cells.column(column).is_valid().to_numpy()
    kept = np.flatnonzero(said_something)
    return ReturnedSheet(source, cells.take(pa.array(kept)), sheet.rows[kept])


def _letters_of(column: str, sheet: Sheet, vocabulary: Vocabulary) -> list[str]:
    """Return the columns that mean one of ours: called as we call it, else a synonym, else less."""
    names = dict(zip(sheet.letters, sheet.names, strict=True))
    own = [letter for letter, name in names.items() if meaning("column", name) == column]
    if own:
        return own
    meant = [
        letter
        for letter, name in names.items()
        if meaning("column", name) is None and vocabulary.column_of(ANSWERS, name) == column
    ]
    sure = [letter for letter in meant if not vocabulary.is_loose(ANSWERS, names[letter])]
    return sure or meant


def _report_bad_cells(grid: Grid, source: Source, findings: Findings) -> None:
    by_letter = {letter: column for column, letter in source.letters.items()}
    for kind, cells in grid.bad_cells.items():
        for letter, column in by_letter.items():
            rows = np.array([row for row, at in cells if at == letter], dtype=np.int64)
            if rows.shape[0]:
                findings.found.append(Finding(kind, ANSWERS, column, {}, rows, source=source))


def _trimmed(cells: pa.ChunkedArray) -> pa.ChunkedArray:
    """Return cells without blanks around, null where nothing is left."""
    text = pc.utf8_trim_whitespace(cells)
    return pc.if_else(pc.equal(pc.binary_length(text), 0), pa.scalar(None, pa.string()), text)


def meaning_of(text: str, vocabulary: Vocabulary) -> str | None:
    """Return what an answer means: ``confirmed``, ``rejected``, ``undecided``, or None.

    A mark beside words has to say the same as the words do, and a question is no answer.
    """
    wide = unicodedata.normalize("NFKC", text)
    if "?" in wide:
        return None
    words = "".join(letter for letter in wide if letter.isalnum())
    said = {vocabulary.value_of("answer", words)} if words else set()
    marks = {letter for letter in wide if not letter.isalnum() and not letter.isspace()}
    said |= {vocabulary.value_of("answer", mark) for mark in marks} - {None}
    if not words and not said:
        return None
    return said.pop() if len(said) == 1 else None
