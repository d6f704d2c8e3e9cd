"""Reports of tests besides pass or fail: figures and tables, shown at the end of the run."""

from collections.abc import Callable
from typing import Any

import pytest

REPORTED = pytest.StashKey[dict[str, list[str]]]()

Report = Callable[[str, str], None]


@pytest.fixture(scope="session")
def report(request: pytest.FixtureRequest) -> Report:
    """Add a line under a heading; it is shown whether the test passes or not."""
    lines_by_heading = request.config.stash.setdefault(REPORTED, {})
    return lambda heading, line: lines_by_heading.setdefault(heading, []).append(line)


def pytest_sessionfinish(session: pytest.Session) -> None:
    """Pass the reports of a worker process on to the main one."""
    if hasattr(session.config, "workeroutput"):
        session.config.workeroutput["told"] = session.config.stash.get(REPORTED, {})


@pytest.hookimpl(optionalhook=True)
def pytest_testnodedown(node: Any) -> None:
    """Keep what such a process hands on; one that crashed has nothing."""
    lines_by_heading = node.config.stash.setdefault(REPORTED, {})
    for heading, lines in getattr(node, "workeroutput", {}).get("told", {}).items():
        lines_by_heading.setdefault(heading, []).extend(lines)


def pytest_terminal_summary(terminalreporter: pytest.TerminalReporter, config: pytest.Config) -> None:
    """Show the reports."""
    for heading, lines in config.stash.get(REPORTED, {}).items():
        terminalreporter.section(heading)
        for line in lines:
            terminalreporter.write_line(line)
