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
    from pairmatch._solve import solve as solve
    from pairmatch.column_generation import Progress as Progress
    from pairmatch.errors import (
        CertificateError as CertificateError,
    )
    from pairmatch.errors import (
        CostRangeError as CostRangeError,
    )
    from pairmatch.errors import (
        FlowRangeError as FlowRangeError,
    )
    from pairmatch.errors import (
        InputError as InputError,
    )
    from pairmatch.errors import (
        OptionError as OptionError,
    )
    from pairmatch.errors import (
        PairmatchError as PairmatchError,
    )
    from pairmatch.errors import (
        PlanFileError as PlanFileError,
    )
    from pairmatch.model import (
        Adjustment as Adjustment,
    )
    from pairmatch.model import (
        Area as Area,
    )
    from pairmatch.model import (
        Ban as Ban,
    )
    from pairmatch.model import (
        Cadre as Cadre,
    )
    from pairmatch.model import (
        CurrentPair as CurrentPair,
    )
    from pairmatch.model import (
        Lock as Lock,
    )
    from pairmatch.model import (
        Policy as Policy,
    )
    from pairmatch.model import (
        Recipient as Recipient,
    )
    from pairmatch.model import (
        Status as Status,
    )
    from pairmatch.model import (
        Unit as Unit,
    )
    from pairmatch.plan import Plan as Plan
    from pairmatch.tables import Problem as Problem
    from pairmatch.tables import read_problem as read_problem

# silent until the application that imports this sets up logging
logging.getLogger("pairmatch").addHandler(logging.NullHandler())

_HOME = {
    **dict.fromkeys(
        (
            "CertificateError",
            "CostRangeError",
            "FlowRangeError",
            "InputError",
            "OptionError",
            "PairmatchError",
            "PlanFileError",
        ),
        "pairmatch.errors",
    ),
    **dict.fromkeys(
        (
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
        "pairmatch.model",
    ),
    "Plan": "pairmatch.plan",
    "Problem": "pairmatch.tables",
    "Progress": "pairmatch.column_generation",
    "read_problem": "pairmatch.tables",
    "solve": "pairmatch._solve",
}

__all__ = [*sorted(_HOME), "__version__"]  # noqa: PLE0604  # names are strings: keys of _HOME


def __getattr__(name: str) -> Any:
    """Load a public name when it is first used, so that importing pairmatch stays quick."""
    if name == "__version__":
        from importlib.metadata import version  # noqa: PLC0415  # metadata is slow to import

        return version("pairmatch-engine")
    if name in _HOME:
        return getattr(import_module(_HOME[name]), name)
    raise AttributeError(f"module 'pairmatch' has no attribute {name!r}")


def __dir__() -> list[str]:
    """List the public names."""
    return list(__all__)
