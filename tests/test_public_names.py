import subprocess
import sys

import pytest

import pairmatch

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


@pytest.mark.parametrize("name", pairmatch.__all__)
def test_every_public_name_is_there(name: str) -> None:
    assert getattr(pairmatch, name) is not None
    assert name in dir(pairmatch)


def test_another_name_is_not() -> None:
    with pytest.raises(AttributeError, match="no attribute 'nonsense'"):
        _ = pairmatch.nonsense


def test_errors_have_one_root() -> None:
    for name in ("InputError", "CostRangeError", "CertificateError", "PlanFileError"):
        assert issubclass(getattr(pairmatch, name), pairmatch.PairmatchError)
