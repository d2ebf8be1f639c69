"""``pairmatch answers``: what units have answered, as a scenario."""

import shlex
from argparse import Namespace
from typing import Any

from pairmatch.cli.answer import Answer, ExitCode
from pairmatch.cli.display import Display
from pairmatch.cli.failures import finding_document
from pairmatch.cli.limits import read_limits
from pairmatch.cli.stopping import Stopping
from pairmatch.explain.diff_file import check_file, write_table
from pairmatch.lists.answer_files import check_scenario_file, findings_table, write_scenario
from pairmatch.plan import Plan
from pairmatch.words import say


def run(arguments: Namespace, _stopping: Stopping, display: Display) -> Answer:
    """Read lists that came back; write confirmed pairs as locks and rejected ones as bans."""
    language, replace = arguments.lang, arguments.force
    check_scenario_file(arguments.out, replace=replace)
    for file in (arguments.report, arguments.pairs):
        if file is not None:
            check_file(file, replace=replace)
    display.phase("read_plan")
    plan = Plan.load(arguments.plan, **read_limits(arguments))
    display.phase("read_answers")
    answers = plan.answers(arguments.returned, **read_limits(arguments))
    display.phase("write_tables")
    write_scenario(answers, arguments.out, language)
    lines = [say("command.written", {"folder": str(arguments.out)}, language)]
    if arguments.report is not None:
        write_table(
            findings_table(answers, language), arguments.report, replace=replace, sheet="findings"
        )
        lines.append(say("answers.listed", {"file": str(arguments.report)}, language))
    if arguments.pairs is not None:
        write_table(answers.pairs, arguments.pairs, replace=replace, sheet="pairs")
        lines.append(say("answers.pairs_listed", {"file": str(arguments.pairs)}, language))
    plan_folder, scenario = (shlex.quote(str(one)) for one in (arguments.plan, arguments.out))
    said = {"plan": plan_folder, "scenario": scenario, "out": "-o ..."}
    lines.append(say("answers.next", said, language))
    document: dict[str, Any] = {
        **answers.summary(language),
        "findings": [finding_document(finding, language) for finding in answers.findings],
        "out": str(arguments.out),
    }
    joined = "\n".join(lines)
    return Answer(ExitCode.DONE, f"{answers.text(language)}\n\n{joined}", document)
