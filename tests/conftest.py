"""Rules of the whole suite: skips are listed by name, and under CI=true only the allowed ones may happen."""

from __future__ import annotations

import os
from pathlib import Path

import pytest

ROOT = Path(__file__).parent.parent

ALLOWED_SKIPS = (
    "KAZUS_SHARED is not set",  # the outside corpora are not part of the project
)


@pytest.fixture(scope="session")
def shared() -> Path:
    """The folder of outside corpora; the test is skipped, by an allowed name, where there is none."""
    place = os.environ.get("KAZUS_SHARED")
    if not place:
        pytest.skip("KAZUS_SHARED is not set")
    return Path(place)


@pytest.fixture(autouse=True)
def _no_inherited_settings(monkeypatch: pytest.MonkeyPatch) -> None:
    """A developer's own KAZUS_* settings must not change what tests see."""
    for name in list(os.environ):
        if name.startswith("KAZUS_") and name != "KAZUS_SHARED":
            monkeypatch.delenv(name)


def pytest_terminal_summary(terminalreporter: pytest.TerminalReporter) -> None:
    skipped = terminalreporter.stats.get("skipped", [])
    refused = [report for report in skipped if not _allowed(report)]
    if refused:
        terminalreporter.section("skips not allowed by name")
        for report in refused:
            terminalreporter.line(f"{report.nodeid}: {report.longrepr}")


def pytest_sessionfinish(session: pytest.Session) -> None:
    reporter = session.config.pluginmanager.get_plugin("terminalreporter")
    if os.environ.get("CI") != "true" or not isinstance(reporter, pytest.TerminalReporter):
        return
    if any(not _allowed(report) for report in reporter.stats.get("skipped", [])):
        session.exitstatus = pytest.ExitCode.TESTS_FAILED


def _allowed(report: pytest.TestReport) -> bool:
    reason = report.longrepr[2] if isinstance(report.longrepr, tuple) else str(report.longrepr)
    return any(allowed in reason for allowed in ALLOWED_SKIPS)
