"""Answers of units to the pairs of a plan: which are confirmed, rejected or open."""

from collections import Counter
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from os import PathLike
from typing import Any

import numpy as np
import pyarrow as pa
import pyarrow.compute as pc

from pairmatch.arrays import BoolArray, IntArray
from pairmatch.errors import Finding, Source, check_language
from pairmatch.lists.answers_text import answers_text
from pairmatch.lists.judged import (
    BLANK,
    CONFIRMED,
    MEANINGS,
    REJECTED,
    SAID,
    Judged,
    Rows,
    judged,
    positions_of_codes,
)
from pairmatch.lists.pair_groups import Lists, units_of_pairs
from pairmatch.lists.reasons_given import with_reasons
from pairmatch.lists.returned import COLUMNS, ReturnedFile, ReturnedSheet, read_returned
from pairmatch.lists.returned_files import files_of
from pairmatch.model.edit_fields import plain_rows
from pairmatch.model.edits import BanPairs, LockPairs, Scenario
from pairmatch.model.notes import Note
from pairmatch.model.read_limits import ReadLimits
from pairmatch.plan import Plan
from pairmatch.tables.office.synonyms import ANSWERS
from pairmatch.tables.office.vocabulary import Vocabulary
from pairmatch.tables.personal import citable
from pairmatch.tables.positions import positions, whole
from pairmatch.words import say

OPEN = "open"
_IDS_SHOWN = 5
# why an answer is what it is
ANSWERED, EARLIER, NO_ROW, CONTRADICTORY = "answered", "earlier", "no_row", "contradictory"


@dataclass(frozen=True, eq=False)
class Answers:
    """What units have answered to the pairs of a plan.

    Attributes
    ----------
    plan_digest
        Of the plan, as `Plan.digest` returns it.
    pairs
        Arrow, a row for each pair of the plan, in its order: recipient_id, cadre_id, unit_id,
        answer (``confirmed``, ``rejected`` or ``open``), why, reason, author. ``why`` is
        ``answered``, ``earlier`` (locked in a round before, and nothing new is said), or of an open
        pair ``no_row``, ``blank``, ``undecided``, ``not_understood`` or ``contradictory``.
    files
        Names of the files that were read, as far as they may be shown.
    findings
        Everything that was not taken as an answer, or needs a look, with file, sheet and rows.
    notes
        What was repaired.
    """

    plan_digest: str
    pairs: pa.Table
    files: tuple[str, ...] = ()
    findings: tuple[Finding, ...] = ()
    notes: tuple[Note, ...] = ()

    @property
    def counts(self) -> dict[str, int]:
        """Pairs by answer: confirmed, rejected and open."""
        column = self.pairs.column("answer")
        return {name: int(pc.sum(pc.equal(column, name)).as_py() or 0) for name in SAID}

    @property
    def open(self) -> pa.Table:
        """Rows of `pairs` that are open."""
        return self.pairs.filter(pc.equal(self.pairs.column("answer"), OPEN))

    def scenario(self, language: str = "en") -> Scenario:
        """Return confirmed pairs as locks and rejected ones as bans, with authors and reasons.

        Pairs that an earlier round has locked are not locked again. The same answers give the same
        scenario, whatever the order of files and rows.

        Parameters
        ----------
        language
            Of the scenario's name.

        Raises
        ------
        OptionError
            If there are no words in the language.
        """
        check_language(language)
        name = say("answers.scenario", {"digest": self.plan_digest[:12]}, language)
        new = self.pairs.filter(pc.equal(self.pairs.column("why"), ANSWERED))
        edits = [*_edits(new, "confirmed", LockPairs), *_edits(new, "rejected", BanPairs)]
        return Scenario(name=name, edits=tuple(edits))

    def summary(self, language: str = "en") -> dict[str, Any]:
        """Return counts, findings and notes, ready for JSON."""
        check_language(language)
        why = Counter(self.open.column("why").to_pylist())
        return {
            "plan_digest": self.plan_digest,
            "pairs": self.pairs.num_rows,
            **self.counts,
            "earlier": int(pc.sum(pc.equal(self.pairs.column("why"), EARLIER)).as_py() or 0),
            "open_by_reason": dict(sorted(why.items())),
            "files": list(self.files),
            "findings_by_code": dict(
                sorted(Counter(finding.code for finding in self.findings).items())
            ),
            "notes": [note.document(language) for note in self.notes],
        }

    def text(self, language: str = "en") -> str:
        """Return counts, and everything that needs a look, for people.

        Raises
        ------
        OptionError
            If there are no words in the language.
        """
        return answers_text(self.summary(language), self.findings, self.notes, language)


def _edits(pairs: pa.Table, answer: str, kind: Any) -> list[Any]:
    """Return an edit for each author and reason, in their order."""
    mine = pairs.filter(pc.equal(pairs.column("answer"), answer))
    groups: dict[tuple[str, str], list[dict[str, str]]] = {}
    columns = (mine.column(name).to_pylist() for name in _EDIT_COLUMNS)
    for recipient, cadre, author, reason in zip(*columns, strict=True):
        pair = {"recipient_id": recipient, "cadre_id": cadre}
        groups.setdefault((author or "", reason or ""), []).append(pair)
    return [
        kind(pairs=rows, author=author or None, reason=reason or None)
        for (author, reason), rows in sorted(groups.items(), key=lambda group: group[0])
    ]


_EDIT_COLUMNS = ("recipient_id", "cadre_id", "author", "reason")


def answers_of(
    plan: Plan,
    returned: str | PathLike[str] | Iterable[str | PathLike[str]],
    limits: ReadLimits,
) -> Answers:
    """Read files that came back; see `Plan.answers`."""
    units = whole(plan.problem.cadres.column("unit_id")).unique()
    areas = plan.problem.areas
    of_areas = areas.column("area").to_pylist() if plan.problem.has_areas else []
    names = areas.column("name").drop_null().to_pylist() if plan.problem.has_areas else []
    codes = {*units.to_pylist(), *of_areas}
    files = read_returned(files_of(returned, {*codes, *names}), Vocabulary.standard(), limits)
    return _answers(plan, files, codes)


def answers_in(plan: Plan, scenario: Scenario) -> Answers:
    """Return the locks and bans of a scenario as answers to the pairs of a plan.

    All other edits are passed over.
    """
    rows = [
        {**pair, "answer": _MEANS[edit.op], "reason": edit.reason, "author": edit.author}
        for edit in scenario.edits
        if isinstance(edit, LockPairs | BanPairs)
        for pair in plain_rows(edit.pairs)
    ]
    cells = pa.table(
        {name: pa.array([row.get(name) for row in rows], pa.string()) for name in COLUMNS}
    )
    sheet = ReturnedSheet(Source(), cells, np.arange(1, len(rows) + 1))
    return _answers(plan, [ReturnedFile("", {"plan_digest": plan.digest()}, (sheet,))], set())


_MEANS = {"lock": "confirmed", "ban": "rejected"}


def _answers(plan: Plan, files: Sequence[ReturnedFile], codes: set[str]) -> Answers:
    findings = [finding for file in files for finding in file.findings]
    taken = [file for file in files if _is_of(plan, file, findings)]
    sheets = [sheet for file in taken for sheet in file.sheets]
    rows = Rows.of(sheets, plan, Vocabulary.standard())
    locked, banned = _settled(plan, "locks"), _settled(plan, "bans")
    found = judged(rows, plan, locked, banned)
    findings += found.findings
    findings += _missing_rows(plan, taken, found, locked)
    authors = _authors(taken, codes)
    wanted = np.isin(found.meaning, (CONFIRMED, REJECTED)) & ~found.is_contradictory
    reasons, bad = with_reasons(rows, authors, wanted)
    findings += bad
    return Answers(
        plan.digest(),
        _table(plan, found, locked, reasons),
        tuple(file.name for file in files if file.name),
        tuple(findings),
        tuple(note for file in files for note in file.notes),
    )


def _is_of(plan: Plan, file: ReturnedFile, findings: list[Finding]) -> bool:
    """Tell whether a file with answers is of this plan, as far as it says so."""
    if not file.sheets:
        return False
    said, source = file.cover.get("plan_digest", "").strip().casefold(), Source(file.name)
    if not said:
        findings.append(Finding("answer_no_digest", ANSWERS, source=source))
        return True
    if said == plan.digest():
        return True
    is_before = plan.start is not None and said == plan.start.digest
    kind = "answer_other_plan.before" if is_before else "answer_other_plan"
    findings.append(Finding(kind, ANSWERS, source=source))
    return False


def _settled(plan: Plan, table: str) -> BoolArray:
    """Tell which pairs of the plan are in its table of locks or bans."""
    pairs = getattr(plan.problem, table)
    recipient = positions(
        pairs.column("recipient_id"), plan.problem.recipients.column("recipient_id")
    )
    cadre = positions(pairs.column("cadre_id"), plan.problem.cadres.column("cadre_id"))
    of_cadre, of_recipient = plan.positions()
    at = positions_of_codes((recipient << 32) + cadre, (of_recipient << 32) + of_cadre)
    settled = np.zeros(plan.pairs.num_rows, dtype=np.bool_)
    settled[at[at >= 0]] = True
    return settled


def _missing_rows(
    plan: Plan, files: Sequence[ReturnedFile], found: Judged, locked: BoolArray
) -> list[Finding]:
    """Report pairs of the lists that came back which no row names any more."""
    findings = []
    seen: set[tuple[str, str]] = set()
    lists = Lists(plan)
    for file in files:
        by, code = (file.cover.get(name, "") for name in ("by", "code"))
        mine = None if (by, code) in seen else lists.pairs_of(by, code)
        seen.add((by, code))
        if mine is None:
            continue
        gone = np.flatnonzero(mine & ~found.has_row & ~locked)
        if gone.shape[0]:
            ids = plan.pairs.column("recipient_id").take(pa.array(gone[:_IDS_SHOWN]))
            findings.append(
                Finding(
                    "answer_missing_rows",
                    ANSWERS,
                    None,
                    {"count": int(gone.shape[0])},
                    ids=citable(ids.to_pylist()),
                    source=Source(file.name),
                )
            )
    return findings


def _authors(files: Sequence[ReturnedFile], known: set[str]) -> list[str | None]:
    """Return for each sheet the unit or county whose list it is, if it says so."""
    codes = [(file.cover.get("code"), len(file.sheets)) for file in files]
    return [code if code in known else None for code, count in codes for _ in range(count)]


def _table(plan: Plan, found: Judged, locked: BoolArray, reasons: pa.Table) -> pa.Table:
    clear = np.isin(found.meaning, (CONFIRMED, REJECTED)) & ~found.is_contradictory
    # nothing new is said of what an earlier round has settled
    earlier = locked & ~found.is_contradictory & (found.meaning != REJECTED)
    number = np.where(clear, found.meaning, 0)
    number = np.where(earlier, CONFIRMED, number)
    why = np.select(
        [earlier, clear, found.is_contradictory, ~found.has_row],
        [0, 1, 2, 3],
        default=4 + found.meaning,
    )
    names = (EARLIER, ANSWERED, CONTRADICTORY, NO_ROW, *MEANINGS)
    units = units_of_pairs(plan)
    answers: Mapping[int, str] = {BLANK: OPEN, CONFIRMED: "confirmed", REJECTED: "rejected"}
    return pa.table(
        {
            "recipient_id": plan.pairs.column("recipient_id"),
            "cadre_id": plan.pairs.column("cadre_id"),
            "unit_id": units.codes.take(pa.array(units.of_pair)),
            "answer": _named([answers[n] for n in sorted(answers)], number),
            "why": _named(names, why),
            "reason": reasons.column("reason"),
            "author": reasons.column("author"),
        }
    )


def _named(names: Sequence[str], numbers: IntArray) -> pa.Array:
    return pa.array(names, pa.string()).take(pa.array(numbers.astype(np.int64)))
