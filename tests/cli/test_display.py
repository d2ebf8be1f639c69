import io
import sys

import pytest
from rich.console import Console
from rich.progress import Progress as Bar

from pairmatch.cli import display as displays
from pairmatch.cli.display import BarDisplay, Lines, open_display
from pairmatch.cli.stopping import Stopping
from pairmatch.limits import Progress


def step(phase: str, done: int = 0, total: int = 0) -> Progress:
    return Progress(phase=phase, done=done, total=total, bound=None, seconds=0.0)


def test_lines_name_each_phase_once_and_count_the_rounds(
    capsys: pytest.CaptureFixture[str],
) -> None:
    lines = Lines(Stopping(), "en")
    lines.phase("reading")
    for _ in range(2):
        lines.update(step("solve"))
        lines.update(step("price", 0, 10))
        lines.update(step("price", 5, 10))
    streams = capsys.readouterr()
    assert streams.out == ""
    assert streams.err.splitlines() == [
        "reading",
        "round 1: solving",
        "round 1: pricing every omitted pair",
        "round 2: solving",
        "round 2: pricing every omitted pair",
    ]


def test_a_long_phase_says_how_far_it_is(
    capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(displays, "_SECONDS_BETWEEN_LINES", 0.0)
    lines = Lines(Stopping(), "en")
    lines.update(step("seed", 0, 4))
    lines.update(step("seed", 1, 4))
    assert capsys.readouterr().err.splitlines() == ["near neighbours", "near neighbours, 25 %"]


def test_a_stop_that_was_asked_for_is_shown(capsys: pytest.CaptureFixture[str]) -> None:
    stopping = Stopping()
    stopping.asked.set()
    Lines(stopping, "en").update(step("plan"))
    assert capsys.readouterr().err.startswith("stopping (from classes back to people)")


def test_a_bar_shows_the_phase_and_what_is_done() -> None:
    screen = io.StringIO()
    with Bar(console=Console(file=screen, force_terminal=True), auto_refresh=False) as bar:
        shown = BarDisplay(Stopping(), "en", bar)
        shown.phase("reading")
        shown.update(step("price", 3, 10))
        (task,) = bar.tasks
        assert (task.completed, task.total) == (3, 10)
        shown.update(step("plan"))
        (task,) = bar.tasks
        assert (task.completed, task.total) == (0, None)
        assert task.description == "from classes back to people"


class Terminal(io.StringIO):
    def isatty(self) -> bool:
        return True


@pytest.mark.parametrize(("has_rich", "kind"), [(True, BarDisplay), (False, Lines)])
def test_a_terminal_gets_a_bar_if_rich_is_there(
    monkeypatch: pytest.MonkeyPatch, has_rich: bool, kind: type
) -> None:
    monkeypatch.setattr(sys, "stderr", Terminal())
    monkeypatch.setattr(displays, "find_spec", lambda _: object() if has_rich else None)
    with open_display(Stopping(), "en") as shown:
        assert isinstance(shown, kind)


def test_anything_else_gets_lines(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(sys, "stderr", io.StringIO())
    with open_display(Stopping(), "en") as shown:
        assert isinstance(shown, Lines)


def test_compiling_is_not_called_solving(capsys: pytest.CaptureFixture[str]) -> None:
    Lines(Stopping(), "en").update(step("compile"))
    assert capsys.readouterr().err == "loading compiled code, or compiling it on first use\n"
