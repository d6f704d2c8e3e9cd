"""What SES says of e-mails later, as the function behind the queue gets it, and what people see of it."""

import json
from typing import Any

import pytest

from chalicelib.domain.deliveries.ledger import DeliveryKind, DeliveryState, LedgerEntry, Recipient
from chalicelib.domain.deliveries.mail_feedback import MailReference
from chalicelib.domain.handoff import Priority
from chalicelib.domain.people import Caller
from chalicelib.entry.notification_queue import notify
from chalicelib.store import deliveries, engineers
from infra.local.post_office.mail_events import mail_event
from tests.support.api.client import ApiClient
from tests.support.builders import ACME, ALEX, GLOBEX, HANK, JANE, SAM, a_caller, an_event, minute
from tests.support.deliveries.mail_events import event_about, reference_of
from tests.support.scenarios.actions import hand_off, open_case
from tests.support.ways_to_reach import trouble_of

GONE = "It came back: there is no such mailbox. E-mail to this address is switched off."


def mailed(to: Caller = SAM, state: DeliveryState = DeliveryState.ACCEPTED) -> LedgerEntry:
    """The entry of an e-mail about an escalation that SES took."""
    engineers.enter(to)
    handoff = hand_off(open_case().id, priority=Priority.HIGH)
    event = an_event(handoff_id=handoff.id, session_id=handoff.session_id, actor=JANE.person)
    entry = LedgerEntry.planned(event, Recipient(kind=DeliveryKind.EMAIL, id=to.id, name=to.name), minute(10))
    assert deliveries.add(entry)
    taken = deliveries.take(entry, minute(10))
    assert taken
    if state is not DeliveryState.SENDING:
        deliveries.settle(taken, state, None, minute(10))
    return entry


def come(*contents: Any) -> int:
    """Hand messages of the topic to the function; return how many come again."""
    bodies = [json.dumps({"Type": "Notification", "Message": json.dumps(content)}) for content in contents]
    records = [
        {"messageId": str(number), "receiptHandle": "", "body": body, "attributes": {"ApproximateReceiveCount": "1"}}
        for number, body in enumerate(bodies)
    ]
    return len(notify({"Records": records}, None)["batchItemFailures"])


def now(entry: LedgerEntry) -> LedgerEntry:
    found = deliveries.find(ACME, entry.subject, entry.position)
    assert found
    return found


def trouble_shown(api: ApiClient, who: Caller = SAM) -> Any:
    shown = api.call("GET", "/me/notifications", by=who).json["email_trouble"]
    return shown and shown["why"]


@pytest.mark.parametrize(
    ("kind", "why", "detail"),
    [
        ("bounce", "bounced", GONE),
        ("complaint", "complained", "It was marked as spam. E-mail to this address is switched off."),
        ("soft_bounce", None, "It came back: the mailbox did not take it."),
    ],
)
def test_delivery_fails_and_the_address_is_switched_off_unless_it_came_back_only_for_now(
    api: ApiClient, kind: str, why: str | None, detail: str
) -> None:
    entry = mailed()

    again = [come(event_about(entry, SAM.email, kind)) for _ in range(2)]

    assert (again, now(entry).state, now(entry).detail) == ([0, 0], DeliveryState.FAILED, detail)
    assert (trouble_shown(api), trouble_shown(api, ALEX)) == (why, None)


def test_who_was_told_says_that_it_came_back(api: ApiClient) -> None:
    entry = mailed()
    come(event_about(entry, SAM.email))

    path = f"/sessions/{entry.event.session_id}/handoffs/{entry.subject}/deliveries"
    (shown,) = api.call("GET", path, by=JANE).json["items"]

    assert (shown["state"], shown["detail"]) == ("failed", GONE)


def test_saving_the_settings_switches_it_on_again_and_older_mail_does_not_switch_it_off(api: ApiClient) -> None:
    entry = mailed()
    come(event_about(entry, SAM.email))
    settings = api.call("GET", "/me/notifications", by=SAM).json
    body = {name: settings[name] for name in ("rules", "quiet", "version")}

    saved = api.call("PUT", "/me/notifications", by=SAM, body=body)
    come(event_about(entry, SAM.email, sent_s_ago=60))

    assert (saved.status, saved.json["email_trouble"], trouble_shown(api)) == (200, None, None)


def test_new_mail_after_that_switches_it_off_again(api: ApiClient) -> None:
    entry = mailed()
    come(event_about(entry, SAM.email))
    api.call("PUT", "/me/notifications", by=SAM, body={"rules": {}, "quiet": None})

    come(event_about(entry, SAM.email, sent_s_ago=-5))

    assert trouble_shown(api) == "bounced"


def test_address_that_changed_since_is_left_on(api: ApiClient) -> None:
    entry = mailed()
    moved = SAM.model_copy(update={"email": "sam@new.example"})
    engineers.enter(moved)

    come(event_about(entry, SAM.email))

    assert (now(entry).state, trouble_of(ACME, SAM.id)) == (DeliveryState.FAILED, None)


def test_new_address_in_the_sign_in_ends_the_trouble(api: ApiClient) -> None:
    come(event_about(mailed(), SAM.email))

    engineers.enter(SAM.model_copy(update={"email": "sam@new.example"}))

    assert trouble_of(ACME, SAM.id) is None


def test_event_that_is_quicker_than_the_answer_of_ses_is_kept(api: ApiClient) -> None:
    entry = mailed(state=DeliveryState.SENDING)
    sending = now(entry)

    come(event_about(entry, SAM.email))
    is_settled = deliveries.settle(sending, DeliveryState.ACCEPTED, None, minute(11))

    assert (is_settled, now(entry).state) == (False, DeliveryState.FAILED)


def test_message_that_its_person_has_read_stays_opened(api: ApiClient) -> None:
    entry = mailed()
    deliveries.mark_opened(ACME, entry.subject, SAM.id, minute(12))

    come(event_about(entry, SAM.email, "complaint"))

    assert (now(entry).state, trouble_shown(api)) == (DeliveryState.OPENED, "complained")


def test_event_of_another_account_changes_nothing_here(api: ApiClient) -> None:
    entry = mailed()
    twin = a_caller("Sam", HANK.role, GLOBEX)
    engineers.enter(twin)
    foreign = reference_of(entry).model_copy(update={"account_id": GLOBEX})

    again = come(
        mail_event("bounce", SAM.email, foreign.tags, sent_at="2026-11-30T10:00:00.000Z"),
        event_about(entry, twin.email),
    )

    assert again == 0
    assert [trouble_of(account, SAM.id) for account in (ACME, GLOBEX)] == [None, None]


@pytest.mark.parametrize("address", ["nobody@acme.example", "sam@acme.example.evil.example", ALEX.email])
def test_unknown_address_switches_nobody_off(api: ApiClient, address: str) -> None:
    engineers.enter(ALEX)

    come(event_about(mailed(), address))

    assert [trouble_of(ACME, one.id) for one in (SAM, ALEX)] == [None, None]


def test_event_about_no_delivery_of_ours_is_passed_over(api: ApiClient) -> None:
    unknown = MailReference(account_id=ACME, subject="never", position="was#sub-sam#email")

    again = come(
        mail_event("bounce", SAM.email, unknown.tags, sent_at="2026-11-30T10:00:00.000Z"),
        mail_event("bounce", SAM.email, {}, sent_at="2026-11-30T10:00:00.000Z"),
        {**mail_event("bounce", SAM.email, unknown.tags, sent_at="2026-11-30T10:00:00.000Z"), "eventType": "Delivery"},
    )

    assert (again, trouble_of(ACME, SAM.id)) == (0, None)


def torn(**changes: Any) -> dict[str, Any]:
    return {**event_about(mailed(), SAM.email), **changes}


@pytest.mark.parametrize(
    "changes",
    [
        {"bounce": None},
        {"bounce": {"bounceType": "Permanent", "bouncedRecipients": []}},
        {"bounce": {"bounceType": "Odd", "bouncedRecipients": [{"emailAddress": SAM.email}]}},
        {"bounce": {"bounceType": "Permanent", "bouncedRecipients": [{"emailAddress": ""}]}},
        {"mail": {}},
        {"mail": {"timestamp": "yesterday", "tags": {}}},
        {"mail": {"timestamp": "2026-11-30T10:00:00.000Z", "tags": {"account_id": ["YWNtZQ"]}}},
        {"mail": {"timestamp": "2026-11-30T10:00:00.000Z", "tags": {"account_id": ["ä"], "subject": ["x"]}}},
        {"eventType": "Complaint"},
        {"eventType": 3},
    ],
)
def test_event_that_is_not_whole_fails_and_changes_nothing(api: ApiClient, changes: dict[str, Any]) -> None:
    again = come(torn(**changes))

    assert (again, trouble_of(ACME, SAM.id)) == (1, None)
