"""How the processes of `pytest -n` share the tests: an expensive fixture is set up in one process only, and first.

The group of a test follows from what it uses, not from where its file is: tests that need the deployed stack form one
group, tests that need the packaged app another, and all others go module by module. A module whose tests may each run
in a process of their own says so with `pytestmark = pytest.mark.spread`.
"""

from typing import TYPE_CHECKING, Any

import pytest

if TYPE_CHECKING:
    from xdist.scheduler import LoadScopeScheduling

GROUP_OF_FIXTURE = {"stack": "stack", "newcomer": "stack", "package_dir": "package", "emulator_url": "package"}
"""Session fixtures that take long to set up, and the group of the tests that use them."""


def group_of(item: pytest.Item) -> str | None:
    """Return the group of a test that uses an expensive fixture, None for one that uses none."""
    used: list[str] = getattr(item, "fixturenames", [])
    return next((group for fixture, group in GROUP_OF_FIXTURE.items() if fixture in used), None)


@pytest.hookimpl(tryfirst=True)  # xdist reads the marks in a hook of the same name
def pytest_collection_modifyitems(items: list[pytest.Item]) -> None:
    """Mark each group for xdist, and put the groups first, so that no process is left alone with them at the end."""
    for item in items:
        if group := group_of(item):
            item.add_marker(pytest.mark.xdist_group(group))
        elif item.get_closest_marker("spread"):
            item.add_marker(pytest.mark.xdist_group(item.nodeid.replace("@", "_").replace("]", "_")))
    items.sort(key=lambda item: group_of(item) is None)


@pytest.hookimpl(optionalhook=True)
def pytest_xdist_make_scheduler(config: pytest.Config, log: Any) -> "LoadScopeScheduling":
    """Hand out a whole group at a time, and module by module what is in none."""
    from xdist.scheduler import LoadScopeScheduling

    class ByGroupOrModule(LoadScopeScheduling):  # type: ignore[misc]  # the library is not typed
        def _split_scope(self, nodeid: str) -> str:
            if nodeid.rfind("@") > nodeid.rfind("]"):  # `--dist loadgroup` appends the group
                return nodeid.rpartition("@")[2]
            return nodeid.split("::", 1)[0]

    return ByGroupOrModule(config, log)
