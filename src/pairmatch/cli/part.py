"""``pairmatch part``: the tables of some areas, cut out of a problem."""

from argparse import Namespace
from typing import Any

from pairmatch.cli.answer import Answer, ExitCode
from pairmatch.cli.display import Display
from pairmatch.cli.limits import read_limits
from pairmatch.cli.stopping import Stopping
from pairmatch.problem import read_problem
from pairmatch.report.folder import check_target
from pairmatch.report.parts import parts_text
from pairmatch.whole_folder import write_folder
from pairmatch.workbooks.part_files import folder_names, write_parts
from pairmatch.workbooks.table_files import check_format


def run(arguments: Namespace, _stopping: Stopping, display: Display) -> Answer:
    """Cut a problem by areas and write a folder for each part, all of them or none."""
    check_target(arguments.out)
    check_format(arguments.format)
    display.phase("read_tables")
    problem = read_problem(arguments.folder, unknown_current="drop", **read_limits(arguments))
    parts = problem.part(arguments.area, rest=arguments.rest)
    display.phase("write_tables")
    write_folder(
        arguments.out,
        lambda folder: write_parts(parts, problem.policy, folder, arguments.format),
    )
    across = sum(table.num_rows for table in parts.across.values()) if arguments.rest else 0
    # with the rest, and the folder of the pairs across, nothing is
    left_out = {} if arguments.rest else dict(parts.left_out)
    document: dict[str, Any] = {
        "folder": str(arguments.out),
        "parts": [
            {
                "area": part,
                "folder": name,
                "tables": {one: table.num_rows for one, table in parts.tables[part].items()},
            }
            for part, name in folder_names(parts.tables).items()
        ],
        "across": across,
        "left_out": left_out,
    }
    return Answer(ExitCode.DONE, parts_text(document, arguments.lang), document)
