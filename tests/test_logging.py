import logging
import re
import subprocess
import sys
from pathlib import Path

import pytest

from pairmatch import Problem, solve
from tests.proof.base_plans import CASES

SOURCE = Path(__file__).parents[1] / "src" / "pairmatch"
PHASES = ["formulate", "classes", "coarse", "auction", "seed", "solve", "price", "plan"]


@pytest.fixture
def problem() -> Problem:
    problem = CASES["roomy"].problem()
    # the first solve of a process has a phase of its own
    solve(problem, threads=1)
    return problem


def test_the_package_has_a_silent_logger() -> None:
    handlers = logging.getLogger("pairmatch").handlers
    assert [type(one) for one in handlers] == [logging.NullHandler]


def test_phases_are_info_once_each(problem: Problem, caplog: pytest.LogCaptureFixture) -> None:
    with caplog.at_level(logging.INFO, logger="pairmatch"):
        plan = solve(problem, threads=1)
        plan.verify()
    # what is said of compiled code depends on what the disk has of it
    records = [record for record in caplog.records if "_kernel" not in record.name]
    said = [record.getMessage() for record in records]
    assert said[0] == (
        f"solve: {problem.cadres.num_rows} cadres, {problem.recipients.num_rows} recipients, "
        "engine simplex"
    )
    assert [text.split(",")[0] for text in said[1:-2]] == [f"phase {name}" for name in PHASES]
    assert said[-2].startswith(f"OPTIMAL: {plan.pairs.num_rows} pairs, {plan.missing} cadres")
    assert said[-1].startswith("verified: OPTIMAL")
    assert {record.levelno for record in records} == {logging.INFO}


def test_rounds_are_debug(problem: Problem, caplog: pytest.LogCaptureFixture) -> None:
    with caplog.at_level(logging.DEBUG, logger="pairmatch"):
        plan = solve(problem, threads=1)
    rounds = [one for one in caplog.records if one.getMessage().startswith("round ")]
    assert len(rounds) == plan.stats.rounds
    assert {one.levelno for one in rounds} == {logging.DEBUG}
    last = f"value {plan.levels[-1].value}, bound {plan.levels[-1].bound}"
    assert last in rounds[-1].getMessage()


def test_no_id_is_in_the_log(problem: Problem, caplog: pytest.LogCaptureFixture) -> None:
    ids = {
        one
        for table, name in ((problem.cadres, "cadre_id"), (problem.recipients, "recipient_id"))
        for one in table.column(name).to_pylist()
    }
    with caplog.at_level(logging.DEBUG, logger="pairmatch"):
        solve(problem, threads=1).verify()
    words = {word for one in caplog.records for word in re.split(r"[\s,:]+", one.getMessage())}
    assert caplog.records
    assert not words & ids


def test_the_library_prints_nothing_by_itself() -> None:
    code = (
        "import pairmatch as pm;"
        "problem = pm.Problem.from_tables("
        "cadres={'cadre_id': ['c'], 'unit_id': ['u'], 'rank': ['staff']},"
        "recipients={'recipient_id': ['r'], 'category': ['orphan'], 'area': ['a']});"
        "pm.solve(problem).verify()"
    )
    ran = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=True)
    assert (ran.stdout, ran.stderr) == ("", "")


def test_only_the_command_line_prints() -> None:
    printing = {
        path.relative_to(SOURCE).parts[0]
        for path in SOURCE.rglob("*.py")
        if re.search(r"^\s*(print|pprint|warnings\.warn)\(", path.read_text("utf-8"), re.MULTILINE)
    }
    assert printing == {"cli"}
