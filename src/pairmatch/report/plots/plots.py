"""What `Plan.plot` returns."""

from importlib.util import find_spec
from typing import TYPE_CHECKING

from pairmatch.errors import check_language
from pairmatch.model.places import AREA_LEVELS
from pairmatch.options import Options
from pairmatch.plan import Plan

if TYPE_CHECKING:
    from matplotlib.axes import Axes


class Plots:
    """Draws a plan on matplotlib axes.

    Every method draws on ``ax``, or on axes of a new figure, and returns the axes; the figure is
    ``ax.figure``. No setting of matplotlib is changed, nothing is shown, and no display is needed.
    A text for which no font on this machine has the characters is drawn in English, and a name as
    its code or its number.
    """

    def __init__(self, plan: Plan) -> None:
        self._plan = plan

    def loads(self, ax: "Axes | None" = None, language: str = "en") -> "Axes":
        """Draw how many cadres have how many recipients, by rank, and their capacity.

        Parameters
        ----------
        ax
            Where to draw; None for a new figure.
        language
            ``"en"`` or ``"zh"``.

        Raises
        ------
        OptionError
            If matplotlib is not installed, or an option cannot be honoured.
        """
        _check(ax, language)
        from pairmatch.report.plots.loads import draw_loads  # noqa: PLC0415  # loads an extra

        return draw_loads(self._plan, ax, language)

    def distances(self, ax: "Axes | None" = None, language: str = "en") -> "Axes":
        """Draw how many pairs are how far apart, by category; with median and 90th percentile.

        Distances are kilometres with the detour.

        Parameters
        ----------
        ax
            Where to draw; None for a new figure.
        language
            ``"en"`` or ``"zh"``.

        Raises
        ------
        OptionError
            If matplotlib is not installed, or an option cannot be honoured.
        """
        _check(ax, language)
        from pairmatch.report.plots.distances import draw_distances  # noqa: PLC0415  # the same

        return draw_distances(self._plan, ax, language)

    def flows(
        self, ax: "Axes | None" = None, language: str = "en", *, level: str | None = None
    ) -> "Axes":
        """Draw a matrix of areas: from where cadres work to where recipients live.

        Parameters
        ----------
        ax
            Where to draw; None for a new figure.
        language
            ``"en"`` or ``"zh"``.
        level
            Of the areas: ``"province"``, ``"prefecture"``, ``"county"``, ``"township"`` or
            ``"village"``. None for the lowest with at most 30 areas a side. An area above the level
            stands for itself.

        Raises
        ------
        OptionError
            If matplotlib is not installed, or an option cannot be honoured.
        """
        _check(ax, language, level)
        from pairmatch.report.plots.flows import draw_flows  # noqa: PLC0415  # the same

        return draw_flows(self._plan, ax, language, level)


def _check(ax: object, language: str, level: str | None = None) -> None:
    check_language(language)
    options = Options()
    if find_spec("matplotlib") is None:
        options.refuse(
            "missing_package.plots",
            "plot",
            package="matplotlib",
            extra="pairmatch-engine[report]",
        )
    elif ax is not None:
        from matplotlib.axes import Axes  # noqa: PLC0415  # an extra

        options.instance("ax", ax, Axes, "axes_or_none")
    if level is not None:
        options.one_of("level", level, AREA_LEVELS)
    options.check()
