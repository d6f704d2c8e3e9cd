"""Admins are mailed of an integration that fails and of a channel that was switched off; moto stands in for SES."""

from collections.abc import Iterator
from datetime import timedelta
from email import message_from_string
from typing import Any

import pytest
from moto.backends import get_backend
from moto.core.models import DEFAULT_ACCOUNT_ID

from chalicelib.actions.deliveries.notify_admins import notify_admins
from chalicelib.actions.deliveries.save_channel import save_webhook
from chalicelib.adapters.aws import versioned_secrets
from chalicelib.domain.deliveries.ledger import DeliveryState, LedgerEntry
from chalicelib.domain.deliveries.notification_settings import NotificationRules, NotificationSettings
from chalicelib.domain.events import Event, EventType
from chalicelib.domain.people import Role
from chalicelib.store import channels, deliveries, engineers, notification_settings
from infra.local.post_office import PostOffice
from infra.local.post_office.faults import DeliveryFault
from tests.support.builders import ACME, HANDOFF_ID, JANE, OLGA, SAM, an_event
from tests.support.channels import now, webhook_to
from tests.support.deliveries.worked_queue import NOW, WorkedQueue, a_mailing_queue
from tests.support.servers.post_office import a_post_office, webhook_url_of

TITLE = "Acme PSA no longer lets FlowPilot in: wrong credentials"


@pytest.fixture
def queue(tables: None, monkeypatch: pytest.MonkeyPatch) -> WorkedQueue:
    """A queue, a mail service, and an engineer, a senior and an admin in the directory."""
    return a_mailing_queue(monkeypatch, JANE, SAM, OLGA)


def an_account_event(kind: EventType = EventType.INTEGRATION_FAILED) -> Event:
    about = {"integration_id": "cw", "part": "access", "reason": "wrong credentials"}
    return an_event(kind, session_id=None, handoff_id=None, title=TITLE, data=about, occurred_at=NOW)


def work(queue: WorkedQueue, *events: Event) -> None:
    queue.put(*events)
    queue.work(timedelta(minutes=1))


def mails() -> list[tuple[str, str, str]]:
    """To whom, about what, and the text of each e-mail."""
    taken: list[Any] = get_backend("ses")[DEFAULT_ACCOUNT_ID]["us-east-1"].sent_messages
    found = [message_from_string(one.raw_data) for one in taken]
    return [(one["To"], one["Subject"], _text_of(one)) for one in found]


def _text_of(message: Any) -> str:
    payload = next(part for part in message.walk() if part.get_content_type() == "text/plain").get_payload(decode=True)
    return str(payload.decode())


def about_the_account() -> list[LedgerEntry]:
    return deliveries.all_of_subject(ACME, "admin")


@pytest.mark.parametrize("kind", [EventType.INTEGRATION_FAILED, EventType.INTEGRATION_RECOVERED])
def test_admins_alone_are_mailed_once_of_an_integration(queue: WorkedQueue, kind: EventType) -> None:
    event = an_account_event(kind)

    work(queue, event, event)

    ((to, subject, text),) = mails()
    assert (to, subject) == (OLGA.email, TITLE)
    assert "https://pilot.example.com/integrations" in text
    assert [entry.state for entry in about_the_account()] == [DeliveryState.ACCEPTED]


def test_quiet_hours_do_not_hold_a_failing_integration_back(queue: WorkedQueue) -> None:
    quiet = {"time_zone": "UTC", "begins": "00:00", "ends": "23:59"}
    settings = NotificationSettings.model_validate({"quiet": quiet, "version": 1})
    notification_settings.save(ACME, OLGA.id, settings, NotificationSettings())

    work(queue, an_account_event())

    assert len(mails()) == 1


def test_admin_without_e_mail_is_not_mailed(queue: WorkedQueue) -> None:
    off = NotificationSettings(rules=NotificationRules().without_email(), version=1)
    notification_settings.save(ACME, OLGA.id, off, NotificationSettings())

    work(queue, an_account_event())

    assert (mails(), about_the_account()) == ([], [])


@pytest.fixture
def failing(queue: WorkedQueue) -> Iterator[PostOffice]:
    """A webhook of acme that has failed for five days, and still does."""
    versioned_secrets.forget()
    with a_post_office() as server:
        save_webhook("ops", webhook_to(webhook_url_of(server)), by=OLGA, at=now())
        channels.note_failure(channels.load(ACME, "ops", webhook=True), "It failed.", now() - timedelta(days=5))
        server.mailbox.faults.switch_on(DeliveryFault.model_validate({"kind": "410"}))
        yield server


def test_admins_are_mailed_once_that_a_webhook_was_switched_off(queue: WorkedQueue, failing: PostOffice) -> None:
    other = {"id": "9b1f0c0e-0000-5000-8000-000000000002", "handoff_id": HANDOFF_ID}

    work(queue, an_event(EventType.KEPT), an_event(EventType.KEPT, **other))

    off = [one for one in mails() if "is switched off" in one[1]]
    assert [(to, subject) for to, subject, _ in off] == [
        (OLGA.email, "The webhook Operations is switched off: The receiver wants no messages any more (410).")
    ]
    assert "https://pilot.example.com/channels" in off[0][2]
    assert channels.load(ACME, "ops", webhook=True).health.switched_off_at


def test_webhook_that_is_saved_and_fails_again_is_told_of_again(queue: WorkedQueue, failing: PostOffice) -> None:
    work(queue, an_event(EventType.KEPT))
    save_webhook("ops", webhook_to(webhook_url_of(failing)), by=OLGA, at=now())

    work(queue, an_event(EventType.KEPT, id="9b1f0c0e-0000-5000-8000-000000000002"))

    assert len([one for one in mails() if "is switched off" in one[1]]) == 2


def test_who_is_no_admin_any_more_is_not_mailed_of_the_account(queue: WorkedQueue) -> None:
    notify_admins(an_account_event(), at=NOW)
    engineers.enter(OLGA.model_copy(update={"role": Role.SENIOR}))

    queue.work(timedelta(minutes=1))

    [entry] = about_the_account()
    assert (entry.state, entry.detail) == (DeliveryState.SKIPPED, "They are not an admin any more.")
    assert mails() == []
