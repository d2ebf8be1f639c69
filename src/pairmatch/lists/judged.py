"""What rows that came back say of the pairs of a plan, taken together.

Nothing is guessed: a pair of which two things are said, or one that is not understood, stays open.
"""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass

import numpy as np
import pyarrow as pa
import pyarrow.compute as pc

from pairmatch.arrays import BoolArray, IntArray
from pairmatch.errors import Finding, Source
from pairmatch.lists.returned import COLUMNS, ReturnedSheet, meaning_of
from pairmatch.plan import Plan
from pairmatch.tables.office.synonyms import ANSWERS
from pairmatch.tables.office.vocabulary import Vocabulary
from pairmatch.tables.personal import citable
from pairmatch.tables.positions import positions, whole
from pairmatch.words import Value

MEANINGS = ("blank", "confirmed", "rejected", "undecided", "not_understood")
"""What a row may say; an index among these is a number of a meaning."""

BLANK, CONFIRMED, REJECTED, UNDECIDED, NOT_UNDERSTOOD = range(len(MEANINGS))
SAID = ("confirmed", "rejected", "open")
"""What may be said of a pair in the end."""

_IDS_SHOWN = 5
_IDS_LOOKED_AT = 100
_FILES_SHOWN = 5


@dataclass(frozen=True, eq=False)
class Rows:
    """Rows of all sheets, one below the other.

    Attributes
    ----------
    cells
        Columns as in `COLUMNS`.
    numbers, part
        Shape (rows,): the number of each row in its sheet, and the position of the sheet.
    sources
        Of the sheets.
    pair
        Shape (rows,): positions among the plan's pairs, -1 where it is none of them.
    meaning
        Shape (rows,): numbers of meanings.
    """

    cells: pa.Table
    numbers: IntArray
    part: IntArray
    sources: tuple[Source, ...]
    pair: IntArray
    meaning: IntArray

    @classmethod
    def of(cls, sheets: Sequence[ReturnedSheet], plan: Plan, vocabulary: Vocabulary) -> "Rows":
        """Return rows with what they say, and of which pairs of a plan."""
        none = pa.table({name: pa.array([], pa.string()) for name in COLUMNS})
        cells = pa.concat_tables([none, *(sheet.cells for sheet in sheets)]).combine_chunks()
        lengths = [sheet.rows.shape[0] for sheet in sheets]
        numbers = np.concatenate([np.zeros(0, np.int64), *(sheet.rows for sheet in sheets)])
        return cls(
            cells,
            numbers.astype(np.int64),
            np.repeat(np.arange(len(sheets)), lengths).astype(np.int64),
            tuple(sheet.source for sheet in sheets),
            _pairs_of(cells, plan),
            _meanings_of(cells.column("answer"), vocabulary),
        )

    def findings(
        self,
        kind: str,
        marked: BoolArray,
        column: str | None = None,
        parameters: Mapping[str, Value] | None = None,
    ) -> Iterator[Finding]:
        """Yield a finding for each sheet with marked rows."""
        rows = np.flatnonzero(marked)
        for part in np.unique(self.part[rows]).tolist():
            here = rows[self.part[rows] == part]
            ids = self.cells.column("recipient_id").take(pa.array(here[:_IDS_LOOKED_AT]))
            shown = citable(dict.fromkeys(ids.to_pylist()))[:_IDS_SHOWN]
            yield Finding(
                kind,
                ANSWERS,
                column,
                parameters or {},
                self.numbers[here],
                shown,
                self.sources[part],
            )

    def files_beside(self, part: int, rows: IntArray) -> tuple[str, ...]:
        """Return the names of other sheets' files that speak of the pairs of some rows."""
        pairs = self.pair[rows[self.part[rows] == part]]
        others = self.part[rows[np.isin(self.pair[rows], pairs)]]
        names = dict.fromkeys(self.sources[one].file for one in np.unique(others).tolist())
        return tuple(names)[:_FILES_SHOWN]


def _pairs_of(cells: pa.Table, plan: Plan) -> IntArray:
    tables = plan.problem
    recipient = positions(cells.column("recipient_id"), tables.recipients.column("recipient_id"))
    cadre = positions(cells.column("cadre_id"), tables.cadres.column("cadre_id"))
    code = np.where((recipient < 0) | (cadre < 0), -1, (recipient << 32) + cadre)
    of_cadre, of_recipient = plan.positions()
    known = (of_recipient << 32) + of_cadre
    return positions_of_codes(code, known)


def positions_of_codes(codes: IntArray, known: IntArray) -> IntArray:
    """Return where numbers stand among distinct known ones, -1 where they do not."""
    if not known.shape[0]:
        return np.full(codes.shape[0], -1, dtype=np.int64)
    order = np.argsort(known, kind="stable")
    at = np.minimum(np.searchsorted(known[order], codes), known.shape[0] - 1)
    found: IntArray = np.where(known[order][at] == codes, order[at], -1).astype(np.int64)
    return found


def _meanings_of(answers: pa.ChunkedArray, vocabulary: Vocabulary) -> IntArray:
    encoded = whole(answers.dictionary_encode())
    numbers = [
        MEANINGS.index(meaning_of(text, vocabulary) or "not_understood")
        for text in encoded.dictionary.to_pylist()
    ]
    at = pc.fill_null(encoded.indices, -1).to_numpy(zero_copy_only=False)
    # the last one is that of no text
    found: IntArray = np.array([*numbers, BLANK], dtype=np.int64)[at]
    return found


@dataclass(frozen=True, eq=False)
class Judged:
    """What is said of each pair of a plan.

    Attributes
    ----------
    meaning
        Shape (pairs,): a number of a meaning, `BLANK` where nothing is said.
    has_row
        Shape (pairs,): whether any row names the pair.
    is_contradictory
        Shape (pairs,): whether more than one thing is said.
    findings
        What rows say of other pairs, what is not understood, or said twice.
    """

    meaning: IntArray
    has_row: BoolArray
    is_contradictory: BoolArray
    findings: tuple[Finding, ...]


def judged(rows: Rows, plan: Plan, locked: BoolArray, banned: BoolArray) -> Judged:
    """Take together what rows say.

    Parameters
    ----------
    locked, banned
        Shape (pairs,): pairs that an earlier round has settled.
    """
    count, kinds = plan.pairs.num_rows, len(MEANINGS)
    named = rows.pair >= 0
    said = np.zeros((count, kinds), dtype=np.int64)
    np.add.at(said, (rows.pair[named], rows.meaning[named]), 1)
    is_said = said[:, 1:] > 0
    contradictory = is_said.sum(axis=1) > 1
    meaning = np.where(is_said.any(axis=1), 1 + np.argmax(is_said, axis=1), BLANK)
    against = (locked & (meaning == REJECTED)) | (banned & (meaning == CONFIRMED))
    findings = [*_of_rows(rows), *_contradictions(rows, contradictory, locked, banned, meaning)]
    findings += _repeated(rows, contradictory)
    return Judged(
        meaning.astype(np.int64), said.sum(axis=1) > 0, contradictory | against, tuple(findings)
    )


def _of_rows(rows: Rows) -> Iterator[Finding]:
    """Yield what is wrong with single rows."""
    empty = np.zeros(rows.numbers.shape[0], dtype=np.bool_)
    for column in COLUMNS[:2]:
        empty |= rows.cells.column(column).is_null().to_numpy()
    yield from rows.findings("answer_no_pair", empty)
    unknown = (rows.pair < 0) & ~empty
    parts = len(rows.sources)
    every = np.bincount(rows.part, minlength=parts)
    strange = np.bincount(rows.part[unknown | empty], minlength=parts)
    is_nobodys = (strange == every) & (np.bincount(rows.part[unknown], minlength=parts) > 0)
    yield from rows.findings("answer_nobody", unknown & is_nobodys[rows.part])
    yield from rows.findings("answer_unknown_pair", unknown & ~is_nobodys[rows.part])
    known = rows.pair >= 0
    unclear = known & (rows.meaning == NOT_UNDERSTOOD)
    yield from rows.findings("answer_not_understood", unclear, "answer")
    yield from rows.findings("answer_undecided", known & (rows.meaning == UNDECIDED), "answer")
    has_reason = rows.cells.column("reason").is_valid().to_numpy()
    alone = known & (rows.meaning == BLANK) & has_reason
    yield from rows.findings("answer_not_understood.reason_alone", alone, "reason")


def _contradictions(
    rows: Rows, contradictory: BoolArray, locked: BoolArray, banned: BoolArray, meaning: IntArray
) -> Iterator[Finding]:
    known = rows.pair >= 0
    of_pair = np.where(known, rows.pair, 0)
    says = known & (rows.meaning != BLANK)
    if not contradictory.shape[0]:
        return
    both = says & contradictory[of_pair]
    at = np.flatnonzero(both)
    for part in np.unique(rows.part[at]).tolist():
        said: dict[str, Value] = {"names": rows.files_beside(part, at)}
        yield from rows.findings("answer_contradictory", both & (rows.part == part), "answer", said)
    for kind, settled, what in (("locked", locked, REJECTED), ("banned", banned, CONFIRMED)):
        against = says & ~contradictory[of_pair] & settled[of_pair] & (meaning[of_pair] == what)
        yield from rows.findings(f"answer_contradictory.{kind}", against, "answer")


def _repeated(rows: Rows, contradictory: BoolArray) -> Iterator[Finding]:
    """Yield rows that say again what another row has said."""
    if not contradictory.shape[0]:
        return
    says = (rows.pair >= 0) & (rows.meaning != BLANK)
    at = np.flatnonzero(says)
    at = at[~contradictory[rows.pair[at]]]
    _, first = np.unique(rows.pair[at], return_index=True)
    again = np.zeros(rows.numbers.shape[0], dtype=np.bool_)
    again[np.delete(at, first)] = True
    yield from rows.findings("answer_repeated", again)
