"""Lets a run fail if a test is skipped that nobody has listed, with a reason.

It does so where the environment variable PAIRMATCH_SKIPS names a file. The file has a line for each
test that may be skipped: its id, or the beginning of it, then `` # `` and why.
"""

import os
from pathlib import Path

import pytest

VARIABLE = "PAIRMATCH_SKIPS"


def register(config: pytest.Config) -> None:
    """Watch for skips, if a file lists those that are allowed."""
    path = os.environ.get(VARIABLE)
    if path:
        config.pluginmanager.register(_Watch(_listed(Path(path))), "unlisted_skips")


def _listed(path: Path) -> tuple[str, ...]:
    """Return the beginnings of ids that may be skipped."""
    lines = [line.strip() for line in path.read_text(encoding="utf-8").splitlines()]
    entries = [line.partition(" # ") for line in lines if line and not line.startswith("#")]
    without = [name for name, _, reason in entries if not reason.strip()]
    if without:
        raise pytest.UsageError(f"{path}: no reason is given for {', '.join(without)}")
    return tuple(name.strip() for name, _, _ in entries)


class _Watch:
    def __init__(self, allowed: tuple[str, ...]) -> None:
        self._allowed = allowed
        self._unlisted: list[str] = []

    def pytest_runtest_logreport(self, report: pytest.TestReport) -> None:
        self._look(report)

    def pytest_collectreport(self, report: pytest.CollectReport) -> None:
        self._look(report)

    def _look(self, report: pytest.TestReport | pytest.CollectReport) -> None:
        # a test that is expected to fail is reported as skipped, too
        is_skip = report.skipped and not hasattr(report, "wasxfail")
        if is_skip and not report.nodeid.startswith(self._allowed):
            self._unlisted.append(report.nodeid)

    def pytest_sessionfinish(self, session: pytest.Session) -> None:
        if self._unlisted and session.exitstatus == pytest.ExitCode.OK:
            session.exitstatus = pytest.ExitCode.TESTS_FAILED

    def pytest_terminal_summary(self, terminalreporter: pytest.TerminalReporter) -> None:
        if self._unlisted:
            terminalreporter.section("skipped, and not listed", red=True)
            for nodeid in self._unlisted:
                terminalreporter.line(nodeid)
