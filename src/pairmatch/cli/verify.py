"""``pairmatch verify``: the independent check of a plan."""

from argparse import Namespace

from pairmatch.cli.answer import Answer, ExitCode
from pairmatch.cli.display import Display
from pairmatch.cli.limits import read_limits
from pairmatch.cli.stopping import Stopping
from pairmatch.plan import Plan
from pairmatch.report.figures import figures_document, figures_text


def run(arguments: Namespace, _stopping: Stopping, display: Display) -> Answer:
    """Check a plan against its tables; one that does not hold raises `CertificateError`.

    The exit code says whether the certificate holds, whatever the plan leaves open.
    """
    display.phase("read_plan")
    plan = Plan.load(arguments.plan, **read_limits(arguments))
    display.phase("verify")
    figures = plan.verify()
    return Answer(ExitCode.DONE, figures_text(figures, arguments.lang), figures_document(figures))
