import math
import time

import pytest
from botocore.retries.quota import RetryQuota

from chalicelib import log
from chalicelib.store import policies
from tests.concurrency.interleavings.repeated_ids import repeat_ids


@pytest.fixture(autouse=True)
def only_answers_count(monkeypatch: pytest.MonkeyPatch) -> None:
    """Pauses before a retry are no part of an order, nor what is logged of it, nor how often the SDK repeated before.

    botocore repeats less in a process that has repeated much, and a policy is read again when a minute has passed,
    which would make one run depend on those before it, and on how fast they were.
    """
    repeat_ids(monkeypatch)
    monkeypatch.setattr(time, "sleep", lambda _: None)
    monkeypatch.setattr(RetryQuota, "acquire", lambda *_: True)
    monkeypatch.setattr(policies, "REMEMBERED_S", math.inf)
    monkeypatch.setattr(log, "info", lambda *_, **__: None)
    monkeypatch.setattr(log, "count", lambda *_, **__: None)
