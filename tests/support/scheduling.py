"""How the processes of `pytest -n` share the tests: an expensive fixture is set up in one process only, and first.

xdist hands tests out by their ids alone, so the group follows from the folder. A test that uses an expensive fixture
outside its group's folders is refused: it would set the fixture up a second time, in silence.
"""

from typing import TYPE_CHECKING, Any

import pytest

if TYPE_CHECKING:
    from xdist.scheduler import LoadScopeScheduling

GROUP_OF_FOLDER = {
    "tests/stack/local/": "runner",
    "tests/stack/": "stack",
    "tests/unit/infra/": "package",
    "tests/concurrency/races/": "races",
}
"""The first that fits. Each group has an emulator of its own, so that groups do not disturb each other."""

GROUP_OF_FIXTURE = {
    "newcomer": "runner",
    "stack": "stack",
    "package_dir": "package",
    "emulator_url": "package",
    "dynamodb_url": "races",
}
"""Session fixtures that take long to set up, and the group of the tests that use them."""

ORDER = ["stack", "package", "runner", "races", None]
"""The longest first; the two that start a whole stack do not do so at once."""

LAST_OF_GROUP = "tests/stack/races/"
"""Many requests at once, each with its deadline: they wait until the other groups have started their stacks."""

SPREAD = ("tests/concurrency/interleavings/",)
"""Folders whose tests are long and share nothing: each may run in a process of its own."""


def group_of(nodeid: str) -> str | None:
    """Return the group that a test belongs to by its folder, None for one that shares nothing expensive."""
    return next((group for folder, group in GROUP_OF_FOLDER.items() if nodeid.startswith(folder)), None)


def scope_of(nodeid: str) -> str:
    """Return what is handed out as one piece: the test's group, the test alone, or its module."""
    return group_of(nodeid) or (nodeid if nodeid.startswith(SPREAD) else nodeid.split("::", 1)[0])


def misplaced(nodeid: str, fixtures: list[str]) -> list[str]:
    """Return the expensive fixtures that a test uses outside the folders of their group."""
    group = group_of(nodeid)
    return [name for name in fixtures if name in GROUP_OF_FIXTURE and GROUP_OF_FIXTURE[name] != group]


def pytest_collection_modifyitems(items: list[pytest.Item]) -> None:
    """Put the groups first, in their order, so that no process is left alone with one. Raises UsageError."""
    for item in items:
        if wrong := misplaced(item.nodeid, getattr(item, "fixturenames", [])):
            raise pytest.UsageError(f"{item.nodeid} uses {', '.join(wrong)}: move it to a folder of that group")
    items.sort(key=lambda item: (ORDER.index(group_of(item.nodeid)), item.nodeid.startswith(LAST_OF_GROUP)))


@pytest.hookimpl(optionalhook=True)
def pytest_xdist_make_scheduler(config: pytest.Config, log: Any) -> "LoadScopeScheduling":
    """Hand out a whole group at a time, and module by module what is in none."""
    from xdist.scheduler import LoadScopeScheduling

    class ByGroupOrModule(LoadScopeScheduling):  # type: ignore[misc]  # the library is not typed
        def _split_scope(self, nodeid: str) -> str:
            return scope_of(nodeid)

    return ByGroupOrModule(config, log)
