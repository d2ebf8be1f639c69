import doctest
import importlib
import pkgutil

import pytest

import pairmatch

FOUND = pkgutil.walk_packages(pairmatch.__path__, "pairmatch.")
MODULES = sorted(["pairmatch", *(module.name for module in FOUND)])


@pytest.mark.parametrize("name", MODULES)
def test_examples_of_a_module_work(name: str) -> None:
    assert doctest.testmod(importlib.import_module(name)).failed == 0
