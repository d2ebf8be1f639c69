"""The one exception tree, below every room, and what bad input looks like.

No message quotes the content of a row: findings name tables, columns, row numbers, and ids that
are opaque.
"""

import errno
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from typing import Any, Protocol

import numpy as np

from pairmatch.arrays import IntArray
from pairmatch.words import LANGUAGES, Parameters, Value, place, say, shown

# said behind what was found, where they are known
_PLACES = ("attribute", "entry", "edit", "line")
_ROWS_SHOWN = 5
_FINDINGS_SHOWN = 40


class PairmatchError(Exception):
    """Root of everything that pairmatch raises on purpose."""

    def text(self, language: str = "en") -> str:
        """Return what is wrong; what concerns arrays alone is English in every language."""
        check_language(language)
        return super().__str__()

    def __str__(self) -> str:
        """Return the text in English."""
        return self.text()


class _SaidError(PairmatchError):
    """An error whose words are in the catalogue.

    Attributes
    ----------
    key
        Of its text, after ``error.``.
    parameters
        Of the text.
    """

    def __init__(self, key: str, parameters: Parameters | None = None) -> None:
        self.key, self.parameters = key, parameters or {}
        super().__init__(key, self.parameters)

    def text(self, language: str = "en") -> str:
        """Return what is wrong."""
        check_language(language)
        return say(f"error.{self.key}", self.parameters, language)


class CostRangeError(_SaidError, ValueError):
    """Costs so large that 64-bit integers could overflow; raised before solving."""


class FlowRangeError(PairmatchError, ValueError):
    """A network whose arrays do not fit, or whose numbers could overflow 64 bits."""


class Wrong(list[tuple[str, Parameters]]):
    """What does not hold of a plan: keys of texts, after ``wrong.``, with their parameters."""

    def add(self, key: str, **parameters: Value) -> None:
        """Add one thing."""
        self.append((key, parameters))

    def when(self, is_wrong: object, key: str, **parameters: Value) -> None:
        """Add one thing if the first argument is true."""
        if is_wrong:
            self.add(key, **parameters)


class CertificateError(PairmatchError):
    """A plan that does not hold against the tables it was made from.

    Attributes
    ----------
    wrong
        Everything that does not hold.
    """

    def __init__(self, wrong: Sequence[tuple[str, Parameters]]) -> None:
        self.wrong = tuple(wrong)
        super().__init__(self.wrong)

    def text(self, language: str = "en") -> str:
        """Return a line for each thing that does not hold."""
        check_language(language)
        lines = (say(f"wrong.{key}", said, language) for key, said in self.wrong)
        head = say("finding.does_not_hold", language=language)
        return "\n".join([head, *(f"- {line}" for line in lines)])


class PlanFileError(_SaidError):
    """A saved plan that cannot be read or written."""


class StatusError(_SaidError):
    """A plan that is not proven optimal, where its caller wanted one that is."""


def system_reason(error: OSError) -> str:
    """Return the name of a system's error, which the catalogue has words for; never a path."""
    return errno.errorcode.get(error.errno or 0, "unknown")


@dataclass(frozen=True)
class Source:
    """One file, or one sheet of a workbook.

    Attributes
    ----------
    file, sheet
        Names, as far as they may be shown; empty where there is none.
    letters
        How the spreadsheet calls the columns, by our names of them.
    """

    file: str = ""
    sheet: str = ""
    letters: Mapping[str, str] = field(default_factory=dict)

    def text(self, language: str = "en") -> str:
        """Return the names behind those of a table and a column; nothing where there is none."""
        file = say("finding.in_file", {"file": self.file}, language) if self.file else ""
        return file + (
            say("finding.in_sheet", {"sheet": self.sheet}, language) if self.sheet else ""
        )


@dataclass(frozen=True)
class Failure:
    """One thing wrong in one place; ``row`` is None where a whole table is meant.

    Attributes
    ----------
    file, sheet, cell
        Where it stands in a file that people write, as far as that is known: ``cell`` is the
        spreadsheet's name of it, such as ``B7``.
    """

    code: str
    table: str
    row: int | None
    column: str | None
    found: str
    advice: str
    file: str = ""
    sheet: str = ""
    cell: str = ""


@dataclass(frozen=True, eq=False)
class Finding:
    """One kind of failure in one column of one table.

    Attributes
    ----------
    kind
        The code, or the code, a point and what sets it apart from others of that code; its words
        are in `pairmatch.words`.
    table, column
        Where; the column is None where the whole table is meant.
    parameters
        What the words need: whole numbers, and names that are ours or may be shown; never the
        content of a cell.
    rows
        Shape ``(n,)``, the rows; empty if the whole table is meant. Those of a text file or a sheet
        are counted as the spreadsheet counts them: the header mostly is row 1, and blank lines
        count. Those of anything else are counted from 1, without a header.
    ids
        The first few ids concerned, if they are safe to cite.
    source
        The file or sheet.
    """

    kind: str
    table: str
    column: str | None = None
    parameters: Parameters = field(default_factory=dict)
    rows: IntArray = field(default_factory=lambda: np.zeros(0, dtype=np.int64))
    ids: tuple[str, ...] = ()
    source: Source = field(default_factory=Source)

    @property
    def letter(self) -> str:
        """How the spreadsheet calls the column, empty where that is not known."""
        return self.source.letters.get(self.column or "", "")

    @property
    def code(self) -> str:
        """Stable name of the kind, as the page on failures lists it."""
        return self.kind.partition(".")[0]

    @property
    def found(self) -> str:
        """What kind of thing was found, in English."""
        return self.words()[0]

    @property
    def advice(self) -> str:
        """What to do, in English."""
        return self.words()[1]

    @property
    def count(self) -> int:
        """Number of failures; a whole table counts as one."""
        return max(1, int(self.rows.shape[0]))

    def words(self, language: str = "en") -> tuple[str, str]:
        """Return what was found and what to do."""
        check_language(language)
        keys = [f"found.{self.kind}"]
        keys += [f"finding.{at}" for at in _PLACES if at in self.parameters]
        found = "".join(say(key, self.parameters, language) for key in keys)
        return found, say(f"advice.{self.kind}", self.parameters, language)

    def text(self, language: str = "en") -> str:
        """Return two lines: where and what, and what to do."""
        check_language(language)
        found, advice = self.words(language)
        where = place(self.table, self.column, language)
        where += self.source.text(language)
        if self.rows.shape[0]:
            names = [f"{self.letter}{row}" for row in self.rows[:_ROWS_SHOWN].tolist()]
            rows = shown(names, self.count, _ROWS_SHOWN)
            key = "finding.cells" if self.letter else "finding.rows"
            where += say(key, {"count": self.count, **rows}, language)
        cited = say("finding.cited", {"ids": self.ids}, language) if self.ids else ""
        parts = {
            "code": self.code,
            "where": where,
            "found": found,
            "cited": cited,
            "advice": advice,
        }
        return say("finding.finding", parts, language)

    __str__ = text


class Noted(Protocol):
    """What is read of a `pairmatch.model.notes.Note`, which stands above."""

    @property
    def code(self) -> str:
        """Stable name of the kind."""

    @property
    def table(self) -> str:
        """Where."""

    @property
    def column(self) -> str | None:
        """Where; None where the whole table is meant."""

    @property
    def count(self) -> int:
        """How many are concerned."""

    def text(self, language: str = "en") -> str:
        """Return what the reader should know."""

    def document(self, language: str = "en") -> dict[str, Any]:
        """Return it as plain data, its text with it."""


class InputError(PairmatchError, ValueError):
    """Bad input, with every failure at once.

    Attributes
    ----------
    findings
        One for each kind of failure, table and column, with all of its rows.
    notes
        What was noted until then, such as repairs; empty where nothing was read.
    """

    def __init__(self, findings: Sequence[Finding], notes: "Sequence[Noted]" = ()) -> None:
        self.findings, self.notes = tuple(findings), tuple(notes)
        super().__init__(self.findings, self.notes)

    @property
    def counts(self) -> dict[str, int]:
        """Number of failures by code, most first."""
        counts: dict[str, int] = {}
        for finding in self.findings:
            counts[finding.code] = counts.get(finding.code, 0) + finding.count
        return dict(sorted(counts.items(), key=lambda item: (-item[1], item[0])))

    def failures(self, language: str = "en") -> Iterator[Failure]:
        """Yield every single failure."""
        check_language(language)
        return self._failures(language)

    def _failures(self, language: str) -> Iterator[Failure]:
        for finding in self.findings:
            rows: list[int | None] = [int(row) for row in finding.rows] or [None]
            words = finding.words(language)
            for row in rows:
                yield Failure(
                    finding.code,
                    finding.table,
                    row,
                    finding.column,
                    *words,
                    file=finding.source.file,
                    sheet=finding.source.sheet,
                    cell=f"{finding.letter}{row}" if row and finding.letter else "",
                )

    def text(self, language: str = "en") -> str:
        """Return counts by code, then the first rows of each finding."""
        check_language(language)
        total = sum(self.counts.values())
        counts = tuple(
            say("finding.counted", {"code": code, "count": count}, language)
            for code, count in self.counts.items()
        )
        lines = [say("finding.failures", {"count": total, "counts": counts}, language)]
        lines += [finding.text(language) for finding in self.findings[:_FINDINGS_SHOWN]]
        more = len(self.findings) - _FINDINGS_SHOWN
        if more > 0:
            lines.append(say("finding.more_findings", {"count": more}, language))
        if any(finding.rows.shape[0] and not finding.letter for finding in self.findings):
            lines.append(say("finding.how_rows_count", language=language))
        return "\n".join(lines)


class OptionError(PairmatchError, ValueError):
    """Options of a call that cannot be honoured, all of them at once; raised before anything runs.

    Attributes
    ----------
    findings
        One for each option, with the option's name as column.
    """

    def __init__(self, findings: Sequence[Finding]) -> None:
        self.findings = tuple(findings)
        super().__init__(self.findings)

    def text(self, language: str = "en") -> str:
        """Return a line for each option, and one that says what to give instead."""
        check_language(language)
        head = say("finding.options", {"count": len(self.findings)}, language)
        return "\n".join([head, *(finding.text(language) for finding in self.findings)])


def check_language(language: object) -> None:
    """Find out whether there are words in a language.

    Raises
    ------
    OptionError
        Naming the languages that there are.
    """
    if not isinstance(language, str):
        kind, given = "wrong_type.name", {"given": type(language).__name__}
    elif language in LANGUAGES:
        return
    else:
        kind, given = "unknown_name", {}
    parameters: dict[str, Value] = {**given, "names": tuple(sorted(LANGUAGES))}
    raise OptionError([Finding(kind, "options", "language", parameters)])
