"""What a container is like: a user without a home, a package that nobody may write, no cache.

Kernels are compiled twice for all of these tests, once for an image and once without any folder.
"""

import json
import os
import shutil
import subprocess
import sys
from pathlib import Path
from typing import Any

import pytest

from tests.docs.pages import ROOT

NOBODY = 65534

PREAMBLE = """
import logging, sys, os
from numba.core import event

class Compiled(event.Listener):
    names = []
    def on_start(self, started):
        Compiled.names.append(started.data["dispatcher"].py_func.__qualname__)
    def on_end(self, _):
        pass

event.register("numba:compile", Compiled())

class Warnings(logging.Handler):
    lines = []
    def emit(self, record):
        self.lines.append(record.getMessage())

logging.getLogger("pairmatch").addHandler(Warnings("WARNING"))
import pairmatch as pm
from pairmatch.cli import main
problem = pm.Problem.from_tables(
    cadres={"cadre_id": ["c1", "c2"], "unit_id": ["u", "u"], "rank": ["bureau", "staff"]},
    recipients={"recipient_id": ["r1"], "category": ["orphan"], "area": ["a"]},
)
"""

# every command, in one process: kernels that are kept nowhere are compiled once for all of them
COMMANDS = """
out = sys.argv[1]
codes = [
    main(["generate", f"{out}/tables", "--scale", "0.005"]),
    main(["check", f"{out}/tables"]),
    main(["solve", f"{out}/tables", "-o", f"{out}/plan"]),
    main(["verify", f"{out}/plan"]),
    main(["demo", "--scale", "0.005"]),
]
print(codes)
"""


def _copy(tmp_path: Path, name: str) -> Path:
    """Copy the package to where others may read it and nobody but the owner may write."""
    target = tmp_path / name
    shutil.copytree(
        ROOT / "src" / "pairmatch",
        target / "pairmatch",
        ignore=shutil.ignore_patterns("__pycache__"),
    )
    return target


def _environment(package: Path, **more: str) -> dict[str, str]:
    kept = {name: value for name, value in os.environ.items() if not name.startswith("NUMBA_")}
    kept.pop("XDG_CACHE_HOME", None)
    return {**kept, "PYTHONPATH": str(package), "PYTHONDONTWRITEBYTECODE": "1", **more}


def _as_nobody(package: Path, code: str, tmp_path: Path) -> list[str]:
    """Run some lines as a user who may write one folder alone, and return what they print.

    The user may read what root may, so that an interpreter in root's home can be used.
    """
    scratch = tmp_path / "scratch"
    scratch.mkdir(mode=0o777)
    scratch.chmod(0o777)
    for folder in (tmp_path, *tmp_path.parents):
        if folder.stat().st_uid == os.geteuid() and folder != Path("/"):
            folder.chmod(folder.stat().st_mode | 0o055)
    lower: list[str] = []
    if os.geteuid() == 0:
        ids = [f"--reuid={NOBODY}", f"--regid={NOBODY}", "--clear-groups"]
        reads = ["--inh-caps=-all,+dac_read_search", "--ambient-caps=-all,+dac_read_search"]
        lower = ["setpriv", *ids, *reads, "--bounding-set=-all,+dac_read_search"]
    else:
        for path in (package, *package.rglob("*")):
            path.chmod(path.stat().st_mode & 0o555)
    done = subprocess.run(
        [*lower, sys.executable, "-c", PREAMBLE + code, str(scratch)],
        env=_environment(package, HOME="/nonexistent", TMPDIR=str(scratch)),
        cwd=scratch,
        capture_output=True,
        text=True,
        check=False,
    )
    assert done.returncode == 0, done.stderr
    return done.stdout.splitlines()


@pytest.fixture(scope="module")
def image(tmp_path_factory: pytest.TempPathFactory) -> tuple[Path, dict[str, Any]]:
    """Warm a copy of the package up as whoever builds an image does; return what that said."""
    package = _copy(tmp_path_factory.mktemp("image"), "package")
    done = subprocess.run(
        [sys.executable, "-m", "pairmatch", "warm-up", "--json"],
        env=_environment(package),
        capture_output=True,
        text=True,
        check=True,
    )
    said: dict[str, Any] = json.loads(done.stdout)
    return package, said


def test_a_warm_up_compiles_and_keeps_every_kernel_and_says_where(
    image: tuple[Path, dict[str, Any]],
) -> None:
    package, said = image
    assert said["kernels"] == said["compiled"] == said["kept"] > 40
    assert said["folder"] == str(package / "pairmatch" / "__pycache__")
    # one kernel may be there for arrays of several types, some for the second process alone
    files = list(Path(said["folder"]).glob("*.nbc"))
    assert len({path.name.rpartition("-")[0] for path in files}) <= said["kept"] <= len(files)
    # for everybody to read
    folder = Path(said["folder"])
    assert folder.stat().st_mode & 0o055 == 0o055
    assert all(path.stat().st_mode & 0o044 == 0o044 for path in folder.glob("*.nbc"))


def test_an_image_that_was_warmed_up_compiles_nothing_as_another_user(
    image: tuple[Path, dict[str, Any]], tmp_path: Path
) -> None:
    code = """
print(os.geteuid(), pm.solve(problem).status.name)
again = pm.warm_up()
print(again.compiled, again.kept == again.kernels, Compiled.names, Warnings.lines)
"""
    user, again = _as_nobody(image[0], code, tmp_path)
    assert user == f"{NOBODY if os.geteuid() == 0 else os.geteuid()} OPTIMAL"
    assert again == "0 True [] []"


def test_after_a_warm_up_no_solve_compiles_anything(
    image: tuple[Path, dict[str, Any]],
) -> None:
    code = """
from tests.proof.base_plans import CASES
from pairmatch.synth import generate_province

pm.warm_up()
problems = [case.problem() for case in CASES.values()]
for geometry in ("codes", "household", "point"):
    for incumbents in (0.0, 0.5):
        problems.append(
            generate_province(
                scale=0.003, seed=1, geometry=geometry, incumbents=incumbents
            ).problem()
        )
for one in problems:
    pm.solve(one).verify()
    for engine in pm.flow.ENGINES:
        pm.solve(one, engine=engine)
print(len(problems) > 8, Compiled.names, Warnings.lines)
"""
    done = subprocess.run(
        [sys.executable, "-c", PREAMBLE + code],
        env=_environment(image[0], PYTHONPATH=f"{image[0]}{os.pathsep}{ROOT}"),
        capture_output=True,
        text=True,
        check=False,
    )
    assert done.returncode == 0, done.stderr
    assert done.stdout.splitlines() == ["True [] []"]


def test_without_a_folder_to_write_everything_works_and_one_line_says_so(tmp_path: Path) -> None:
    code = """
print(os.geteuid(), pm.solve(problem, time_limit=0.1).status.name)
plan = pm.solve(problem)
plan.verify()
print(plan.status.name, plan.pairs.num_rows)
"""
    package = _copy(tmp_path, "package")
    printed = _as_nobody(
        package, code + COMMANDS + "print(len(Warnings.lines), *Warnings.lines)", tmp_path
    )
    assert printed[0].endswith(" UNSOLVED")
    assert printed[1] == "OPTIMAL 1"
    assert "[0, 0, 0, 0, 0]" in printed
    assert printed[-1].startswith("1 kernels were compiled and cannot be kept")
    assert not list(package.rglob("*.nbc"))
