"""The rehearsal model in the test's own process, on a port of its own."""

from collections.abc import Iterator
from contextlib import contextmanager
from typing import Protocol

from infra.local.rehearsal_model import RehearsalModel
from infra.local.rehearsal_model.faults import Fault
from tests.support.servers.serving import serving


class Configure(Protocol):
    """Sets variables of the environment and has the settings read again."""

    def __call__(self, **variables: str) -> None: ...


@contextmanager
def a_rehearsal_model() -> Iterator[RehearsalModel]:
    """Yield a model that answers, and stop it in the end."""
    with serving(RehearsalModel()) as model:
        yield model


def forget_connections() -> None:
    """Close what this process keeps open to the AI, as its server is gone or about to go."""
    from chalicelib.adapters.ai import messages_api
    from chalicelib.adapters.deadline import within

    within(5, messages_api._connections().aclose())
    messages_api._connections.cache_clear()


def a_fault(kind: str, **changes: object) -> Fault:
    """A fault that lasts; statuses ask for no pause to speak of, so that retries cost a test no time."""
    pause = {"retry_after_s": 0.001} if kind.isdigit() else {}
    return Fault.model_validate({"kind": kind, **pause, **changes})
