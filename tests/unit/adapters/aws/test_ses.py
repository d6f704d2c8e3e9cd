"""The call to SES, and what its answers mean. The emulator drops headers, so they are checked on the wire here."""

import base64
import json
from collections.abc import Iterator
from email import message_from_bytes
from email.policy import compat32

import pytest

from chalicelib.adapters.aws import ses
from chalicelib.adapters.aws.ses import Email, mime_of, send_email
from chalicelib.domain.deliveries.email_message import EmailMessage
from chalicelib.domain.deliveries.outcome import SendResult
from infra.local.fake_http import Answer
from tests.support.environment import configure
from tests.support.public_clients.isolated import run_node
from tests.support.servers.scripted_server import ScriptedServer
from tests.support.servers.serving import serving

CALL = "POST /v2/email/outbound-emails"
UNSUBSCRIBE = "https://pilot.example.com/api/unsubscribe/" + "YWNtZX5" * 20
CONTENT = EmailMessage("Escalation from Zoë · 🧯: Drucker", "Straße\n\n-- \nWhy\n", "<p>Straße</p>")
EMAIL = Email(to="sam@acme.example", content=CONTENT, thread="019ab000", unsubscribe_url=UNSUBSCRIBE)


@pytest.fixture
def server(monkeypatch: pytest.MonkeyPatch) -> Iterator[ScriptedServer]:
    """What stands in for SES, and the client that calls it."""
    with serving(ScriptedServer({CALL: {"MessageId": "1"}})) as found:
        configure(
            monkeypatch,
            AWS_ENDPOINT_URL_SESV2=found.url,
            AWS_DEFAULT_REGION="us-east-1",
            AWS_ACCESS_KEY_ID="test",
            AWS_SECRET_ACCESS_KEY="test",
            EMAIL_SENDER="flowpilot@msp.example",
            EMAIL_CONFIGURATION_SET="people",
        )
        ses._client.cache_clear()
        yield found
    ses._client.cache_clear()


def test_message_is_sent_once_with_its_headers(server: ScriptedServer) -> None:
    outcome = send_email(EMAIL)

    (body,) = server.bodies(CALL)
    sent = message_from_bytes(base64.b64decode(body["Content"]["Raw"]["Data"]), policy=compat32)
    assert outcome.result is SendResult.ACCEPTED
    assert (body["Destination"], body["ConfigurationSetName"]) == ({"ToAddresses": [EMAIL.to]}, "people")
    assert (sent["To"], sent["From"], sent["Auto-Submitted"]) == (EMAIL.to, "flowpilot@msp.example", "auto-generated")
    assert sent["List-Unsubscribe"] == f"<{UNSUBSCRIBE}>"
    assert sent["List-Unsubscribe-Post"] == "List-Unsubscribe=One-Click"


def test_no_line_of_the_head_is_folded_into_what_mail_programs_do_not_read() -> None:
    head = mime_of(EMAIL, "flowpilot@msp.example").split(b"\r\n\r\n")[0]

    assert f"List-Unsubscribe: <{UNSUBSCRIBE}>".encode() in head.split(b"\r\n")


def test_mail_parser_of_another_make_reads_the_message_back() -> None:
    mail = base64.b64encode(mime_of(EMAIL, "flowpilot@msp.example")).decode()

    read = run_node("read-mail.mjs", {"MAIL": mail})

    assert (read["subject"], read["to"][0]["address"]) == (CONTENT.subject, EMAIL.to)
    assert (read["text"].strip(), read["html"].strip()) == (CONTENT.text.strip(), CONTENT.html)
    assert read["headers"]["list-unsubscribe"] == f"<{UNSUBSCRIBE}>"
    assert read["headers"]["list-unsubscribe-post"] == "List-Unsubscribe=One-Click"


def test_message_without_a_page_has_no_unsubscribe_headers() -> None:
    assert b"List-Unsubscribe" not in mime_of(EMAIL._replace(unsubscribe_url=None), "flowpilot@msp.example")


@pytest.mark.parametrize(
    ("status", "code", "result"),
    [
        (400, "MessageRejected", SendResult.REFUSED),
        (400, "BadRequestException", SendResult.REFUSED),
        (429, "TooManyRequestsException", SendResult.RETRY),
        (400, "LimitExceededException", SendResult.RETRY),
        (400, "SendingPausedException", SendResult.RETRY),
        (400, "MailFromDomainNotVerifiedException", SendResult.RETRY),
        (404, "NotFoundException", SendResult.RETRY),
        (503, "ServiceUnavailable", SendResult.RETRY),
        (500, "InternalFailure", SendResult.UNKNOWN),
    ],
)
def test_refusal_is_final_may_pass_or_leaves_the_end_unknown(
    server: ScriptedServer, status: int, code: str, result: SendResult
) -> None:
    body = json.dumps({"message": "no, sam@acme.example"}).encode()
    server.answers[CALL] = Answer(status, body, {"x-amzn-errortype": code, "content-type": "application/json"})

    outcome = send_email(EMAIL)

    assert outcome.result is result
    assert "sam@" not in (outcome.detail or "")
    assert len(server.bodies(CALL)) == 1


def test_answer_that_never_comes_leaves_the_end_unknown_and_nothing_is_repeated(server: ScriptedServer) -> None:
    server.answers[CALL] = Answer(200, b"{", {"content-length": "99"})

    outcome = send_email(EMAIL)

    assert outcome.result is SendResult.UNKNOWN
    assert len(server.received) == 1


def test_service_that_cannot_be_reached_is_tried_again(server: ScriptedServer, monkeypatch: pytest.MonkeyPatch) -> None:
    configure(monkeypatch, AWS_ENDPOINT_URL_SESV2="http://127.0.0.1:9")
    ses._client.cache_clear()

    assert send_email(EMAIL).result is SendResult.RETRY
