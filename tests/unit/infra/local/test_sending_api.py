"""SES and SNS at the post office, called by the product's own clients: what passes, and what a fault makes of it."""

from collections.abc import Callable, Iterator

import httpx2
import pytest

from chalicelib.adapters.aws import ses, sms
from chalicelib.adapters.aws.ses import Email, send_email
from chalicelib.adapters.aws.sms import has_opted_out, send_sms
from chalicelib.domain.deliveries.email_message import EmailMessage
from chalicelib.domain.deliveries.outcome import SendOutcome, SendResult
from infra.local.fake_http import Answer
from infra.local.post_office import PostOffice
from infra.local.post_office.sending_api import endpoints
from tests.support.environment import configure
from tests.support.servers.scripted_server import ScriptedServer, a_scripted_server

NUMBER = "+12025550123"
ADDRESS = "sam@acme.example"
MAIL_CALL, SNS_CALL = "POST /v2/email/outbound-emails", "POST /"
TAKEN = Answer(
    200,
    b'<PublishResponse xmlns="http://sns.amazonaws.com/doc/2010-03-31/">'
    b"<PublishResult><MessageId>1</MessageId></PublishResult></PublishResponse>",
    {"content-type": "text/xml"},
)


@pytest.fixture
def emulator(post_office: PostOffice, monkeypatch: pytest.MonkeyPatch) -> Iterator[ScriptedServer]:
    """What stands behind the post office; the clients call SES and SNS there as the functions do."""
    with a_scripted_server({MAIL_CALL: {"MessageId": "1"}, SNS_CALL: TAKEN}) as server:
        monkeypatch.setattr(post_office.mailbox, "emulator_url", server.url)
        configure(
            monkeypatch,
            **endpoints(post_office.url),
            AWS_DEFAULT_REGION="us-east-1",
            AWS_ACCESS_KEY_ID="test",
            AWS_SECRET_ACCESS_KEY="test",
            EMAIL_SENDER="flowpilot@msp.example",
        )
        forget_clients()
        yield server
    forget_clients()


def forget_clients() -> None:
    ses._client.cache_clear()
    sms._client.cache_clear()


def by_email() -> SendOutcome:
    content = EmailMessage("Escalation from Jane", "Outlook", "<p>Outlook</p>")
    return send_email(Email(to=ADDRESS, content=content, thread="1", unsubscribe_url=None))


def by_sms() -> SendOutcome:
    return send_sms(NUMBER, "FlowPilot: Escalation from Jane")


Send = Callable[[], SendOutcome]
SENDERS = [pytest.param(by_email, id="email"), pytest.param(by_sms, id="sms")]


def fault(post_office: PostOffice, **order: object) -> None:
    httpx2.post(f"{post_office.url}/faults", json=order).raise_for_status()


@pytest.mark.parametrize("send", SENDERS)
def test_call_goes_on_to_the_emulator_as_it_was_made(emulator: ScriptedServer, send: Send) -> None:
    outcome = send()

    (request,) = emulator.received
    assert (outcome.result, outcome.message_id) == (SendResult.ACCEPTED, "1")
    assert request.headers["authorization"].startswith("AWS4-HMAC-SHA256 ")
    assert (NUMBER[1:] if send is by_sms else ADDRESS) in request.raw.decode()


@pytest.mark.parametrize("send", SENDERS)
@pytest.mark.parametrize(
    ("kind", "result"),
    [
        ("400", SendResult.REFUSED),
        ("403", SendResult.RETRY),
        ("413", SendResult.REFUSED),
        ("429", SendResult.RETRY),
        ("500", SendResult.UNKNOWN),
        ("503", SendResult.RETRY),
        ("drop", SendResult.UNKNOWN),
    ],
)
def test_refused_call_never_comes_to_the_emulator(
    emulator: ScriptedServer, post_office: PostOffice, send: Send, kind: str, result: SendResult
) -> None:
    fault(post_office, kind=kind, count=1)

    assert send().result is result
    assert not emulator.received
    assert send().result is SendResult.ACCEPTED


@pytest.mark.parametrize(("send", "result"), [(by_email, SendResult.REFUSED), (by_sms, SendResult.UNKNOWN)])
def test_redirect_is_not_followed(
    emulator: ScriptedServer, post_office: PostOffice, send: Send, result: SendResult
) -> None:
    fault(post_office, kind="redirect", count=1)

    assert send().result is result
    assert not emulator.received


@pytest.mark.parametrize(("send", "code"), [(by_email, "MessageRejected"), (by_sms, "InvalidParameter")])
def test_refusal_has_the_name_that_its_service_gives_it(
    emulator: ScriptedServer, post_office: PostOffice, send: Send, code: str
) -> None:
    fault(post_office, kind="400", count=1)

    assert f"({code})" in (send().detail or "")


@pytest.mark.parametrize("send", SENDERS)
def test_dropped_answer_of_a_message_that_was_taken_is_unknown(
    emulator: ScriptedServer, post_office: PostOffice, send: Send
) -> None:
    fault(post_office, kind="drop_after_accept", count=1)

    assert send().result is SendResult.UNKNOWN
    assert len(emulator.received) == 1


@pytest.mark.parametrize("send", SENDERS)
def test_slow_call_is_answered_in_the_end(emulator: ScriptedServer, post_office: PostOffice, send: Send) -> None:
    fault(post_office, kind="slow", delay_s=0.01, count=1)

    assert send().result is SendResult.ACCEPTED
    assert post_office.mailbox.faults.current is None


@pytest.mark.parametrize(
    "order", [{"kind": "429", "of": "push"}, {"kind": "429", "to": "joe@acme.example"}, {"kind": "bounce"}]
)
@pytest.mark.parametrize("send", SENDERS)
def test_fault_for_others_or_for_later_does_not_meet_the_call(
    emulator: ScriptedServer, post_office: PostOffice, send: Send, order: dict[str, str]
) -> None:
    fault(post_office, **order)

    assert send().result is SendResult.ACCEPTED


@pytest.mark.parametrize(("send", "to"), [(by_email, ADDRESS), (by_sms, NUMBER)])
def test_fault_for_one_receiver_meets_it(
    emulator: ScriptedServer, post_office: PostOffice, send: Send, to: str
) -> None:
    fault(post_office, kind="429", to=to)

    assert send().result is SendResult.RETRY


def test_call_that_sends_nothing_passes_a_fault(emulator: ScriptedServer, post_office: PostOffice) -> None:
    answer = (
        b"<r><CheckIfPhoneNumberIsOptedOutResult><isOptedOut>true</isOptedOut></CheckIfPhoneNumberIsOptedOutResult></r>"
    )
    emulator.answers[SNS_CALL] = Answer(200, answer, {"content-type": "text/xml"})
    fault(post_office, kind="500")

    assert has_opted_out(NUMBER) is True


def test_emulator_that_does_not_answer_is_a_service_that_is_away(
    emulator: ScriptedServer, post_office: PostOffice, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(post_office.mailbox, "emulator_url", "http://127.0.0.1:9")

    assert by_email().result is SendResult.RETRY


@pytest.mark.parametrize(
    ("path", "body", "status"),
    [
        ("/aws/sqs/", "Action=SendMessage", 404),
        ("/aws/sesv2/v2/email/outbound-emails", "{}", 400),
        ("/aws/sesv2/v2/email/outbound-emails", '{"Destination": {"ToAddresses": []}}', 400),
    ],
)
def test_call_that_makes_no_sense_is_refused(
    emulator: ScriptedServer, post_office: PostOffice, path: str, body: str, status: int
) -> None:
    assert httpx2.post(post_office.url + path, content=body).status_code == status
    assert not emulator.received
