"""How much is read at most, and from what: regular files, never a pipe, a device or a URL."""

import os
import re
import stat
from dataclasses import dataclass
from pathlib import Path

from pairmatch.errors import Finding, OptionError
from pairmatch.words import Value

MAX_ROWS = 20_000_000
"""Most rows of a table: a nation has some fifteen million recipients."""

MAX_BYTES = 4 * 2**30
"""Most bytes of a table in memory, or of a file: a nation's recipients take about one billion."""

_SCHEME = re.compile(r"[A-Za-z][A-Za-z0-9+.\-]+:/")
_KINDS = (
    (stat.S_ISFIFO, "pipe"),
    (stat.S_ISCHR, "device"),
    (stat.S_ISBLK, "device"),
    (stat.S_ISSOCK, "socket"),
)


class RefusedError(Exception):
    """Input that is not read at all; turned into a finding, or an error of a plan's files.

    Attributes
    ----------
    kind, parameters
        As in a `pairmatch.errors.Finding`.
    """

    def __init__(self, kind: str, **parameters: Value) -> None:
        self.kind, self.parameters = kind, parameters
        super().__init__(kind)

    def finding(self, table: str) -> Finding:
        """Return it as a finding about a table."""
        return Finding(self.kind, table, None, self.parameters)


@dataclass(frozen=True)
class ReadLimits:
    """Most that is read of a table; more is refused before it is in memory, if that can be known.

    Attributes
    ----------
    max_rows
        Rows of a table.
    max_bytes
        Bytes of a table in memory as plain columns, and of any file.

    Raises
    ------
    OptionError
        If a limit is no whole number above 0.
    """

    max_rows: int = MAX_ROWS
    max_bytes: int = MAX_BYTES

    def __post_init__(self) -> None:
        findings = [
            Finding("out_of_range.limit", "options", name)
            for name in ("max_rows", "max_bytes")
            if isinstance(getattr(self, name), bool)
            or not isinstance(getattr(self, name), int)
            or getattr(self, name) < 1
        ]
        if findings:
            raise OptionError(findings)

    def check_rows(self, rows: int) -> None:
        """Refuse more rows than allowed."""
        if rows > self.max_rows:
            raise RefusedError("too_many_rows", most=self.max_rows)

    def check_bytes(self, size: int) -> None:
        """Refuse more bytes than allowed, in a file or in memory."""
        if size > self.max_bytes:
            raise RefusedError("too_many_bytes", most=self.max_bytes)


def check_not_url(source: str | os.PathLike[str]) -> None:
    """Refuse a URL by its name: nothing is fetched."""
    if _SCHEME.match(os.fspath(source)):
        raise RefusedError("not_a_file.url")


def check_file(source: str | os.PathLike[str], max_bytes: int) -> Path:
    """Return the path of a regular file, or of a link to one.

    Raises
    ------
    RefusedError
        For a pipe, a device, a socket, a URL, or a file that is too large.
    OSError
        If there is no such file, or a folder.
    ValueError
        If the path is none.
    """
    check_not_url(source)
    path = Path(source)
    status = path.stat()
    for is_of_kind, what in _KINDS:
        if is_of_kind(status.st_mode):
            raise RefusedError("not_a_file", what=what)
    if stat.S_ISDIR(status.st_mode):
        raise IsADirectoryError
    ReadLimits(max_bytes=max_bytes).check_bytes(status.st_size)
    return path
