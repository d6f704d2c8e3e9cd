"""The post office itself: receivers that are strict, a list by time, switches that work, a page that is harmless."""

from datetime import UTC, datetime

import httpx2
import pytest

from chalicelib.adapters.channels.webhook import signed_headers
from infra.local.post_office import PostOffice
from infra.local.post_office.mailbox import PostedMessage
from infra.local.post_office.page import page
from tests.support.channels import OTHER_SIGNING_SECRET, SIGNING_SECRET
from tests.support.servers.post_office import webhook_url_of

BODY = '{"type":"handoff_created","title":"Escalation from Jane"}'


def send(post_office: PostOffice, secret: str = SIGNING_SECRET, body: str = BODY) -> httpx2.Response:
    headers = signed_headers([secret], "msg-1", BODY, datetime.now(UTC))
    return httpx2.post(webhook_url_of(post_office), headers=headers, content=body.encode())


def test_signed_message_is_listed(post_office: PostOffice) -> None:
    answer = send(post_office)

    (message,) = httpx2.get(f"{post_office.url}/messages").json()
    assert answer.status_code == 204
    assert (message["kind"], message["to"], message["title"]) == ("webhook", "webhook/acme", "Escalation from Jane")
    assert message.keys() == {"kind", "to", "title", "text", "html", "headers", "at"}


def test_list_begins_at_the_time_that_is_asked_for(post_office: PostOffice) -> None:
    send(post_office)
    (message,) = httpx2.get(f"{post_office.url}/messages").json()

    assert len(httpx2.get(f"{post_office.url}/messages?since={message['at']}").json()) == 1
    assert httpx2.get(f"{post_office.url}/messages?since=2999-01-01T00:00:00.000Z").json() == []


@pytest.mark.parametrize(("secret", "body"), [(OTHER_SIGNING_SECRET, BODY), (SIGNING_SECRET, BODY + " ")])
def test_message_that_is_not_proven_is_refused(post_office: PostOffice, secret: str, body: str) -> None:
    answer = send(post_office, secret, body)

    assert (answer.status_code, len(post_office.mailbox.messages), len(post_office.mailbox.refused)) == (401, 0, 1)


def test_unsigned_message_and_unknown_receiver_are_refused(post_office: PostOffice) -> None:
    assert httpx2.post(webhook_url_of(post_office), content=BODY).status_code == 401
    assert httpx2.post(f"{post_office.url}/webhook/nobody", content=BODY).status_code == 404


def test_fault_of_a_kind_strikes_that_kind_alone(post_office: PostOffice) -> None:
    httpx2.post(f"{post_office.url}/faults", json={"kind": "429", "of": "email"}).raise_for_status()
    passed = send(post_office)
    httpx2.post(
        f"{post_office.url}/faults", json={"kind": "429", "of": "webhook", "retry_after_s": 7}
    ).raise_for_status()

    struck = send(post_office)

    assert (passed.status_code, struck.status_code, struck.headers["retry-after"]) == (204, 429, "7")
    httpx2.delete(f"{post_office.url}/faults")
    assert send(post_office).status_code == 204


@pytest.mark.parametrize("order", [{"kind": "sulk"}, {"kind": "429", "of": 3}, {}])
def test_fault_that_makes_no_sense_is_refused(post_office: PostOffice, order: dict[str, object]) -> None:
    assert httpx2.post(f"{post_office.url}/faults", json=order).status_code == 400


def test_receiver_without_secrets_is_refused(post_office: PostOffice) -> None:
    assert httpx2.put(f"{post_office.url}/receivers/acme", json={"secrets": []}).status_code == 400


def test_page_shows_text_as_text() -> None:
    hostile = PostedMessage("webhook", "<i>", "<script>alert(1)</script>", "<img src=x>", "<b>", {"x": "<u>"})

    shown = page([hostile], ["<svg onload=x>"], None)

    assert not any(tag in shown for tag in ("<script", "<img", "<svg", "<i>", "<u>"))
