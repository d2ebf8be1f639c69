"""The first solve of a process, each in a process of its own."""

import subprocess
import sys

import pytest

PREAMBLE = """
from concurrent.futures import ThreadPoolExecutor
from tests.proof.base_plans import CASES
import pairmatch as pm
from pairmatch.formulate import formulation
from pairmatch import _first_use
from pairmatch.threads import IN_TURN

problem = CASES["roomy"].problem()
"""


def _in_a_new_process(code: str) -> list[str]:
    """Run some lines after the preamble and return what they print."""
    command = [sys.executable, "-c", PREAMBLE + code]
    done = subprocess.run(command, capture_output=True, text=True, check=False)
    # together, so that a process that fails says why
    assert (done.returncode, done.stderr) == (0, "")
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


def test_what_is_wrong_with_the_problem_comes_through_once_kernels_are_there() -> None:
    printed = _in_a_new_process("""
formulate = formulation.formulate

def refuse(given, *rest):
    if given is problem.checked:
        raise pm.CostRangeError("dear_pair", {"cost": 9, "most": 8})
    return formulate(given, *rest)

formulation.formulate = refuse
for _ in range(2):
    try:
        pm.solve(problem)
    except pm.CostRangeError as error:
        print(error)
""")
    assert [line.partition(";")[0] for line in printed] == ["a pair could cost 9 metres"] * 2


@pytest.mark.parametrize("how", ["time_limit=0.3", "cancel=AfterSomeLooks()"])
def test_a_first_solve_stops_while_the_compiler_is_busy_for_others(how: str) -> None:
    printed = _in_a_new_process(f"""
import threading
from numba.core.compiler_lock import global_compiler_lock

class AfterSomeLooks:
    looks = 0
    def is_set(self):
        self.looks += 1
        return self.looks > 3

held, go_on = threading.Event(), threading.Event()

def compile_for_long():
    with global_compiler_lock:
        held.set()
        go_on.wait(600)

other = threading.Thread(target=compile_for_long)
other.start()
held.wait(60)
seen = []
plan = pm.solve(problem, {how}, progress=seen.append)
print(plan.status.name, plan.pairs.num_rows, plan.certificate.gap, other.is_alive())
print(seen[0].phase, seen[0].total > 20, all(look.done <= look.total for look in seen))
go_on.set()
print(pm.solve(problem).status.name)
""")
    assert printed == ["UNSOLVED 0 None True", "compile True True", "OPTIMAL"]


def test_a_first_solve_that_is_cancelled_at_once_says_so_and_the_next_one_solves() -> None:
    printed = _in_a_new_process("""
import threading
cancel = threading.Event()
cancel.set()
plan = pm.solve(problem, cancel=cancel)
print(plan.status.name, plan.pairs.num_rows)
print(pm.solve(problem).status.name)
""")
    assert printed == ["UNSOLVED 0", "OPTIMAL"]


def test_a_thread_that_outlives_the_main_thread_reads_solves_and_verifies() -> None:
    printed = _in_a_new_process("""
import threading

def work():
    threading.main_thread().join()
    plan = pm.solve(CASES["roomy"].problem())
    plan.verify()
    print(plan.status.name, threading.main_thread().is_alive())

threading.Thread(target=work).start()
""")
    assert printed == ["OPTIMAL False"]


def test_whatever_a_solve_needs_is_loaded_before_it_needs_it() -> None:
    printed = _in_a_new_process("""
from threading import Event
from pairmatch._kernels import kernels
from pairmatch.flow import engine_named
from pairmatch.synth import generate_province

def ready():
    return sum(len(kernel.signatures) for kernel in kernels())

for engine in ("simplex", "scaling"):
    _first_use.load_kernels(engine_named(engine), Event())
    before = ready()
    for geometry in ("codes", "household", "point"):
        for incumbents in (0.0, 0.5):
            province = generate_province(
                scale=0.003, seed=1, geometry=geometry, incumbents=incumbents
            )
            assert pm.solve(province.problem(), engine=engine).missing == 0
    print(before > 20, ready() - before)
    _first_use.load_explanations(engine_named(engine), Event())
    print(ready() > before)
    before = ready()
    for case in CASES.values():
        pm.solve(case.problem(), engine=engine)
    print(ready() - before)
""")
    assert printed == ["True 0", "True", "0", "True 0", "False", "0"]


def test_a_shortage_that_is_seen_at_once_stops_while_its_kernels_are_loaded() -> None:
    printed = _in_a_new_process("""
import threading
pm.solve(problem)
go_on = threading.Event()

class Slowly:
    __name__ = "load_explanations"
    def __call__(self, engine, stop, compiling):
        go_on.wait(600)

load, _first_use.load_explanations = _first_use.load_explanations, Slowly()
short = CASES["shortage"].problem()
seen = []
plan = pm.solve(short, time_limit=0.2, progress=seen.append)
print(plan.status.name, plan.pairs.num_rows, seen[0].phase, seen[-1].phase)
go_on.set()
_first_use.load_explanations = load
plan = pm.solve(short)
plan.verify()
print(plan.status.name, plan.missing > 0, plan.diagnosis is not None)
""")
    assert printed == ["UNSOLVED 0 formulate plan", "OPTIMAL True True"]


def test_a_shortage_that_is_seen_late_is_explained_whatever_the_limit() -> None:
    printed = _in_a_new_process("""
import threading
pm.solve(problem)
# places enough, but a ban
late = pm.Problem.from_tables(
    cadres={"cadre_id": ["c"], "unit_id": ["u"], "rank": ["staff"]},
    recipients={"recipient_id": ["r", "s"], "category": ["orphan"] * 2, "area": ["a"] * 2},
    bans={"recipient_id": ["r"], "cadre_id": ["c"]},
)
cancel = threading.Event()
seen = []

def look(progress):
    seen.append(progress.phase)
    if "plan" in seen:
        cancel.set()

plan = pm.solve(late, cancel=cancel, progress=look)
plan.verify()
print(plan.status.name, *plan.unmatched["reason"].to_pylist())
print(list(dict.fromkeys(seen)).index("compile") > 1, "compile" in plan.stats.seconds)
""")
    assert printed == ["OPTIMAL banned", "True True"]
