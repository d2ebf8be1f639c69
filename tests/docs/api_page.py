"""``python -m tests.docs.api_page`` writes the page on the API from the docstrings.

What is written here is which name stands in which section; all else comes from the code.
"""

import inspect
from collections.abc import Iterator
from enum import Enum
from typing import Any

from pydantic import BaseModel

import pairmatch
from tests.docs.markdown_tables import REFERENCE

PAGE = REFERENCE / "api.md"

SECTIONS = {
    "Problem": "Problem read_problem write_template Parts Doubt Note",
    "Edits": (
        "Scenario read_scenario edits.AddCadres edits.AddRecipients edits.AddUnits edits.AddAreas"
        " edits.RemoveCadres edits.RemoveRecipients edits.RemoveUnits edits.RemoveAreas"
        " edits.ChangeCadres edits.ChangeRecipients edits.ChangeUnits edits.ChangeAreas"
        " edits.LockPairs edits.UnlockPairs edits.BanPairs edits.UnbanPairs edits.AdjustPairs"
        " edits.CloseArea edits.SetPolicy edits.ReplaceTable"
    ),
    "Solving": "solve Progress Tuning warm_up WarmUp Status",
    "Plan": "Plan Plots Stats Diagnosis Shortage Cure",
    "Explanations": "Explanation PairExplanation Price Move Action Rule Change",
    "Diff": "Diff Compared Repriced",
    "What if": "Session Start",
    "Lists": "Answers RoundStatus",
    "Proof": "verify Figures Certificate Level Scope",
    "Rows": "Cadre Recipient Unit Area CurrentPair Lock Ban Adjustment",
    "Policy": "Policy",
    "Errors": (
        "PairmatchError InputError Failure Finding OptionError CostRangeError FlowRangeError"
        " CertificateError PlanFileError StatusError"
    ),
    "Flow": (
        "flow.min_cost_flow flow.FlowResult flow.FlowStatus flow.FlowNetwork flow.reduced_costs"
        " flow.max_flow flow.MaxFlowResult flow.FlowRangeError flow.choose_engine"
        " flow.EngineChoice flow.engine_named flow.ENGINES flow.Engine flow.Session"
        " flow.SimplexSession flow.SimplexStats flow.CostScalingSession flow.ScalingStats"
    ),
}
# public to the rooms, not to those who use the package
_INTERNAL = {
    "flow.FlowResult": ("without_flow", "unbalanced"),
    "flow.FlowNetwork": ("unchecked",),
}
_HEAD = """\
# Python API

This page is made from the docstrings by `python -m tests.docs.api_page`; do not edit it.

Everything here is imported from `pairmatch`: `import pairmatch as pm`, then `pm.solve`. What is
low-level stands in `pm.flow`, which is `pairmatch.flow`. All of it loads when it is first used, so
`import pairmatch` itself takes a few hundredths of a second. The tables say what there is; the
documentation that Sphinx makes has arguments, types, units and errors below each.
"""
_BELOW = {
    "Rows": "Their columns are on the page about [tables](tables.md).\n",
    "Edits": "What each takes is on the page about [edits](../howto/edit_a_problem.md).\n",
    "Policy": "The fields are on the page about the [policy](policy.md).\n",
    "Flow": (
        "What the numbers mean, and which engine to choose, is on the page about [flow](flow.md).\n"
    ),
}


def page() -> str:
    """Return the page as the docstrings have it."""
    parts = [_HEAD]
    for title, names in SECTIONS.items():
        rows = [row for name in names.split() for row in _rows(name)]
        table = ["| name | what |", "|---|---|", *(f"| `{name}` | {what} |" for name, what in rows)]
        directives = [line for name in names.split() for line in _directive(name)]
        parts += [f"## {title}\n", *([_BELOW[title]] if title in _BELOW else []), *table, ""]
        parts += ["```{eval-rst}", *directives, "```\n"]
    return "\n".join(parts).rstrip() + "\n"


def found(name: str) -> Any:
    """Return what is imported by a name."""
    value: Any = pairmatch
    for part in name.split("."):
        value = getattr(value, part)
    return value


def _rows(name: str) -> Iterator[tuple[str, str]]:
    """Yield a name and its methods, each with the first paragraph of its docstring."""
    value = found(name)
    if not callable(value):
        yield name, "the engines by name"
        return
    plain_class = isinstance(value, type) and (issubclass(value, (BaseModel, Enum, Exception)))
    yield name + ("" if isinstance(value, type) else _parameters(value)), _first(value)
    if isinstance(value, type) and (name == "Policy" or not plain_class):
        short = name.rpartition(".")[2]
        for member, raw in vars(value).items():
            if not member.startswith("_") and member not in _INTERNAL.get(name, ()):
                if isinstance(raw, property):
                    yield f"{short}.{member}", _first(raw)
                elif isinstance(raw, (classmethod, staticmethod)) or inspect.isfunction(raw):
                    bound = getattr(value, member)
                    yield f"{short}.{member}{_parameters(bound)}", _first(bound)


def _parameters(function: Any) -> str:
    parameters = inspect.signature(function).parameters.values()
    plain = [
        parameter.replace(annotation=parameter.empty, default=parameter.empty)
        for parameter in parameters
        if parameter.name != "self"
    ]
    return str(inspect.Signature(plain))


def _first(value: Any) -> str:
    text = inspect.getdoc(value) or ""
    return " ".join(text.partition("\n\n")[0].split()).replace("``", "`").replace("|", "\\|")


def _directive(name: str) -> Iterator[str]:
    value = found(name)
    if not callable(value):
        yield f".. py:data:: pairmatch.{name}"
        return
    kind = "class" if isinstance(value, type) else "function"
    if isinstance(value, type) and issubclass(value, Exception):
        kind = "exception"
    yield f".. auto{kind}:: pairmatch.{name}"
    if name == "flow.FlowRangeError":
        # one class of two names: the index has the other one
        yield "   :no-index:"
    if name in _INTERNAL:
        yield f"   :exclude-members: {', '.join(_INTERNAL[name])}"
    if kind == "class" and issubclass(value, Enum):
        yield "   :undoc-members:"
    # what has fields alone says in its own docstring, or on a page of its own, what they mean
    if kind == "class" and name != "Policy" and (issubclass(value, (BaseModel, tuple))):
        yield "   :no-members:"


if __name__ == "__main__":
    PAGE.write_text(page(), encoding="utf-8")
