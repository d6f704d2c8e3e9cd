"""What tests have to tell beside pass or fail: figures and tables, shown when all are over."""

from collections.abc import Callable

import pytest

TOLD = pytest.StashKey[dict[str, list[str]]]()

Tell = Callable[[str, str], None]


@pytest.fixture(scope="session")
def tell(request: pytest.FixtureRequest) -> Tell:
    """Add a line under a heading; it is shown whether the test passes or not."""
    told = request.config.stash.setdefault(TOLD, {})
    return lambda heading, line: told.setdefault(heading, []).append(line)


def pytest_terminal_summary(terminalreporter: pytest.TerminalReporter, config: pytest.Config) -> None:
    """Show what was told."""
    for heading, lines in config.stash.get(TOLD, {}).items():
        terminalreporter.section(heading)
        for line in lines:
            terminalreporter.write_line(line)
