"""The call to SNS that sends an SMS, and what its answers mean."""

from collections.abc import Iterator
from urllib.parse import parse_qs

import pytest

from chalicelib.adapters.aws import sms
from chalicelib.adapters.aws.sms import has_opted_out, send_sms
from chalicelib.domain.deliveries.outcome import SendResult
from infra.local.fake_http import Answer
from tests.support.environment import configure
from tests.support.servers.scripted_server import ScriptedServer
from tests.support.servers.serving import serving

CALL = "POST /"
NUMBER = "+12025550123"
TAKEN = (
    b'<PublishResponse xmlns="http://sns.amazonaws.com/doc/2010-03-31/">'
    b"<PublishResult><MessageId>1</MessageId></PublishResult></PublishResponse>"
)


@pytest.fixture
def server(monkeypatch: pytest.MonkeyPatch) -> Iterator[ScriptedServer]:
    """What stands in for SNS, and the client that calls it."""
    with serving(ScriptedServer({CALL: Answer(200, TAKEN, {"content-type": "text/xml"})})) as found:
        configure(
            monkeypatch,
            AWS_ENDPOINT_URL_SNS=found.url,
            AWS_DEFAULT_REGION="us-east-1",
            AWS_ACCESS_KEY_ID="test",
            AWS_SECRET_ACCESS_KEY="test",
        )
        sms._client.cache_clear()
        yield found
    sms._client.cache_clear()


def test_message_goes_once_to_the_number_as_transactional(server: ScriptedServer) -> None:
    outcome = send_sms(NUMBER, "FlowPilot: Müller € 5")

    (request,) = server.received
    sent = {name: values[0] for name, values in parse_qs(request.raw.decode()).items()}
    assert (outcome.result, outcome.message_id) == (SendResult.ACCEPTED, "1")
    assert (sent["Action"], sent["PhoneNumber"], sent["Message"]) == ("Publish", NUMBER, "FlowPilot: Müller € 5")
    assert sent["MessageAttributes.entry.1.Name"] == "AWS.SNS.SMS.SMSType"
    assert sent["MessageAttributes.entry.1.Value.StringValue"] == "Transactional"
    assert not {"TopicArn", "TargetArn"} & sent.keys()


@pytest.mark.parametrize(
    ("status", "code", "result"),
    [
        (400, "InvalidParameter", SendResult.REFUSED),
        (400, "Throttling", SendResult.RETRY),
        (429, "Throttled", SendResult.RETRY),
        (403, "AuthorizationError", SendResult.RETRY),
        (503, "ServiceUnavailable", SendResult.RETRY),
        (500, "InternalError", SendResult.UNKNOWN),
    ],
)
def test_refusal_is_final_may_pass_or_leaves_the_end_unknown(
    server: ScriptedServer, status: int, code: str, result: SendResult
) -> None:
    error = f"<ErrorResponse><Error><Code>{code}</Code><Message>no, {NUMBER}</Message></Error></ErrorResponse>"
    server.answers[CALL] = Answer(status, error.encode(), {"content-type": "text/xml"})

    outcome = send_sms(NUMBER, "x")

    assert outcome.result is result
    assert NUMBER not in (outcome.detail or "")
    assert len(server.received) == 1


def test_answer_that_never_comes_leaves_the_end_unknown_and_nothing_is_repeated(server: ScriptedServer) -> None:
    server.answers[CALL] = Answer(200, b"<", {"content-length": "99"})

    outcome = send_sms(NUMBER, "x")

    assert (outcome.result, len(server.received)) == (SendResult.UNKNOWN, 1)


def test_answer_that_is_not_of_the_form_of_sns_leaves_the_end_unknown(server: ScriptedServer) -> None:
    server.answers[CALL] = Answer(400, b"Bad Request", {"content-type": "text/plain"})

    outcome = send_sms(NUMBER, "x")

    assert (outcome.result, len(server.received)) == (SendResult.UNKNOWN, 1)


def test_service_that_cannot_be_reached_is_tried_again(server: ScriptedServer, monkeypatch: pytest.MonkeyPatch) -> None:
    configure(monkeypatch, AWS_ENDPOINT_URL_SNS="http://127.0.0.1:9")
    sms._client.cache_clear()

    assert send_sms(NUMBER, "x").result is SendResult.RETRY


@pytest.mark.parametrize("said", ["true", "false"])
def test_number_has_opted_out_as_sns_says(server: ScriptedServer, said: str) -> None:
    result = f"<CheckIfPhoneNumberIsOptedOutResult><isOptedOut>{said}</isOptedOut></CheckIfPhoneNumberIsOptedOutResult>"
    answer = f"<CheckIfPhoneNumberIsOptedOutResponse>{result}</CheckIfPhoneNumberIsOptedOutResponse>"
    server.answers[CALL] = Answer(200, answer.encode(), {"content-type": "text/xml"})

    found = has_opted_out(NUMBER)

    sent = parse_qs(server.received[0].raw.decode())
    assert (found, sent["Action"], sent["phoneNumber"]) == (
        said == "true",
        ["CheckIfPhoneNumberIsOptedOut"],
        [NUMBER],
    )


@pytest.mark.parametrize(
    "answer",
    [
        Answer(403, b"<ErrorResponse><Error><Code>AuthorizationError</Code></Error></ErrorResponse>", {}),
        Answer(429, b"<ErrorResponse><Error><Code>Throttled</Code></Error></ErrorResponse>", {}),
        Answer(200, b"<", {"content-length": "99"}),
        Answer(400, b"Bad Request", {"content-type": "text/plain"}),
    ],
)
def test_number_has_not_opted_out_where_sns_does_not_say(server: ScriptedServer, answer: Answer) -> None:
    server.answers[CALL] = answer

    assert not has_opted_out(NUMBER)
    assert len(server.received) == 1
