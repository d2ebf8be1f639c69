"""The page on the API is what the docstrings make of it, and has every public name."""

import pairmatch
import pairmatch.errors
import pairmatch.flow
from tests.docs.api_page import PAGE, SECTIONS, found, page

NAMES = [name for names in SECTIONS.values() for name in names.split()]


def test_the_page_is_what_the_docstrings_make() -> None:
    assert PAGE.read_text(encoding="utf-8") == page(), "run: python -m tests.docs.api_page"


def test_the_page_has_every_public_name_once() -> None:
    flow = [f"flow.{name}" for name in pairmatch.flow.__all__]
    edits = [f"edits.{model.__name__}" for model in pairmatch.edits.OPS.values()]
    named = sorted([*NAMES, "__version__", "edits", "flow"])
    assert named == sorted([*pairmatch.__all__, *edits, *flow])


def test_every_name_has_a_docstring_that_the_page_shows() -> None:
    for name in NAMES:
        assert found(name).__doc__, name
    assert dir(pairmatch) == sorted(pairmatch.__all__)


def test_all_errors_have_one_root_and_one_module() -> None:
    raised = {name for name in pairmatch.__all__ if name.endswith("Error")}
    assert raised == {
        name
        for name, value in vars(pairmatch.errors).items()
        if isinstance(value, type) and issubclass(value, Exception) and name[0] != "_"
    }
    for name in raised:
        assert issubclass(getattr(pairmatch, name), pairmatch.PairmatchError)
    assert pairmatch.flow.FlowRangeError is pairmatch.FlowRangeError
