"""Edits of a plan's problem, solved again from the plan."""

from collections.abc import Iterable, Mapping
from types import TracebackType
from typing import Any, Self, TypeAlias

from pairmatch._solve import solve
from pairmatch.explain.explanation import Explanation
from pairmatch.model.edits import Edit, Scenario
from pairmatch.options import Options
from pairmatch.plan.plan import Plan

AnyEdit: TypeAlias = Edit | Scenario | Mapping[str, Any]


def what_if(plan: Plan, edits: Iterable[AnyEdit], options: Mapping[str, Any]) -> Plan:
    """Solve the edited problem of a plan again, from the plan; see `Plan.what_if`."""
    return solve(plan.problem.edit(*edits), start=plan, **options)


class Session:
    """Keeps what questions about one plan share; see `Plan.session`.

    Each answer starts from the plan, never from another answer: it does not depend on what was
    asked before. A session may be used from several threads at once.
    """

    def __init__(self, plan: Plan) -> None:
        self._plan: Plan | None = plan
        # made once, and kept by the plan and its problem
        plan.digest()
        plan.positions()
        plan.problem.formulation  # noqa: B018  # made when first asked for

    def __enter__(self) -> Self:
        """Return the session."""
        return self

    def __exit__(
        self,
        kind: type[BaseException] | None,
        error: BaseException | None,
        trace: TracebackType | None,
    ) -> None:
        """Let go of what was kept."""
        self._plan = None

    @property
    def plan(self) -> Plan:
        """The plan that all answers start from.

        Raises
        ------
        OptionError
            If the session is closed.
        """
        if self._plan is None:
            options = Options()
            options.refuse("closed_session", "session")
            options.check()
        return self._plan  # type: ignore[return-value]  # checked above

    def what_if(self, *edits: AnyEdit, **options: Any) -> Plan:
        """Return what `Plan.what_if` returns."""
        return what_if(self.plan, edits, options)

    def explain(
        self,
        recipient_id: str | None = None,
        cadre_id: str | None = None,
        *,
        alternatives: int = 5,
    ) -> Explanation:
        """Return what `Plan.explain` returns."""
        return self.plan.explain(recipient_id, cadre_id, alternatives=alternatives)

    def run(self, scenarios: Iterable[Scenario], **options: Any) -> list[Plan]:
        """Return the plan of each scenario, in their order, as `what_if` does.

        All are checked before the first one is solved.

        Raises
        ------
        InputError
            With everything that is wrong in the first scenario that is.
        """
        plan = self.plan
        problems = [plan.problem.edit(scenario) for scenario in scenarios]
        return [solve(problem, start=plan, **options) for problem in problems]
