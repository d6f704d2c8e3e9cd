"""How the processes of `pytest -n` share the tests: what is dear to set up is set up once, and begun first."""

from pathlib import Path
from typing import TYPE_CHECKING, Any

import pytest

if TYPE_CHECKING:
    from xdist.scheduler import LoadScopeScheduling

TESTS = Path(__file__).parent
ROOMS_OF_THE_STACK = {"stack", "race", "local"}
ROOMS = {"infra", *ROOMS_OF_THE_STACK}
ROOMS_OF_SINGLES = {"interleavings"}


def pytest_collection_modifyitems(items: list[pytest.Item]) -> None:
    """Put the longest first, so that no process is left alone with them in the end."""
    items.sort(key=lambda item: item.path.relative_to(TESTS).parts[0] not in ROOMS)


@pytest.hookimpl(optionalhook=True)
def pytest_xdist_make_scheduler(config: pytest.Config, log: Any) -> "LoadScopeScheduling":
    """Keep the tests of the deployed stack in one process, those of the package, and those of most other modules."""
    from xdist.scheduler import LoadScopeScheduling

    class ByWhatTheyShare(LoadScopeScheduling):  # type: ignore[misc]  # the library is not typed
        def _split_scope(self, nodeid: str) -> str:
            module = nodeid.split("::", 1)[0]
            room = Path(module).parts[1]
            if room in ROOMS_OF_SINGLES:
                return nodeid
            return "stack" if room in ROOMS_OF_THE_STACK else room if room in ROOMS else module

    return ByWhatTheyShare(config, log)
