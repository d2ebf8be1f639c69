"""The first solve of a process, each in a process of its own."""

import subprocess
import sys

import pytest

PREAMBLE = """
from concurrent.futures import ThreadPoolExecutor
from tests.proof.base_plans import CASES
import pairmatch as pm
from pairmatch import _first_use
from pairmatch.threads import IN_TURN

problem = CASES["roomy"].problem()
"""


def _in_a_new_process(code: str) -> list[str]:
    """Run some lines after the preamble and return what they print."""
    command = [sys.executable, "-c", PREAMBLE + code]
    done = subprocess.run(command, capture_output=True, text=True, check=True)
    assert done.stderr == ""
    return done.stdout.splitlines()


def test_loading_kernels_is_a_phase_of_the_first_solve_and_of_no_other() -> None:
    printed = _in_a_new_process("""
for _ in range(2):
    seen = []
    pm.solve(problem, progress=lambda progress: seen.append(progress.phase))
    print(*list(dict.fromkeys(seen))[:3])
""")
    assert printed == ["compile formulate classes", "formulate classes coarse"]


@pytest.mark.parametrize(
    "how", ["threads=1", "threads=3", "executor=IN_TURN", "executor=ThreadPoolExecutor(1)"]
)
def test_the_first_plan_of_a_process_is_that_of_any_other_solve(how: str) -> None:
    printed = _in_a_new_process(f"""
first = pm.solve(problem, {how})
second = pm.solve(problem, {how})
print(first.pairs.equals(second.pairs), first.levels == second.levels, first.status.name)
print("compile" in first.stats.seconds, "compile" in second.stats.seconds)
""")
    assert printed == ["True True OPTIMAL", "True False"]


def test_people_become_arrays_while_kernels_are_loaded() -> None:
    printed = _in_a_new_process("""
from pairmatch._kernels import is_compiled

class Recording(ThreadPoolExecutor):
    def submit(self, function, /, *rest):
        print(function.__name__, is_compiled(_first_use.price_chunk))
        return super().submit(function, *rest)

with Recording(1) as pool:
    pm.solve(problem, executor=pool)
""")
    assert printed[0] == "persons False"
    assert "_location True" not in printed


def test_what_is_wrong_with_the_problem_comes_through_once_kernels_are_there() -> None:
    printed = _in_a_new_process("""
formulate = _first_use.persons

def refuse(given, *rest):
    if given is problem:
        raise pm.CostRangeError("much too dear")
    return formulate(given, *rest)

_first_use.persons = refuse
for _ in range(2):
    try:
        pm.solve(problem)
    except pm.CostRangeError as error:
        print(error)
""")
    assert printed == ["much too dear", "much too dear"]


def test_a_first_solve_that_is_cancelled_at_once_says_so() -> None:
    printed = _in_a_new_process("""
import threading
cancel = threading.Event()
cancel.set()
plan = pm.solve(problem, cancel=cancel)
print(plan.status.name, plan.pairs.num_rows)
""")
    assert printed == ["CANCELLED 0"]
