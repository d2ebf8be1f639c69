"""What holds of every plot."""

import os
import re
import subprocess
import sys
from importlib import util
from typing import Any

import matplotlib as mpl
import pytest
from matplotlib.axes import Axes
from matplotlib.figure import Figure

import pairmatch as pm
from tests.report.plots.plans import county, empty, figure_of, stopped, texts

KINDS = ["loads", "distances", "flows"]


def drawn(plan: pm.Plan, kind: str, *arguments: Any, **options: Any) -> Axes:
    ax = getattr(plan.plot, kind)(*arguments, **options)
    assert isinstance(ax, Axes)
    return ax


@pytest.mark.parametrize("kind", KINDS)
def test_the_title_has_status_scope_and_sizes(kind: str) -> None:
    title = drawn(county(), kind).get_title()
    assert "OPTIMAL (ALL_PAIRS: every eligible pair was priced)" in title
    assert "6 cadres, 5 recipients, 5 pairs, 0 cadres not found" in title
    title = drawn(stopped(), kind, language="zh").get_title()
    assert "UNSOLVED" in title
    assert "CANDIDATE_ARCS" in title


@pytest.mark.parametrize("kind", KINDS)
@pytest.mark.parametrize("language", ["en", "zh"])
def test_plans_without_pairs_say_so(kind: str, language: str) -> None:
    for plan in (empty(), stopped()):
        said = {re.sub(r"\s", "", text) for text in texts(drawn(plan, kind, language=language))}
        if kind != "loads" or plan is empty():
            assert said & {"nopairs", "nocadres", "没有结对", "没有干部"}


@pytest.mark.parametrize("kind", KINDS)
def test_given_axes_are_drawn_on(kind: str) -> None:
    figure = Figure()
    left, right = figure.subplots(1, 2)
    assert drawn(county(), kind, right) is right
    assert right.get_title()
    assert not left.get_title()
    assert not left.has_data()
    assert figure.get_layout_engine() is None
    assert len(figure.axes) == 2
    figure_of(right)


@pytest.mark.parametrize("kind", KINDS)
def test_a_title_is_as_wide_as_narrow_axes(kind: str) -> None:
    ax = Figure(figsize=(15, 4)).subplots(1, 3)[1]
    title = drawn(county(), kind, ax).title
    figure = figure_of(ax)
    assert title.get_window_extent().width < 1.3 * ax.get_window_extent().width
    assert figure.get_figwidth() == 15


@pytest.mark.parametrize("kind", KINDS)
def test_settings_stay_and_nothing_is_opened(kind: str) -> None:
    before = dict(mpl.rcParams)
    figure_of(drawn(county(), kind, language="zh"))
    assert dict(mpl.rcParams) == before


def test_neither_pyplot_nor_a_display_is_needed() -> None:
    code = (
        "import sys; from io import BytesIO; from tests.report.plots.plans import county; "
        "plot = county().plot; "
        "[draw().figure.savefig(BytesIO(), format='svg')"
        " for draw in (plot.loads, plot.distances, plot.flows)]; "
        "print('matplotlib.pyplot' in sys.modules)"
    )
    paths = os.pathsep.join(filter(None, sys.path))
    environment = {**os.environ, "MPLBACKEND": "tkagg", "PYTHONPATH": paths}
    for name in ("DISPLAY", "WAYLAND_DISPLAY"):
        environment.pop(name, None)
    ran = subprocess.run(
        [sys.executable, "-c", code], capture_output=True, text=True, env=environment, check=False
    )
    assert (ran.stdout, ran.returncode) == ("False\n", 0), ran.stderr


@pytest.mark.parametrize("kind", KINDS)
def test_matplotlib_that_is_not_installed_is_asked_for(
    kind: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    found = util.find_spec
    monkeypatch.setattr(
        "pairmatch.report.plots.plots.find_spec",
        lambda name: None if name == "matplotlib" else found(name),
    )
    with pytest.raises(pm.OptionError) as error:
        drawn(county(), kind)
    assert error.value.findings[0].code == "missing_package"
    assert "pairmatch-engine[report]" in error.value.text("en")
    assert "pairmatch-engine[report]" in error.value.text("zh")


def test_options_that_cannot_be_honoured_are_told_at_once() -> None:
    with pytest.raises(pm.OptionError) as error:
        drawn(county(), "flows", "no axes", level="hamlet")
    assert [one.column for one in error.value.findings] == ["ax", "level"]
    with pytest.raises(pm.OptionError) as error:
        drawn(county(), "loads", language="fr")
    assert error.value.findings[0].column == "language"


def test_a_policy_of_hostile_labels_is_drawn_as_it_is_written() -> None:
    labels = {"en": "$x_1$ \\frac", "zh": "_甲$"}
    problem = pm.Problem.from_tables(
        cadres={"cadre_id": ["c"], "unit_id": ["u"], "rank": ["staff"]},
        recipients={"recipient_id": ["r"], "category": ["orphan"], "area": ["a"]},
        policy={"labels": {"ranks": {"staff": labels}}},
    )
    plan = pm.solve(problem)
    assert labels["en"] in texts(drawn(plan, "loads"))
    assert len(set(texts(drawn(plan, "loads", language="zh"))) & {labels["zh"], labels["en"]}) == 1
