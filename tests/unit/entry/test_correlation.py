"""One id ties a request to the rows it writes, to what the stream makes of them, and to every line of the log."""

from collections.abc import Iterator
from typing import Any

import pytest

from app import app
from chalicelib.domain.people import Caller
from chalicelib.entry.streams import announce, enrich
from infra.local.rehearsal_model import RehearsalModel
from infra.local.rehearsal_model.faults import Fault
from tests.support.api.client import ApiClient
from tests.support.builders import JANE, SAM
from tests.support.dynamodb.stream_harness import StreamHarness, carried_by
from tests.support.dynamodb.stream_records import StreamRecord, event_of
from tests.support.dynamodb.stream_simulator import Context, Mapping
from tests.support.scenarios.preconditions import Ids, own_handoff, own_session, taken_over, without_assessment
from tests.support.servers.identity_provider import IdentityProvider

HANDOFF = "/sessions/{session_id}/handoffs/{handoff_id}"
REQUEST_ID = "c6af9ac6-7b61-11e6-9a41-93e8deadbeef"


@pytest.fixture
def harness(api: ApiClient, model: RehearsalModel) -> Iterator[StreamHarness]:
    """The tables with their stream."""
    with carried_by(StreamHarness(Mapping(), Mapping())) as harness:
        yield harness


class Gateway:
    """API Gateway, which gives every request an id."""

    def __init__(self, provider: IdentityProvider) -> None:
        self._provider = provider

    def post(self, path: str, ids: Ids, by: Caller, body: str = "") -> dict[str, Any]:
        """Call the app with an event of a REST API's proxy integration."""
        event = {
            "resource": path,
            "path": path.format(**ids),
            "httpMethod": "POST",
            "headers": {"Authorization": f"Bearer {self._provider.token_of(by)}"},
            "multiValueQueryStringParameters": None,
            "pathParameters": ids,
            "stageVariables": None,
            "requestContext": {"resourcePath": path, "httpMethod": "POST", "requestId": REQUEST_ID},
            "body": body,
            "isBase64Encoded": False,
        }
        answer: dict[str, Any] = app(event, None)
        return answer


@pytest.fixture
def gateway(harness: StreamHarness, provider: IdentityProvider) -> Gateway:
    return Gateway(provider)


def lines(caplog: pytest.LogCaptureFixture) -> set[str]:
    """The ids that the lines of the log carry."""
    return {vars(record)["correlation_id"] for record in caplog.records if record.name == "flowpilot"}


def newest(harness: StreamHarness) -> StreamRecord:
    return harness.records[-1].body


def test_answer_says_which_request_it_is_for(gateway: Gateway, caplog: pytest.LogCaptureFixture) -> None:
    answer = gateway.post(HANDOFF + "/claim", own_handoff(JANE), SAM)
    caplog.clear()

    refused = gateway.post(HANDOFF + "/claim", own_handoff(JANE), JANE)

    assert (answer["statusCode"], refused["statusCode"]) == (200, 403)
    assert {each["headers"]["X-Request-Id"] for each in (answer, refused)} == {REQUEST_ID}


def test_every_line_of_a_request_carries_its_id(gateway: Gateway, caplog: pytest.LogCaptureFixture) -> None:
    ids = own_handoff(JANE)
    caplog.clear()

    gateway.post(HANDOFF + "/claim", ids, SAM)

    assert lines(caplog) == {REQUEST_ID}


CHANGES = {
    "handoff": ("/sessions/{session_id}/handoff", taken_over, SAM, '{"intent": "escalate"}'),
    "escalate": ("/sessions/{session_id}/escalate", taken_over, SAM, '{"reason": "Out of ideas."}'),
    "claim": (HANDOFF + "/claim", lambda _: own_handoff(JANE), SAM, ""),
    "release": (HANDOFF + "/release", taken_over, SAM, "{}"),
    "withdraw": (HANDOFF + "/withdraw", own_handoff, JANE, ""),
    "resolve": ("/sessions/{session_id}/resolve", taken_over, SAM, '{"resolution": "Done.", "epoch": 3}'),
    "assessment": (HANDOFF + "/assessment", without_assessment, JANE, ""),
}


@pytest.mark.parametrize("change", CHANGES)
def test_every_change_of_a_handoff_is_signed_with_the_id_of_its_request(
    gateway: Gateway, harness: StreamHarness, change: str
) -> None:
    path, arrange, by, body = CHANGES[change]
    ids = arrange(by)

    answer = gateway.post(path, {name: ids[name] for name in ids if name in path}, by, body)

    assert answer["statusCode"] < 300, answer["body"]
    assert newest(harness)["dynamodb"]["NewImage"]["correlation_id"] == {"S": REQUEST_ID}


@pytest.mark.parametrize("fault", [None, "refusal"])
def test_stream_functions_log_the_request_id(
    gateway: Gateway, harness: StreamHarness, model: RehearsalModel, caplog: pytest.LogCaptureFixture, fault: str | None
) -> None:
    gateway.post("/sessions/{session_id}/handoff", own_session(JANE), JANE, '{"intent": "escalate"}')
    record = newest(harness)
    if fault:
        model.rehearsal.faults.switch_on(Fault(kind=fault))
    caplog.clear()

    enrich(event_of(record), Context(120))
    announce(event_of(record), Context(60))

    assert len(caplog.records) >= 2
    assert lines(caplog) == {REQUEST_ID}


def test_record_that_fails_is_logged_under_the_id_of_its_request(
    gateway: Gateway, harness: StreamHarness, caplog: pytest.LogCaptureFixture
) -> None:
    gateway.post(HANDOFF + "/claim", own_handoff(JANE), SAM)
    record = newest(harness)
    del record["dynamodb"]["NewImage"]["status"]
    caplog.clear()

    announce(event_of(record), Context(60))

    assert [record.message for record in caplog.records] == ["record failed"]
    assert lines(caplog) == {REQUEST_ID}


def test_assessment_keeps_the_id_of_the_request_it_is_for(gateway: Gateway, harness: StreamHarness) -> None:
    gateway.post("/sessions/{session_id}/handoff", own_session(JANE), JANE, '{"intent": "escalate"}')

    enrich(event_of(newest(harness)), Context(120))

    image = newest(harness)["dynamodb"]["NewImage"]
    assert (image["assessment_outcome"], image["correlation_id"]) == ({"S": "ready"}, {"S": REQUEST_ID})


def test_correlation_id_is_empty_outside_a_request(gateway: Gateway, harness: StreamHarness) -> None:
    own_handoff(JANE)

    assert newest(harness)["dynamodb"]["NewImage"]["correlation_id"] == {"S": ""}
