"""``pairmatch demo``: a synthetic province, solved, in a temporary folder."""

import os
import secrets
import shlex
import shutil
import tempfile
from argparse import Namespace
from pathlib import Path

from pairmatch.cli.answer import Answer
from pairmatch.cli.display import Display
from pairmatch.cli.generate import make_province, province_document, province_text
from pairmatch.cli.solve import keep, solve_shown
from pairmatch.cli.stopping import Stopping
from pairmatch.errors import PlanFileError, system_reason
from pairmatch.problem import read_problem
from pairmatch.report.examples import example_pairs, examples_text
from pairmatch.whole_folder import write_folder
from pairmatch.words import say


def run(arguments: Namespace, stopping: Stopping, display: Display) -> Answer:
    """Make a province, write it, read it back as a planner would, solve it and keep the plan."""
    language = arguments.lang
    province = make_province(display, scale=arguments.scale, seed=arguments.seed)
    # its name is known before it is made, so that it can be removed whatever interrupts
    folder = Path(tempfile.gettempdir()) / f"pairmatch-demo-{secrets.token_hex(4)}"
    is_kept = False
    try:
        _make(folder)
        tables, out = folder / "province", folder / "plan"
        display.phase("write_tables")
        write_folder(tables, province.write)
        display.phase("read_tables")
        problem = read_problem(tables)
        # as in solve: a plan that is there is not lost
        with stopping.cancellable():
            plan = solve_shown(problem, stopping, display)
            answer = keep(plan, out, stopping, display, language)
        is_kept = True
    finally:
        if not is_kept:
            shutil.rmtree(folder, ignore_errors=True)
    lines = [province_text(province, tables, language), "", answer.text]
    document = {"province": province_document(province, tables), **answer.document}
    if out.exists():
        # everybody is made up, so that examples may be shown
        examples = example_pairs(plan)
        lines[2:2] = [
            say("report.examples", language=language),
            *examples_text(examples, language),
            "",
        ]
        check = {"folder": shlex.quote(str(out))}
        lines.append(say("command.check_with", check, language))
        document["examples"] = examples
    lines.append(say("command.stays", {"command": _remove(folder)}, language))
    return Answer(answer.code, "\n".join(lines), {"demo_folder": str(folder), **document})


def _make(folder: Path) -> None:
    try:
        folder.mkdir(mode=0o700)
    except OSError as error:
        raise PlanFileError("no_temporary", {"why": system_reason(error)}) from None


def _remove(folder: Path) -> str:
    """Return the command that removes a folder with all that is in it."""
    return f'rmdir /s "{folder}"' if os.name == "nt" else f"rm -r {shlex.quote(str(folder))}"
