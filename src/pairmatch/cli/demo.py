"""``pairmatch demo``: a synthetic province, solved, in a temporary folder."""

import shutil
import tempfile
from argparse import Namespace
from pathlib import Path

from pairmatch.cli.answer import Answer
from pairmatch.cli.display import Display
from pairmatch.cli.generate import make_province, province_document, province_text
from pairmatch.cli.solve import keep, solve_shown
from pairmatch.cli.stopping import Stopping
from pairmatch.errors import PlanFileError
from pairmatch.plan.files import write_folder
from pairmatch.tables import read_problem


def run(arguments: Namespace, stopping: Stopping, display: Display) -> Answer:
    """Make a province, write it, read it back as a planner would, solve it and keep the plan."""
    province = make_province(display, scale=arguments.scale, seed=arguments.seed)
    try:
        folder = Path(tempfile.mkdtemp(prefix="pairmatch-demo-"))
    except OSError as error:
        raise PlanFileError(f"cannot make a temporary folder: {error.strerror}") from None
    is_kept = False
    try:
        tables, out = folder / "province", folder / "plan"
        display.phase("writing the tables")
        write_folder(tables, province.write)
        display.phase("reading and checking the tables")
        plan = solve_shown(read_problem(tables), stopping, display)
        answer = keep(plan, out, stopping, display)
        is_kept = True
    finally:
        if not is_kept:
            shutil.rmtree(folder, ignore_errors=True)
    text = f"{province_text(province, tables)}\n\n{answer.text}"
    if out.exists():
        text += f"\nCheck the plan with: pairmatch verify {out}"
    document = {"province": province_document(province, tables), **answer.document}
    return Answer(answer.code, text, document)
