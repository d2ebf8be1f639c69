"""``pairmatch status``: how far a round of confirmation is."""

from argparse import Namespace

from pairmatch.cli.answer import Answer, ExitCode
from pairmatch.cli.display import Display
from pairmatch.cli.limits import read_limits
from pairmatch.cli.stopping import Stopping
from pairmatch.lists.answers import Answers
from pairmatch.model.edits import Scenario, read_scenario
from pairmatch.plan import Plan

_SCENARIOS = (".yaml", ".yml", ".json")


def run(arguments: Namespace, _stopping: Stopping, display: Display) -> Answer:
    """Count what is confirmed, rejected and open, and say whom to chase."""
    display.phase("read_plan")
    plan = Plan.load(arguments.plan, **read_limits(arguments))
    answers: Answers | Scenario | None = None
    given = arguments.answers
    if len(given) == 1 and given[0].suffix.lower() in _SCENARIOS:
        answers = read_scenario(given[0])
    elif given:
        display.phase("read_answers")
        answers = plan.answers(given, **read_limits(arguments))
    status = plan.round_status(answers)
    return Answer(ExitCode.DONE, status.text(arguments.lang), status.summary())
