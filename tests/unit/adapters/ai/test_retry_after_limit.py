import asyncio
import time
from email.utils import formatdate
from typing import Any, cast

import pytest
from anthropic import APIRequest, AsyncAPIResponse

from chalicelib.adapters.ai.faults import unreachable
from chalicelib.adapters.ai.retry_after_limit import RetryAfterLimit, pause_in
from chalicelib.adapters.deadline import within


@pytest.mark.parametrize(
    ("headers", "pause_s"),
    [
        ({}, 0),
        ({"retry-after": "7"}, 7),
        ({"retry-after": "0.5"}, 0.5),
        ({"retry-after-ms": "250"}, 0.25),
        ({"retry-after-ms": "250", "retry-after": "7"}, 0.25),
        ({"retry-after-ms": "soon", "retry-after": "7"}, 7),
        ({"retry-after": "soon"}, 0),
    ],
)
def test_pause_is_read_in_the_forms_it_comes_in(headers: dict[str, str], pause_s: float) -> None:
    assert pause_in(headers) == pause_s


def test_pause_until_a_date_is_counted_from_now() -> None:
    in_an_hour = formatdate(time.time() + 3600, usegmt=True)

    assert pause_in({"retry-after": in_an_hour}) == pytest.approx(3600, abs=60)


def test_attempt_under_way_clears_the_failure_of_the_last_one() -> None:
    async def take_long(_: APIRequest) -> AsyncAPIResponse[Any]:
        await asyncio.sleep(60)
        raise AssertionError("nobody waits that long")

    limit = RetryAfterLimit(until=time.monotonic() + 60)
    limit.last_failure = unreachable()

    with pytest.raises(TimeoutError):
        within(0.05, limit(cast(APIRequest, object()), take_long))

    assert limit.last_failure is None
