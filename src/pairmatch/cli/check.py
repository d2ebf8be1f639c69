"""``pairmatch check``: read and check, solve nothing."""

import shlex
from argparse import Namespace
from collections.abc import Collection, Sequence
from dataclasses import replace
from pathlib import Path

from pairmatch.cli.answer import Answer, ExitCode
from pairmatch.cli.display import Display
from pairmatch.cli.failures import failure
from pairmatch.cli.limits import read_limits
from pairmatch.cli.stopping import Stopping
from pairmatch.errors import InputError, Noted
from pairmatch.model.read_limits import MAX_BYTES, MAX_ROWS, ReadLimits
from pairmatch.problem import Problem, read_problem
from pairmatch.report.check import Checked, write_check_report
from pairmatch.report.problem import problem_document, problem_text
from pairmatch.tables.office.as_read import TableAsRead, tables_as_read
from pairmatch.threads import PlainThreads, available_threads
from pairmatch.words import say
from pairmatch.workbooks.files import check_workbook_file
from pairmatch.workbooks.sheets import check_can_write_workbooks

_LIMITS = {"max_rows": MAX_ROWS, "max_bytes": MAX_BYTES}


def run(arguments: Namespace, _stopping: Stopping, display: Display) -> Answer:
    """Read the tables; say what is wrong with them, and write it beside the rows if asked."""
    if arguments.report is not None:
        check_can_write_workbooks()
        check_workbook_file(arguments.report, replace=arguments.force)
    display.phase("read_tables")
    problem, error = _read(arguments)
    doubts = () if problem is None else problem.doubts()
    if problem is not None:
        answer = Answer(
            ExitCode.DONE,
            problem_text(problem, arguments.lang, doubts),
            problem_document(problem, arguments.lang, doubts),
        )
    elif error is not None:
        answer = failure(error, arguments.lang)
    folder = {"folder": shlex.quote(str(arguments.folder))}
    if arguments.report is None:
        key = "command.solve_next" if error is None else "command.mark_failures"
        return replace(answer, text=f"{answer.text}\n\n{say(key, folder, arguments.lang)}")
    display.phase("write_report")
    findings = () if error is None else error.findings
    notes: Sequence[Noted] = () if problem is None else problem.notes
    notes = notes if error is None else error.notes
    tables = _tables(arguments)
    write_check_report(
        Checked(findings, problem, doubts, tables, notes),
        arguments.report,
        language=arguments.lang,
        replace=arguments.force,
    )
    written = say("command.written", {"folder": str(arguments.report)}, arguments.lang)
    file = {"file": shlex.quote(str(arguments.report))}
    key = "command.solve_next" if error is None else "command.mend_report"
    after = say(key, {**folder, **file}, arguments.lang)
    document = {**answer.document, "report": str(arguments.report)}
    return replace(answer, text=f"{answer.text}\n\n{written}\n{after}", document=document)


def _read(arguments: Namespace) -> tuple[Problem | None, InputError | None]:
    try:
        problem = read_problem(
            arguments.folder,
            strict=arguments.strict,
            current=arguments.current,
            unknown_current=arguments.unknown_current,
            **read_limits(arguments),
        )
    except InputError as error:
        return None, error
    return problem, None


def _tables(arguments: Namespace) -> list[TableAsRead]:
    replaced: Collection[str] = () if arguments.current is None else ("current",)
    limits = ReadLimits(**{**_LIMITS, **read_limits(arguments)})
    with PlainThreads(available_threads(None)) as pool:
        return tables_as_read(Path(arguments.folder), replaced, limits, pool)
