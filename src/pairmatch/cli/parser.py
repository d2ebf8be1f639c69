"""Arguments of the commands."""

import argparse
import math
from pathlib import Path

from pairmatch import __version__

_EXIT_CODES = """\
exit codes: 0 done; 1 a bug; 2 bad usage or input; 3 solved, but not everybody could be served, or
hard rules clash; 4 stopped by limit or signal; 5 a certificate that does not hold
"""


def build_parser() -> argparse.ArgumentParser:
    """Return the parser of the whole command line."""
    parser = argparse.ArgumentParser(
        prog="pairmatch",
        description="Pairs cadres with people in need: optimal, and proven over all pairs.",
        epilog=_EXIT_CODES,
    )
    parser.add_argument("--version", action="version", version=f"%(prog)s {__version__}")
    commands = parser.add_subparsers(dest="command", metavar="COMMAND", required=True)

    demo = _command(commands, "demo", "make a synthetic province, solve it, show the summary")
    _scale(demo)
    _seed(demo)

    generate = _command(commands, "generate", "write the tables of a synthetic province")
    generate.add_argument("folder", metavar="DIR", type=Path, help="folder to make")
    _scale(generate)
    _seed(generate)
    generate.add_argument(
        "--geometry",
        choices=("codes", "household", "point"),
        default="codes",
        help="who has a point of their own: nobody (addresses are area codes), each recipient "
        "household, or cadres too (default: %(default)s)",
    )
    generate.add_argument(
        "--incumbents",
        metavar="SHARE",
        type=_share,
        default=0.0,
        help="share of the recipients who have a cadre already (default: 0)",
    )

    _format(generate)

    _commands_on_tables(commands)
    _commands_that_solve(commands)
    _commands_on_plans(commands)
    _command(commands, "warm-up", "compile everything ahead, for images and servers")
    return parser


def _commands_that_solve(commands: "argparse._SubParsersAction[argparse.ArgumentParser]") -> None:
    check = _command(commands, "check", "read and check the tables, list every failure")
    check.add_argument("folder", metavar="DIR", type=Path, help="folder with the tables")
    _current(check)
    _read_limits(check)

    solve = _command(commands, "solve", "find the best plan and prove it")
    solve.add_argument("folder", metavar="DIR", type=Path, help="folder with the tables")
    solve.add_argument(
        "-o", "--out", metavar="OUT", type=Path, required=True, help="folder to make for the plan"
    )
    _current(solve)
    _read_limits(solve)
    solve.add_argument(
        "--start",
        metavar="OUT0",
        type=Path,
        help="folder of an earlier plan to begin from; of equal plans the nearest to it is taken",
    )
    _how_to_solve(solve)

    whatif = _command(commands, "whatif", "edit the problem of a plan and solve again from it")
    whatif.add_argument("plan", metavar="OUT", type=Path, help="folder that solve has made")
    whatif.add_argument(
        "scenario", metavar="SCENARIO", type=Path, help="edits, a .yaml, .yml or .json file"
    )
    whatif.add_argument(
        "-o", "--out", metavar="OUT2", type=Path, required=True, help="folder to make for the plan"
    )
    _read_limits(whatif)
    _how_to_solve(whatif)


def _commands_on_tables(commands: "argparse._SubParsersAction[argparse.ArgumentParser]") -> None:
    part = _command(commands, "part", "cut the tables of some areas out of a problem")
    part.add_argument("folder", metavar="DIR", type=Path, help="folder with the tables")
    part.add_argument(
        "--area",
        metavar="X",
        nargs="+",
        required=True,
        help="areas, none in another: each gets a folder with those who live or work there",
    )
    part.add_argument(
        "--rest",
        action="store_true",
        help="write one more folder, with everybody else and the pairs across: all are DIR again",
    )
    part.add_argument(
        "-o", "--out", metavar="DIR2", type=Path, required=True, help="folder to make"
    )
    _format(part)
    _read_limits(part)


def _commands_on_plans(commands: "argparse._SubParsersAction[argparse.ArgumentParser]") -> None:
    verify = _command(commands, "verify", "check a plan from its tables, independently")
    verify.add_argument("plan", metavar="OUT", type=Path, help="folder that solve has made")
    _read_limits(verify)

    explain = _command(commands, "explain", "say why a pair is made or not, and what it would cost")
    explain.add_argument("plan", metavar="OUT", type=Path, help="folder that solve has made")
    explain.add_argument("recipient", metavar="RECIPIENT", nargs="?", help="id of a recipient")
    one = explain.add_mutually_exclusive_group()
    one.add_argument("cadre", metavar="CADRE", nargs="?", help="id of a cadre")
    one.add_argument(
        "--cadre", metavar="CADRE", dest="cadre_alone", help="id of a cadre, without a recipient"
    )
    explain.add_argument(
        "--alternatives", metavar="N", type=_natural, default=5, help="others to show (default: 5)"
    )
    _read_limits(explain)

    diff = _command(commands, "diff", "tell what differs between two plans, and why")
    diff.add_argument("before", metavar="OUT", type=Path, help="folder of the plan before")
    diff.add_argument("after", metavar="OUT2", type=Path, help="folder of the plan after")
    diff.add_argument(
        "-o", "--out", metavar="FILE", type=Path, help="table of changes to write, a .csv file"
    )
    diff.add_argument("--force", action="store_true", help="replace FILE if it is there")
    _read_limits(diff)


def _command(
    commands: "argparse._SubParsersAction[argparse.ArgumentParser]", name: str, what: str
) -> argparse.ArgumentParser:
    command = commands.add_parser(name, help=what, description=what.capitalize() + ".")
    command.add_argument(
        "--json", action="store_true", help="print one JSON object on standard output"
    )
    return command


def _read_limits(command: argparse.ArgumentParser) -> None:
    command.add_argument(
        "--max-rows",
        metavar="N",
        type=_count,
        help="refuse a table with more rows (default: 20,000,000)",
    )
    command.add_argument(
        "--max-bytes",
        metavar="N",
        type=_count,
        help="refuse a file or a table with more bytes (default: 4 GiB)",
    )


def _how_to_solve(command: argparse.ArgumentParser) -> None:
    command.add_argument(
        "--only",
        metavar="ID",
        nargs="+",
        help="areas, units and ids of people: pairs of the earlier plan with nobody inside stand",
    )
    command.add_argument(
        "--most-changes",
        metavar="N",
        type=_natural,
        help="most pairs of the earlier plan that may change, forced changes included",
    )
    command.add_argument(
        "--change-km",
        metavar="X",
        type=_kilometres,
        default=0,
        help="kilometres that a changed pair costs (default: 0)",
    )
    command.add_argument(
        "--time-limit", metavar="S", type=_positive, help="seconds of solving after which to stop"
    )
    command.add_argument(
        "--engine", metavar="E", default="auto", help="flow engine (default: auto)"
    )
    command.add_argument(
        "--threads", metavar="N", type=_count, help="threads (default: one a core)"
    )
    command.add_argument(
        "--force", action="store_true", help="replace the folder if it holds a plan of pairmatch"
    )


def _scale(command: argparse.ArgumentParser) -> None:
    command.add_argument(
        "--scale",
        metavar="S",
        type=_positive,
        default=1.0,
        help="share of the province, from 0.0001 to 20: 1 is 251,000 cadres and 267,000 recipients "
        "(default: 1)",
    )


def _seed(command: argparse.ArgumentParser) -> None:
    command.add_argument(
        "--seed", metavar="N", type=_natural, default=0, help="seed of the generator (default: 0)"
    )


def _format(command: argparse.ArgumentParser) -> None:
    command.add_argument(
        "--format",
        choices=("parquet", "csv", "xlsx"),
        default="parquet",
        help="of the tables: csv and xlsx are for spreadsheet programs (default: %(default)s)",
    )


def _current(command: argparse.ArgumentParser) -> None:
    command.add_argument(
        "--current", metavar="FILE", type=Path, help="incumbent pairs, instead of the folder's"
    )
    command.add_argument(
        "--unknown-current",
        choices=("drop", "fail"),
        default="drop",
        help="what becomes of incumbent pairs with people who are not in the tables: dropped with "
        "a note, or a failure (default: %(default)s)",
    )


def _number(text: str, least: float, *, above: bool, words: str) -> float:
    try:
        number = float(text)
    except ValueError:
        number = math.nan
    if not math.isfinite(number) or number < least or (above and number == least):
        raise argparse.ArgumentTypeError(f"{text!r} is not {words}")
    return number


def _positive(text: str) -> float:
    return _number(text, 0, above=True, words="a number above 0")


def _kilometres(text: str) -> float:
    return _number(text, 0, above=False, words="a number from 0")


def _share(text: str) -> float:
    share = _number(text, 0, above=False, words="a share from 0 to 1")
    if share > 1:
        raise argparse.ArgumentTypeError(f"{text!r} is not a share from 0 to 1")
    return share


def _integer(text: str, least: int) -> int:
    try:
        number = int(text)
    except ValueError:
        number = least - 1
    if number < least:
        raise argparse.ArgumentTypeError(f"{text!r} is not an integer from {least}")
    return number


def _natural(text: str) -> int:
    return _integer(text, 0)


def _count(text: str) -> int:
    return _integer(text, 1)
