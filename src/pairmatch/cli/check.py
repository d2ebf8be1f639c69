"""``pairmatch check``: read and check, solve nothing."""

from argparse import Namespace

from pairmatch.cli.answer import Answer, ExitCode
from pairmatch.cli.display import Display
from pairmatch.cli.limits import read_limits
from pairmatch.cli.stopping import Stopping
from pairmatch.problem import read_problem
from pairmatch.report.problem import problem_document, problem_text


def run(arguments: Namespace, _stopping: Stopping, display: Display) -> Answer:
    """Read the tables; a failure comes out as `pairmatch.InputError`."""
    display.phase("read_tables")
    problem = read_problem(
        arguments.folder,
        strict=arguments.strict,
        current=arguments.current,
        unknown_current=arguments.unknown_current,
        **read_limits(arguments),
    )
    doubts = problem.doubts()
    return Answer(
        ExitCode.DONE,
        problem_text(problem, arguments.lang, doubts),
        problem_document(problem, arguments.lang, doubts),
    )
