import math
import time

import pytest
from botocore.retries.quota import RetryQuota

from chalicelib import log
from chalicelib.store import policies
from tests.concurrency.interleavings.deterministic_ids import make_ids_deterministic


@pytest.fixture(autouse=True)
def deterministic_process(monkeypatch: pytest.MonkeyPatch) -> None:
    """Let what an action does depend on its answers alone: not on time, on random ids, nor on earlier runs.

    botocore retries less in a process that has retried much, and a policy is read again after a minute. Pauses before
    a retry and log lines are no part of an order.
    """
    make_ids_deterministic(monkeypatch)
    monkeypatch.setattr(time, "sleep", lambda _: None)
    monkeypatch.setattr(RetryQuota, "acquire", lambda *_: True)
    monkeypatch.setattr(policies, "REMEMBERED_S", math.inf)
    monkeypatch.setattr(log, "info", lambda *_, **__: None)
    monkeypatch.setattr(log, "count", lambda *_, **__: None)
