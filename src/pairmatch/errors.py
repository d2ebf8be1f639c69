"""The one exception tree, below every room, and what bad input looks like.

No message quotes the content of a row: findings name tables, columns, row numbers, and ids that
are opaque.
"""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field

import numpy as np

from pairmatch.arrays import IntArray
from pairmatch.wording import counted

_ROWS_SHOWN = 5
_FINDINGS_SHOWN = 40


class PairmatchError(Exception):
    """Root of everything that pairmatch raises on purpose."""


class CostRangeError(PairmatchError, ValueError):
    """Costs so large that 64-bit integers could overflow; raised before solving."""


class FlowRangeError(PairmatchError, ValueError):
    """A network whose arrays do not fit, or whose numbers could overflow 64 bits."""


class CertificateError(PairmatchError):
    """A plan that does not hold against the tables it was made from."""


class PlanFileError(PairmatchError):
    """A saved plan that cannot be read or written."""


@dataclass(frozen=True)
class Failure:
    """One thing wrong in one place; ``row`` is None where a whole table is meant."""

    code: str
    table: str
    row: int | None
    column: str | None
    found: str
    advice: str


@dataclass(frozen=True, eq=False)
class Finding:
    """One kind of failure in one column of one table.

    Attributes
    ----------
    code
        Stable name of the kind.
    rows
        Shape ``(n,)``, the rows, counted from 1 in the order in which the table was given; empty
        if the whole table is meant.
    ids
        The first few ids concerned, if they are safe to cite.
    found
        What kind of thing was found, never the content of a cell.
    advice
        What to do.
    """

    code: str
    table: str
    column: str | None
    found: str
    advice: str
    rows: IntArray = field(default_factory=lambda: np.zeros(0, dtype=np.int64))
    ids: tuple[str, ...] = ()

    @property
    def count(self) -> int:
        """Number of failures; a whole table counts as one."""
        return max(1, int(self.rows.shape[0]))

    def __str__(self) -> str:
        """Return two lines: where and what, and what to do."""
        where = self.table + (f".{self.column}" if self.column else "")
        if self.rows.shape[0]:
            shown = ", ".join(str(row) for row in self.rows[:_ROWS_SHOWN])
            more = self.count - _ROWS_SHOWN
            where += f", {'row' if self.count == 1 else 'rows'} {shown}"
            where += f" and {more:,} more" if more > 0 else ""
        cited = f" ({', '.join(self.ids)})" if self.ids else ""
        return f"{self.code}: {where}: {self.found}{cited}\n    -> {self.advice}"


class InputError(PairmatchError, ValueError):
    """Bad input, with every failure at once.

    Attributes
    ----------
    findings
        One for each kind of failure, table and column, with all of its rows.
    """

    def __init__(self, findings: Sequence[Finding]) -> None:
        self.findings = tuple(findings)
        super().__init__(self.findings)

    @property
    def counts(self) -> dict[str, int]:
        """Number of failures by code, most first."""
        counts: dict[str, int] = {}
        for finding in self.findings:
            counts[finding.code] = counts.get(finding.code, 0) + finding.count
        return dict(sorted(counts.items(), key=lambda item: (-item[1], item[0])))

    def failures(self) -> Iterator[Failure]:
        """Yield every single failure."""
        for finding in self.findings:
            rows: list[int | None] = [int(row) for row in finding.rows] or [None]
            for row in rows:
                yield Failure(
                    finding.code, finding.table, row, finding.column, finding.found, finding.advice
                )

    def __str__(self) -> str:
        """Return counts by code, then the first rows of each finding."""
        total = sum(self.counts.values())
        counts = ", ".join(f"{code} {count:,}" for code, count in self.counts.items())
        lines = [f"{counted(total, 'failure')} in the input: {counts}"]
        lines += [str(finding) for finding in self.findings[:_FINDINGS_SHOWN]]
        more = len(self.findings) - _FINDINGS_SHOWN
        if more > 0:
            lines.append(f"and {more:,} more of these; `findings` has all of them.")
        if any(finding.rows.shape[0] for finding in self.findings):
            lines.append("Rows are counted from 1, the first row of data being row 1.")
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

    def __str__(self) -> str:
        """Return a line for each option, and one that says what to give instead."""
        count = len(self.findings)
        head = f"{counted(count, 'option is', 'options are')} wrong"
        return "\n".join([head, *(str(finding) for finding in self.findings)])
