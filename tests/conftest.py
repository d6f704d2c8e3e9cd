"""What every test shares. What is heavy to import is imported by the tests that need it."""

import gc
import os
import sys
import zoneinfo
from collections.abc import Iterator
from functools import cache
from typing import TYPE_CHECKING

import pytest
from hypothesis import settings

if TYPE_CHECKING:
    from infra.local.rehearsal_model import RehearsalModel
    from tests.support.dynamodb.recorder import Recorder
    from tests.support.topic import Topic

# Here, as fixtures that are imported into two places would bring two stacks up.
pytest_plugins = ["tests.support.stack_fixture", "tests.support.reporting", "tests.support.scheduling"]

os.environ.setdefault("STAGE", "local")  # elsewhere the neighbors that tests play on this machine may not be called

os.environ["PYTHONTZPATH"] = ""  # for processes of tests; this one has read it already
zoneinfo.reset_tzpath(to=())

settings.register_profile("ci", derandomize=True, deadline=None, print_blob=True)
settings.load_profile("ci")


def pytest_collection_finish() -> None:
    """Set up the process for many tests, once what they import is there.

    What collection made is left out of each later garbage collection: going over it again was a fifth of the time.
    HTTP clients share one set of authorities: each client read them from disk for itself, 45 ms of CPU.
    """
    gc.collect()
    gc.freeze()
    gc.set_threshold(20_000, 50, 100)
    if "httpx2" in sys.modules:
        import httpcore2

        httpcore2.default_ssl_context = cache(httpcore2.default_ssl_context)


@pytest.fixture
def tables() -> Iterator[None]:
    """The tables of the template, empty, on moto, and settings that name them."""
    from tests.support.tables import empty_tables

    with empty_tables():
        yield


@pytest.fixture
def recorder(tables: None) -> Iterator["Recorder"]:
    """What goes between the DynamoDB client and those tables."""
    from tests.support.dynamodb.recorder import recording_requests

    with recording_requests() as recorder:
        yield recorder


@pytest.fixture(scope="session")
def serving_ai() -> Iterator["RehearsalModel"]:
    """The rehearsal model as one server for all tests; the AI's SDK, slow to import, is there before the first asks."""
    import chalicelib.adapters.ai.messages_api  # noqa: F401
    from tests.support.servers.rehearsal_model import a_rehearsal_model, forget_connections

    with a_rehearsal_model() as model:
        yield model
    forget_connections()


@pytest.fixture
def ai(tables: None, serving_ai: "RehearsalModel", monkeypatch: pytest.MonkeyPatch) -> Iterator["RehearsalModel"]:
    """The rehearsal model, which has been asked nothing yet, as the AI that the settings name."""
    from tests.support.environment import configure

    configure(monkeypatch, AI_PROVIDER="rehearsal", AI_BASE_URL=serving_ai.url)
    serving_ai.rehearsal.received.clear()
    yield serving_ai
    serving_ai.rehearsal.faults.switch_off()


@pytest.fixture
def topic(tables: None, monkeypatch: pytest.MonkeyPatch) -> "Topic":
    """The topic of events, on moto, as the settings name it."""
    from tests.support.environment import configure
    from tests.support.topic import Topic

    topic = Topic()
    configure(monkeypatch, EVENTS_TOPIC_ARN=topic.arn)
    return topic
