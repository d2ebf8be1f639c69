"""warm_up() leaves nothing to be compiled, also for processes that are forked afterwards."""

import os
import subprocess
import sys

import pytest

from pairmatch.cli import main
from pairmatch.cli.answer import ExitCode

FORK = """
import os, sys
from numba.core import event

class Compiled(event.Listener):
    count = 0
    def on_start(self, _):
        Compiled.count += 1
    def on_end(self, _):
        pass

from tests.proof.base_plans import CASES
import pairmatch as pm
problem, *others = (CASES[name].problem() for name in ("shortage", "every reason", "priced"))
ready = pm.warm_up()
print(ready.kernels > 40, ready.seconds > 0, flush=True)
event.register("numba:compile", Compiled())
child = os.fork()
plan = pm.solve(problem)
figures = plan.verify()
for other in others:
    pm.solve(other).verify()
who = "parent" if child else "child"
# one after the other, or their lines would be mixed
if child:
    _, code = os.waitpid(child, 0)
print(who, plan.status.name, figures.proven, Compiled.count, flush=True)
if child:
    print("ended with", code)
"""


# there is none on Windows
if hasattr(os, "fork"):

    def test_a_process_that_is_forked_after_a_warm_up_solves_without_compiling() -> None:
        done = subprocess.run(
            [sys.executable, "-c", FORK], capture_output=True, text=True, check=False
        )
        assert done.returncode == 0, done.stderr
        first, *both, last = done.stdout.splitlines()
        assert first == "True True"
        assert sorted(both) == ["child OPTIMAL True 0", "parent OPTIMAL True 0"]
        assert last == "ended with 0"


def test_where_kernels_are_lost_the_command_fails_and_says_what_to_do(
    monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    monkeypatch.setattr("pairmatch._warm_up.kept_in", lambda *_: None)
    assert main(["warm-up", "--json"]) == ExitCode.BAD_INPUT
    said = capsys.readouterr()
    assert '"kept": 0, "folder": null' in said.out
    assert "set NUMBA_CACHE_DIR" in said.err
