"""What tests have to tell beside pass or fail: figures and tables, shown when all are over."""

from collections.abc import Callable
from typing import Any

import pytest

TOLD = pytest.StashKey[dict[str, list[str]]]()

Tell = Callable[[str, str], None]


@pytest.fixture(scope="session")
def tell(request: pytest.FixtureRequest) -> Tell:
    """Add a line under a heading; it is shown whether the test passes or not."""
    told = request.config.stash.setdefault(TOLD, {})
    return lambda heading, line: told.setdefault(heading, []).append(line)


def pytest_sessionfinish(session: pytest.Session) -> None:
    """One of several processes that share the tests hands on what it was told."""
    if hasattr(session.config, "workeroutput"):
        session.config.workeroutput["told"] = session.config.stash.get(TOLD, {})


@pytest.hookimpl(optionalhook=True)
def pytest_testnodedown(node: Any) -> None:
    """Keep what such a process hands on; one that crashed has nothing."""
    told = node.config.stash.setdefault(TOLD, {})
    for heading, lines in getattr(node, "workeroutput", {}).get("told", {}).items():
        told.setdefault(heading, []).extend(lines)


def pytest_terminal_summary(terminalreporter: pytest.TerminalReporter, config: pytest.Config) -> None:
    """Show what was told."""
    for heading, lines in config.stash.get(TOLD, {}).items():
        terminalreporter.section(heading)
        for line in lines:
            terminalreporter.write_line(line)
