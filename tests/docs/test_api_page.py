"""The page on the API has every public name, and every name on it can be imported as it says."""

import re
from importlib import import_module

import pairmatch
import pairmatch.errors
import pairmatch.flow
from tests.docs.markdown_tables import REFERENCE

TEXT = (REFERENCE / "api.md").read_text(encoding="utf-8")
SHOWN = re.findall(r"^\.\. (?:auto(?!module)\w+|py:data):: ([\w.]+)$", TEXT, flags=re.MULTILINE)
ERRORS = {
    name
    for name, value in vars(pairmatch.errors).items()
    if isinstance(value, type) and value.__module__ == "pairmatch.errors"
}


def test_every_name_on_the_page_is_imported_from_the_package_or_its_flow_room() -> None:
    assert len(SHOWN) == len(set(SHOWN)) > 40
    for path in SHOWN:
        module, _, name = path.rpartition(".")
        assert module in ("pairmatch", "pairmatch.flow"), path
        assert getattr(import_module(module), name) is not None


def test_the_page_and_the_package_have_the_same_names() -> None:
    shown = {path.removeprefix("pairmatch.") for path in SHOWN if path.count(".") == 1}
    assert "automodule:: pairmatch.errors" in TEXT
    assert shown | ERRORS == {*pairmatch.__all__} - {"__version__", "flow"}
    assert not shown & ERRORS


def test_the_page_and_the_flow_room_have_the_same_names() -> None:
    shown = {path.rpartition(".")[2] for path in SHOWN if path.count(".") == 2}
    assert shown == {*pairmatch.flow.__all__}


def test_all_errors_have_one_root_and_one_module() -> None:
    raised = {name for name in ERRORS if name.endswith("Error")}
    assert raised == {name for name in pairmatch.__all__ if name.endswith("Error")}
    for name in raised:
        assert issubclass(getattr(pairmatch, name), pairmatch.PairmatchError)
    assert pairmatch.flow.FlowRangeError is pairmatch.FlowRangeError
