"""Arguments of the commands."""

import argparse
import math
from collections.abc import Callable
from pathlib import Path

from pairmatch import __version__
from pairmatch.cli.help import WideHelpFormatter
from pairmatch.cli.language import system_language
from pairmatch.words import LANGUAGES, Value, say


def build_parser(language: str = "en") -> argparse.ArgumentParser:
    """Return the parser of the whole command line.

    Parameters
    ----------
    language
        Of help, and of whatever the command says unless it is asked for another one.
    """
    return _Commands(language).parser


class _Commands:
    """The commands, with their help in one language."""

    def __init__(self, language: str) -> None:
        self._language = language
        self.parser = argparse.ArgumentParser(
            prog="pairmatch",
            description=self._say("about"),
            epilog=self._say("exit_codes"),
            formatter_class=WideHelpFormatter,
        )
        version = f"%(prog)s {__version__}"
        self.parser.add_argument(
            "--version", action="version", version=version, help=self._say("version")
        )
        self._lang(self.parser, language)
        self._commands = self.parser.add_subparsers(
            dest="command", metavar=self._say("COMMAND"), required=True
        )
        self._made_up()
        self._on_tables()
        self._that_solve()
        self._on_plans()
        self._on_rounds()
        self._command("warm-up")

    def _say(self, key: str) -> str:
        return say(f"help.{key}", language=self._language)

    def _lang(self, parser: argparse.ArgumentParser, default: str) -> None:
        parser.add_argument(
            "--lang",
            choices=sorted(LANGUAGES),
            default=default,
            help=say("help.lang", {"system": system_language()}, self._language),
        )

    def _command(self, name: str) -> argparse.ArgumentParser:
        what = self._say(name)
        command = self._commands.add_parser(
            name,
            help=what,
            description=say("help.sentence", {"what": what}, self._language),
            formatter_class=WideHelpFormatter,
        )
        command.add_argument("--json", action="store_true", help=self._say("json"))
        # what stands before the command's name holds unless there is another one behind
        self._lang(command, argparse.SUPPRESS)
        return command

    def _made_up(self) -> None:
        demo = self._command("demo")
        self._scale(demo)
        self._seed(demo)

        generate = self._command("generate")
        self._path(generate, "folder", "DIR", "new_folder")
        self._scale(generate)
        self._seed(generate)
        generate.add_argument(
            "--geometry",
            choices=("codes", "household", "point"),
            default="codes",
            help=self._say("geometry"),
        )
        generate.add_argument(
            "--incumbents",
            metavar=self._say("SHARE"),
            type=self._share,
            default=0.0,
            help=self._say("incumbents"),
        )
        self._format(generate)

    def _on_tables(self) -> None:
        template = self._command("template")
        self._path(template, "folder", "DIR", "new_folder")

        part = self._command("part")
        self._path(part, "folder", "DIR", "tables")
        part.add_argument(
            "--area",
            metavar=self._say("AREA"),
            nargs="+",
            required=True,
            help=self._say("areas"),
        )
        part.add_argument("--rest", action="store_true", help=self._say("rest"))
        self._out(part, "DIR2", "new_folder")
        self._format(part)
        self._read_limits(part)

    def _that_solve(self) -> None:
        check = self._command("check")
        self._path(check, "folder", "DIR", "tables")
        self._path(check, "--report", "FILE", "check_report")
        check.add_argument("--force", action="store_true", help=self._say("force_file"))
        self._strict(check)
        self._current(check)
        self._read_limits(check)

        solve = self._command("solve")
        self._path(solve, "folder", "DIR", "tables")
        self._strict(solve)
        self._out(solve, "OUT", "new_plan")
        self._current(solve)
        self._read_limits(solve)
        self._path(solve, "--start", "OUT0", "start")
        self._how_to_solve(solve)

        whatif = self._command("whatif")
        self._path(whatif, "plan", "OUT", "plan")
        self._path(whatif, "scenario", "SCENARIO", "scenario")
        self._out(whatif, "OUT2", "new_plan")
        self._read_limits(whatif)
        self._how_to_solve(whatif)

    def _on_plans(self) -> None:
        verify = self._command("verify")
        self._path(verify, "plan", "OUT", "plan")
        self._read_limits(verify)

        explain = self._command("explain")
        self._path(explain, "plan", "OUT", "plan")
        recipient, cadre = self._say("RECIPIENT"), self._say("CADRE")
        explain.add_argument("recipient", metavar=recipient, nargs="?", help=self._say("recipient"))
        one = explain.add_mutually_exclusive_group()
        one.add_argument("cadre", metavar=cadre, nargs="?", help=self._say("cadre"))
        one.add_argument(
            "--cadre", metavar=cadre, dest="cadre_alone", help=self._say("cadre_alone")
        )
        self._integer(explain, "--alternatives", "alternatives", 0, default=5)
        self._read_limits(explain)

        diff = self._command("diff")
        self._path(diff, "before", "OUT", "before")
        self._path(diff, "after", "OUT2", "after")
        diff.add_argument(
            "-o", "--out", metavar=self._say("FILE"), type=Path, help=self._say("changes")
        )
        diff.add_argument("--force", action="store_true", help=self._say("force_file"))
        self._read_limits(diff)

    def _on_rounds(self) -> None:
        workbooks = self._command("workbooks")
        self._path(workbooks, "plan", "OUT", "plan")
        self._out(workbooks, "DIR", "new_lists")
        workbooks.add_argument(
            "--by", choices=("county", "unit"), required=True, help=self._say("by")
        )
        self._path(workbooks, "--before", "OUT0", "plan_before")
        workbooks.add_argument("--force", action="store_true", help=self._say("force_lists"))
        self._read_limits(workbooks)

        answers = self._command("answers")
        self._path(answers, "plan", "OUT", "plan")
        answers.add_argument(
            "returned",
            metavar=self._say("RETURNED"),
            type=Path,
            nargs="+",
            help=self._say("returned"),
        )
        self._out(answers, "SCENARIO", "new_scenario")
        for option, key in (("--report", "report_of_answers"), ("--pairs", "pairs_answered")):
            self._path(answers, option, "FILE", key)
        answers.add_argument("--force", action="store_true", help=self._say("force_files"))
        self._read_limits(answers)

        status = self._command("status")
        self._path(status, "plan", "OUT", "plan")
        status.add_argument(
            "answers",
            metavar=self._say("ANSWERS"),
            type=Path,
            nargs="*",
            help=self._say("answers_given"),
        )
        self._read_limits(status)

    def _path(self, command: argparse.ArgumentParser, name: str, shown: str, key: str) -> None:
        command.add_argument(name, metavar=self._say(shown), type=Path, help=self._say(key))

    def _out(self, command: argparse.ArgumentParser, shown: str, key: str) -> None:
        command.add_argument(
            *("-o", "--out"),
            metavar=self._say(shown),
            type=Path,
            required=True,
            help=self._say(key),
        )

    def _integer(
        self,
        command: argparse.ArgumentParser,
        name: str,
        key: str,
        least: int,
        default: int | None = None,
    ) -> None:
        command.add_argument(
            name,
            metavar=self._say("N"),
            type=self._integer_from(least),
            default=default,
            help=self._say(key),
        )

    def _read_limits(self, command: argparse.ArgumentParser) -> None:
        self._integer(command, "--max-rows", "max_rows", 1)
        self._integer(command, "--max-bytes", "max_bytes", 1)

    def _how_to_solve(self, command: argparse.ArgumentParser) -> None:
        command.add_argument("--only", metavar=self._say("ID"), nargs="+", help=self._say("only"))
        self._integer(command, "--most-changes", "most_changes", 0)
        command.add_argument(
            "--change-km",
            metavar=self._say("X"),
            type=self._kilometres,
            default=0,
            help=self._say("change_km"),
        )
        command.add_argument(
            "--time-limit",
            metavar=self._say("SECONDS"),
            type=self._positive,
            help=self._say("time_limit"),
        )
        command.add_argument(
            "--engine", metavar=self._say("E"), default="auto", help=self._say("engine")
        )
        self._integer(command, "--threads", "threads", 1)
        command.add_argument("--force", action="store_true", help=self._say("force_folder"))

    def _scale(self, command: argparse.ArgumentParser) -> None:
        command.add_argument(
            "--scale",
            metavar=self._say("S"),
            type=self._positive,
            default=1.0,
            help=self._say("scale"),
        )

    def _seed(self, command: argparse.ArgumentParser) -> None:
        self._integer(command, "--seed", "seed", 0, default=0)

    def _format(self, command: argparse.ArgumentParser) -> None:
        command.add_argument(
            "--format",
            choices=("parquet", "csv", "xlsx"),
            default="parquet",
            help=self._say("format"),
        )

    def _strict(self, command: argparse.ArgumentParser) -> None:
        command.add_argument("--strict", action="store_true", help=self._say("strict"))

    def _current(self, command: argparse.ArgumentParser) -> None:
        self._path(command, "--current", "FILE", "current")
        command.add_argument(
            "--unknown-current",
            choices=("drop", "fail"),
            default="drop",
            help=self._say("unknown_current"),
        )

    def _wrong(self, text: str, key: str, **parameters: Value) -> argparse.ArgumentTypeError:
        given: dict[str, Value] = {"given": repr(text), **parameters}
        return argparse.ArgumentTypeError(say(f"help.{key}", given, self._language))

    def _number(self, text: str, key: str, fits: Callable[[float], bool]) -> float:
        try:
            number = float(text)
        except ValueError:
            number = math.nan
        if not math.isfinite(number) or not fits(number):
            raise self._wrong(text, key)
        return number

    def _positive(self, text: str) -> float:
        return self._number(text, "number_above_0", lambda number: number > 0)

    def _kilometres(self, text: str) -> float:
        return self._number(text, "number_from_0", lambda number: number >= 0)

    def _share(self, text: str) -> float:
        return self._number(text, "share_from_0_to_1", lambda share: 0 <= share <= 1)

    def _integer_from(self, least: int) -> Callable[[str], int]:
        def integer(text: str) -> int:
            try:
                number = int(text)
            except ValueError:
                number = least - 1
            if number < least:
                raise self._wrong(text, "integer_from", least=least)
            return number

        return integer
