import ast
import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path

import pytest

import pairmatch

SOURCE = Path(__file__).parents[1] / "src" / "pairmatch"
HEAVY = ("numba", "ortools", "networkx", "scipy", "pandas", "numpy", "pyarrow", "pydantic")


def in_a_new_process(code: str) -> str:
    command = [sys.executable, "-c", code]
    return subprocess.run(command, capture_output=True, text=True, check=True).stdout.strip()


def test_importing_loads_nothing_heavy() -> None:
    code = f"import sys, pairmatch; print([m for m in {HEAVY} if m in sys.modules])"
    assert in_a_new_process(code) == "[]"


def test_policy_and_tables_load_no_solver() -> None:
    code = (
        "import sys, pairmatch as pm; pm.Policy(), pm.Problem; "
        f"print([m for m in {HEAVY[:5]} if m in sys.modules])"
    )
    assert in_a_new_process(code) == "[]"


def test_another_name_is_not() -> None:
    with pytest.raises(AttributeError, match="no attribute 'nonsense'"):
        _ = pairmatch.nonsense


def test_the_flow_room_is_an_attribute_that_loads_when_it_is_used() -> None:
    code = (
        "import sys, pairmatch as pm; before = 'pairmatch.flow' in sys.modules; "
        "print(before, pm.flow.min_cost_flow([0], [1], [9], [2], [3, -3]).cost)"
    )
    assert in_a_new_process(code) == "False 6"


def _raised() -> Iterator[tuple[str, str]]:
    """Yield the room and the name of whatever is raised by name in the package."""
    for path in SOURCE.rglob("*.py"):
        for node in ast.walk(ast.parse(path.read_text(encoding="utf-8"))):
            if isinstance(node, ast.Raise) and isinstance(node.exc, ast.Call):
                name = ast.unparse(node.exc.func)
                if name.endswith(("Error", "Exception")):
                    yield path.relative_to(SOURCE).parts[0], name


def test_what_is_raised_on_purpose_has_one_root() -> None:
    others = {
        # libraries that read rows and policies turn these into their own, and we those into ours
        ("model", "ValueError"),
        ("model", "PydanticCustomError"),
        ("model", "yaml.constructor.ConstructorError"),
        ("tables", "TypeError"),
        ("model", "KeyError"),
        # caught where files are read, and told as findings
        ("model", "RefusedError"),
        ("tables", "ValueError"),
        ("tables", "RefusedError"),
        ("lists", "RefusedError"),
        # by Python's rules
        ("__init__.py", "AttributeError"),
        # arguments of the command line, which argparse reports
        ("cli", "argparse.ArgumentTypeError"),
        # bugs of our own, should there be any
        ("_kernels.py", "TypeError"),
        ("_second_process.py", "ValueError"),
        ("transport", "RuntimeError"),
        ("threads.py", "RuntimeError"),
        ("diagnosis", "RuntimeError"),
        ("explain", "RuntimeError"),
        ("plan", "RuntimeError"),
        ("proof", "RuntimeError"),
    }
    ours = {name for name in pairmatch.__all__ if name.endswith("Error")}
    assert {one for one in _raised() if one[1] not in ours} <= others
