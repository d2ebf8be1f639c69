"""``pairmatch explain``: why a pair is made or not, and what it would cost."""

from argparse import Namespace

from pairmatch.cli.answer import Answer, ExitCode
from pairmatch.cli.display import Display
from pairmatch.cli.limits import read_limits
from pairmatch.cli.stopping import Stopping
from pairmatch.plan import Plan


def run(arguments: Namespace, _stopping: Stopping, display: Display) -> Answer:
    """Explain a pair, a recipient or a cadre of a saved plan."""
    display.phase("read_plan")
    plan = Plan.load(arguments.plan, **read_limits(arguments))
    display.phase("explain")
    cadre = arguments.cadre if arguments.cadre_alone is None else arguments.cadre_alone
    found = plan.explain(arguments.recipient, cadre, alternatives=arguments.alternatives)
    return Answer(ExitCode.DONE, found.text(arguments.lang), found.document(arguments.lang))
