"""Pair cadres with people in need: optimal, proven over all pairs, and able to say why.

>>> import pairmatch as pm
>>> problem = pm.Problem.from_tables(
...     cadres={"cadre_id": ["c1", "c2"], "unit_id": ["u", "u"], "rank": ["bureau", "staff"]},
...     recipients={"recipient_id": ["r1"], "category": ["orphan"], "area": ["a"]},
... )
>>> plan = pm.solve(problem)
>>> plan.status.name, plan.pairs.column("cadre_id").to_pylist()
('OPTIMAL', ['c1'])
"""

import logging
from importlib import import_module
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from pairmatch import flow as flow
    from pairmatch.model import edits as edits
    from pairmatch.model.edits import Scenario as Scenario, read_scenario as read_scenario
    from pairmatch._solve import solve as solve
    from pairmatch._warm_up import WarmUp as WarmUp
    from pairmatch._warm_up import warm_up as warm_up
    from pairmatch.limits import Progress as Progress
    from pairmatch.tuning import Tuning as Tuning
    from pairmatch.errors import (
        CertificateError as CertificateError,
        CostRangeError as CostRangeError,
        Failure as Failure,
        Finding as Finding,
        FlowRangeError as FlowRangeError,
        InputError as InputError,
        OptionError as OptionError,
        PairmatchError as PairmatchError,
        PlanFileError as PlanFileError,
        StatusError as StatusError,
    )
    from pairmatch.model import (
        Adjustment as Adjustment,
        Area as Area,
        Ban as Ban,
        Cadre as Cadre,
        CurrentPair as CurrentPair,
        Lock as Lock,
        Policy as Policy,
        Recipient as Recipient,
        Status as Status,
        Unit as Unit,
    )
    from pairmatch.diagnosis import (
        Cure as Cure,
        Diagnosis as Diagnosis,
        Shortage as Shortage,
    )
    from pairmatch.explain.explanation import Explanation as Explanation
    from pairmatch.explain.pair import PairExplanation as PairExplanation
    from pairmatch.explain.price import Action as Action, Move as Move, Price as Price
    from pairmatch.explain.rules import Change as Change, Rule as Rule
    from pairmatch.explain.differences import (
        Compared as Compared,
        Diff as Diff,
        Repriced as Repriced,
    )
    from pairmatch.lists.answers import Answers as Answers
    from pairmatch.lists.round_status import RoundStatus as RoundStatus
    from pairmatch.plan import Plan as Plan, Stats as Stats
    from pairmatch.proof import (
        Certificate as Certificate,
        Figures as Figures,
        Level as Level,
        Scope as Scope,
        verify as verify,
    )
    from pairmatch.model.notes import Note as Note
    from pairmatch.model.start import Start as Start
    from pairmatch.tables.doubts.doubt import Doubt as Doubt
    from pairmatch.tables.parts import Parts as Parts
    from pairmatch.whatif import Session as Session
    from pairmatch.workbooks.template import write_template as write_template
    from pairmatch.report.plots.plots import Plots as Plots
    from pairmatch.problem import Problem as Problem, read_problem as read_problem

# silent until the application that imports this sets up logging
logging.getLogger("pairmatch").addHandler(logging.NullHandler())

# modules that public names come from; they load when one of their names is first used
_NAMES = {
    "pairmatch._solve": ("solve",),
    "pairmatch._warm_up": ("WarmUp", "warm_up"),
    "pairmatch.limits": ("Progress",),
    "pairmatch.tuning": ("Tuning",),
    "pairmatch.errors": (
        "CertificateError",
        "CostRangeError",
        "Failure",
        "Finding",
        "FlowRangeError",
        "InputError",
        "OptionError",
        "PairmatchError",
        "PlanFileError",
        "StatusError",
    ),
    "pairmatch.model": (
        "Adjustment",
        "Area",
        "Ban",
        "Cadre",
        "CurrentPair",
        "Lock",
        "Policy",
        "Recipient",
        "Status",
        "Unit",
    ),
    "pairmatch.model.edits": ("Scenario", "read_scenario"),
    "pairmatch.diagnosis": ("Cure", "Diagnosis", "Shortage"),
    "pairmatch.explain.explanation": ("Explanation",),
    "pairmatch.explain.pair": ("PairExplanation",),
    "pairmatch.explain.price": ("Action", "Move", "Price"),
    "pairmatch.explain.rules": ("Change", "Rule"),
    "pairmatch.explain.differences": ("Compared", "Diff", "Repriced"),
    "pairmatch.lists.answers": ("Answers",),
    "pairmatch.lists.round_status": ("RoundStatus",),
    "pairmatch.plan": ("Plan", "Stats"),
    "pairmatch.proof": ("Certificate", "Figures", "Level", "Scope", "verify"),
    "pairmatch.model.notes": ("Note",),
    "pairmatch.model.start": ("Start",),
    "pairmatch.tables.doubts.doubt": ("Doubt",),
    "pairmatch.tables.parts": ("Parts",),
    "pairmatch.whatif": ("Session",),
    "pairmatch.workbooks.template": ("write_template",),
    "pairmatch.report.plots.plots": ("Plots",),
    "pairmatch.problem": ("Problem", "read_problem"),
}
_HOME = {name: module for module, names in _NAMES.items() for name in names}

__all__ = [*sorted(_HOME), "__version__", "edits", "flow"]  # noqa: PLE0604  # names are strings: keys of _HOME


def __getattr__(name: str) -> Any:
    """Load a public name when it is first used, so that importing pairmatch stays quick."""
    if name == "__version__":
        from importlib.metadata import version  # noqa: PLC0415  # metadata is slow to import

        return version("pairmatch-engine")
    if name == "flow":
        return import_module("pairmatch.flow")
    if name == "edits":
        return import_module("pairmatch.model.edits")
    if name in _HOME:
        return getattr(import_module(_HOME[name]), name)
    raise AttributeError(f"module 'pairmatch' has no attribute {name!r}")


def __dir__() -> list[str]:
    """List the public names."""
    return list(__all__)
