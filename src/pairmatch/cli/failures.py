"""From an exception to an answer: readable, without a traceback, never with a row's content."""

from typing import Any

from pairmatch.cli.answer import Answer, ExitCode
from pairmatch.errors import CertificateError, Finding, InputError, OptionError, PairmatchError
from pairmatch.report.problem import notes_section
from pairmatch.report.sections import text_of
from pairmatch.words import say

_ROWS_SHOWN = 20


def failure(error: PairmatchError, language: str) -> Answer:
    """Return the answer for an error that pairmatch raised on purpose."""
    text = error.text(language)
    document: dict[str, Any] = {"kind": type(error).__name__, "message": text}
    if isinstance(error, InputError):
        document["counts"] = error.counts
        document["notes"] = [note.document(language) for note in error.notes]
        if error.notes:
            text = f"{text}\n\n{text_of([notes_section(document['notes'], language)])}"
    if isinstance(error, InputError | OptionError):
        document["findings"] = [finding_document(finding, language) for finding in error.findings]
    code = ExitCode.BAD_INPUT
    if isinstance(error, CertificateError):
        code = ExitCode.NOT_CERTIFIED
    return Answer(code, text, {"error": document}, is_failure=True)


def out_of_memory(language: str) -> Answer:
    """Return the answer for a command that needs more memory than there is."""
    return _ended("OutOfMemory", "command.out_of_memory", ExitCode.BAD_INPUT, language)


def stopped(language: str) -> Answer:
    """Return the answer for a command that a signal stopped before it had anything to give."""
    return _ended("Stopped", "command.stopped", ExitCode.STOPPED, language)


def _ended(kind: str, key: str, code: ExitCode, language: str) -> Answer:
    message = say(key, language=language)
    return Answer(code, message, {"error": {"kind": kind, "message": message}}, is_failure=True)


def finding_document(finding: Finding, language: str) -> dict[str, Any]:
    """Return a finding as plain data for programs, its words with it."""
    found, advice = finding.words(language)
    return {
        "code": finding.code,
        "kind": finding.kind,
        "table": finding.table,
        "column": finding.column,
        "count": finding.count,
        "file": finding.source.file,
        "sheet": finding.source.sheet,
        "letter": finding.letter,
        "rows": finding.rows[:_ROWS_SHOWN].tolist(),
        "ids": list(finding.ids),
        "parameters": dict(finding.parameters),
        "found": found,
        "advice": advice,
    }
