"""What a later solve takes over from a plan: pairs and dual values, by person."""

from collections.abc import Iterable
from numbers import Integral, Real
from typing import NamedTuple

import numpy as np
import pyarrow as pa

from pairmatch.arrays import BoolArray, IntArray
from pairmatch.formulate.restart import StartPairs
from pairmatch.model.start import Start
from pairmatch.model.status import Status
from pairmatch.options import Options
from pairmatch.plan.plan import Plan
from pairmatch.problem import Problem
from pairmatch.proof.certificate import Certificate
from pairmatch.transport.levels import EarlierDuals

# as far as a policy's numbers go
_MOST_KM = 100_000


class _Map(NamedTuple):
    """Where people stand in two problems, shape ``(people,)`` each, -1 where they do not."""

    before: IntArray
    after: IntArray


def check_start(
    start: object, only: object, most_changes: object, change_km: object
) -> Start | None:
    """Check the options of a re-solve, and return what it begins with; None without a start.

    Raises
    ------
    OptionError
        With every option that is of a wrong type or out of range, or needs a start.
    """
    options = Options()
    if start is not None:
        options.instance("start", start, Plan, "plan_or_none")
        if isinstance(start, Plan) and start.status is Status.UNSOLVED:
            options.refuse("unsolved_plan", "start")
    names = _names(only, options)
    if most_changes is not None:
        options.integer("most_changes", most_changes, 0, "changes_or_none")
    options.number("change_km", change_km, "kilometres", lambda km: 0 <= km <= _MOST_KM)
    if start is None:
        for name, given in (("only", only), ("most_changes", most_changes)):
            if given is not None:
                options.refuse("needs_start", name)
        if change_km:
            options.refuse("needs_start", "change_km")
    options.check()
    if not isinstance(start, Plan):
        return None
    return Start(
        pairs=start.pairs.select(["recipient_id", "cadre_id"]),
        digest=start.digest(),
        only=names,
        most_changes=int(most_changes) if isinstance(most_changes, Integral) else None,
        change_m=round(float(change_km) * 1000) if isinstance(change_km, Real) else 0,
    )


def _names(only: object, options: Options) -> tuple[str, ...] | None:
    if only is None:
        return None
    if isinstance(only, str) or not isinstance(only, Iterable):
        options.refuse("wrong_type.names", "only", given=type(only).__name__)
        return None
    names = tuple(only)
    if not all(isinstance(name, str) for name in names):
        options.refuse("wrong_type.names", "only", given=type(only).__name__)
    return names


def carried_over(plan: Plan, problem: Problem) -> tuple[StartPairs, EarlierDuals | None]:
    """Return the pairs and the dual values of a plan at positions of another problem.

    Returns
    -------
    pairs, duals
        No duals where nothing was proven by any.
    """
    of_cadres, of_recipients = problem.positions_before(plan.problem)
    cadres = _mapped(of_cadres, plan.problem.cadres.num_rows)
    recipients = _mapped(of_recipients, plan.problem.recipients.num_rows)
    cadre, recipient = plan.positions()
    pairs = StartPairs(cadres.after[cadre], recipients.after[recipient])
    level = _level_in_metres(plan)
    if level is None:
        return pairs, None
    return pairs, _duals(plan.certificate, level, cadres, recipients)


def _level_in_metres(plan: Plan) -> str | None:
    """Return the name of the last level whose dual values are in metre-equivalents."""
    in_metres = {level.name for level in plan.problem.policy.objective if level.in_metres}
    names = [entry.level for entry in plan.certificate.levels if entry.level in in_metres]
    return names[-1] if names else None


def _duals(certificate: Certificate, level: str, cadres: _Map, recipients: _Map) -> EarlierDuals:
    def spread(table: pa.Table, before: IntArray) -> tuple[IntArray, BoolArray]:
        values = np.append(table.column(level).to_numpy(), 0)[before]
        return values, before >= 0

    u, has_cadre = spread(certificate.cadre_duals, cadres.before)
    v, has_recipient = spread(certificate.recipient_duals, recipients.before)
    return EarlierDuals(u, v, has_cadre, has_recipient)


def _mapped(was_at: IntArray, before: int) -> _Map:
    there = np.flatnonzero(was_at >= 0)
    now_at = np.full(before, -1, dtype=np.int64)
    now_at[was_at[there]] = there
    return _Map(was_at, now_at)
