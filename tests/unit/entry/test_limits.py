"""The answer to a message over a limit, as HTTP gives it."""

from datetime import UTC, datetime

import pytest

from chalicelib.domain.instants import parse_instant
from chalicelib.domain.limits import Limits
from chalicelib.store import limits, turns
from tests.support.api.client import ApiClient
from tests.support.api.problems import assert_problem
from tests.support.builders import ACME, JANE
from tests.support.scenarios.preconditions import own_session


@pytest.mark.parametrize(("none", "most_s"), [("messages_per_hour", 3_600), ("ai_calls_per_day", 86_400)])
def test_message_over_a_limit_is_answered_429_and_until_when(
    api: ApiClient, monkeypatch: pytest.MonkeyPatch, none: str, most_s: int
) -> None:
    monkeypatch.setitem(limits._remembered, ACME, (float("inf"), Limits.model_validate({none: 0})))
    session_id = own_session(JANE)["session_id"]

    answer = api.call("POST", f"/sessions/{session_id}/messages", by=JANE, body={"text": "Hello", "epoch": 1})

    document = assert_problem(answer, 429, "too_many_requests")
    assert 0 < int(answer.headers["retry-after"]) <= most_s
    assert 0 <= (parse_instant(document["retry_at"]) - datetime.now(UTC)).total_seconds() <= most_s
    assert turns.newest(ACME, session_id, 10) == []
