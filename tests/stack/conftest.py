"""The people of the demo accounts, the AI's stand-in, and a subscriber of the events: all on the one deployed stack."""

from collections.abc import Callable, Iterator

import pytest

from infra.local.api import Api
from infra.local.deployed import DeployedStack
from infra.local.site import Site
from tests.support.stack.event_listener import Listener, listening
from tests.support.stack.psa_control import Sandbox, linked
from tests.support.stack.rehearsal_switch import RehearsalSwitch


def _signed_in(handle: str) -> Callable[[DeployedStack], Iterator[Api]]:
    @pytest.fixture(scope="session", name=handle)
    def api(stack: DeployedStack) -> Iterator[Api]:
        with stack.api(handle) as api:
            yield api

    return api


jane, joe, sam, alex, olga, vic, hank = map(_signed_in, ("jane", "joe", "sam", "alex", "olga", "vic", "hank"))


@pytest.fixture(scope="session")
def rehearsal(stack: DeployedStack, stack_site: Site) -> RehearsalSwitch:
    """The stack's rehearsal model, which can be told to fail."""
    return RehearsalSwitch(stack_site.rehearsal_url)


@pytest.fixture(scope="session")
def listener(stack: DeployedStack) -> Iterator[Listener]:
    """Somebody who subscribed to the topic of handoff events, as a PSA's script would."""
    with listening(stack) as listener:
        yield listener


@pytest.fixture(scope="session")
def sandbox(stack: DeployedStack, stack_site: Site) -> Sandbox:
    """The three PSAs beside the stack; nobody is linked to them until a test does it."""
    return Sandbox(stack_site.psa_url)


@pytest.fixture(scope="module")
def links(stack: DeployedStack, olga: Api, sandbox: Sandbox) -> Iterator[None]:
    """The account of olga's linked to the three PSAs, in both directions."""
    with linked(stack, olga, sandbox):
        yield
