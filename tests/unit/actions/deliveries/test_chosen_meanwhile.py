"""A message that waits is looked at once more by what its person has chosen meanwhile; moto stands in for SES."""

from datetime import timedelta
from typing import Any

import pytest

from chalicelib.actions.deliveries.plan_deliveries import plan_deliveries
from chalicelib.actions.deliveries.send_delivery import SendAgain
from chalicelib.actions.handoffs.change_priority import change_priority
from chalicelib.actions.handoffs.claim_handoff import claim_handoff
from chalicelib.adapters.aws import ses
from chalicelib.domain.availability import Availability, Presence
from chalicelib.domain.deliveries.ledger import DeliveryState, LedgerEntry
from chalicelib.domain.deliveries.notification_settings import KindRule, NotificationRules
from chalicelib.domain.events import Event, EventType
from chalicelib.domain.handoff import Priority
from chalicelib.domain.people import Caller
from chalicelib.store import deliveries, engineers, notification_settings
from tests.support.builders import ACME, ALEX, JANE, OLGA, SAM, an_event
from tests.support.deliveries.worked_queue import NOW, WorkedQueue, a_mailing_queue
from tests.support.people_reached import emails_sent
from tests.support.scenarios.actions import hand_off, open_case

NO_MAIL, URGENT_MAIL = KindRule(email=None), KindRule(email=Priority.URGENT)
OFF = (DeliveryState.SKIPPED, "They have switched e-mail off for escalations.")
PASSED_OVER = (DeliveryState.SKIPPED, "They were away when its turn came, and others were told.")
SENT = (DeliveryState.ACCEPTED, None)


@pytest.fixture
def queue(tables: None, monkeypatch: pytest.MonkeyPatch) -> WorkedQueue:
    return a_mailing_queue(monkeypatch, JANE, SAM, ALEX, OLGA)


def escalation(number: int = 1, **about: Any) -> Event:
    """An escalation of high priority, of which all seniors are to be told."""
    handoff = hand_off(open_case().id, priority=Priority.HIGH)
    given = {"id": f"event-{number}", "actor": JANE.person, "data": {"priority": "high"}, **about}
    event = an_event(handoff_id=handoff.id, session_id=handoff.session_id, **given)
    plan_deliveries(event, at=NOW)
    return event


def choose(who: Caller, **rules: KindRule) -> None:
    loaded = notification_settings.load(ACME, who.id)
    chosen = loaded.model_copy(update={"rules": NotificationRules(**rules), "version": loaded.version + 1})
    assert notification_settings.save(ACME, who.id, chosen, loaded)


def go_away(who: Caller) -> None:
    engineers.set_availability(ACME, who.id, Availability(presence=Presence.AWAY))


def told(event: Event) -> dict[str, tuple[DeliveryState, str | None]]:
    return {entry.recipient.name: (entry.state, entry.detail) for entry in ledger(event)}


def ledger(event: Event) -> list[LedgerEntry]:
    return deliveries.all_of_subject(ACME, event.handoff_id or "")


def mailed() -> list[str]:
    return sorted(str(mail["To"]) for mail in emails_sent())


def test_message_is_not_sent_once_its_rule_is_switched_off(queue: WorkedQueue) -> None:
    event = escalation()
    choose(SAM, escalations=NO_MAIL)

    queue.work(timedelta(seconds=1))

    assert (told(event), mailed()) == ({"Sam": OFF, "Alex": SENT}, [ALEX.email])


def test_message_is_not_sent_once_its_person_wants_more_urgent_cases_only(queue: WorkedQueue) -> None:
    event = escalation()
    choose(SAM, escalations=URGENT_MAIL)

    queue.work(timedelta(seconds=1))

    reason = "They have chosen e-mail of escalations for more urgent cases only."
    assert told(event)["Sam"] == (DeliveryState.SKIPPED, reason)


def test_message_is_sent_although_its_case_has_become_less_urgent(queue: WorkedQueue) -> None:
    event = escalation()
    change_priority(event.session_id or "", event.handoff_id or "", Priority.LOW, by=JANE, at=NOW)

    queue.work(timedelta(seconds=1))

    assert told(event) == {"Sam": SENT, "Alex": SENT}


def test_claim_is_not_told_to_who_has_switched_it_off_in_the_20_seconds_since(queue: WorkedQueue) -> None:
    handoff = hand_off(open_case().id)
    claim_handoff(handoff.session_id, handoff.id, by=SAM, at=NOW)
    about = {"handoff_id": handoff.id, "session_id": handoff.session_id, "actor": SAM.person}
    event = an_event(EventType.CLAIMED, **about)
    plan_deliveries(event, at=NOW)
    choose(JANE, mine=NO_MAIL)

    queue.work(timedelta(minutes=1))

    assert told(event) == {"Jane": (DeliveryState.SKIPPED, "They have switched e-mail off for cases of their own.")}


def test_gathered_message_leaves_out_who_has_switched_it_off(queue: WorkedQueue) -> None:
    events = [escalation(number) for number in range(5)]
    queue.work(timedelta(seconds=1))
    choose(SAM, escalations=NO_MAIL)

    queue.work(timedelta(minutes=6))

    assert mailed() == [ALEX.email] * 4 + [SAM.email] * 3
    assert [told(event)["Sam"] for event in events].count(OFF) == 2


def test_message_that_is_tried_again_is_not_once_it_is_switched_off(
    queue: WorkedQueue, monkeypatch: pytest.MonkeyPatch
) -> None:
    choose(ALEX, escalations=NO_MAIL)
    event = escalation()
    [(_, order)] = queue.waiting
    monkeypatch.setenv("AWS_ENDPOINT_URL_SESV2", "http://127.0.0.1:9")
    ses._client.cache_clear()
    with pytest.raises(SendAgain):
        queue.run(order)
    choose(SAM, escalations=NO_MAIL)

    queue.run(order)

    assert told(event) == {"Sam": OFF}


def test_who_went_away_is_passed_over_as_long_as_somebody_present_is_told(queue: WorkedQueue) -> None:
    event = escalation()
    go_away(SAM)

    queue.work(timedelta(seconds=1))

    assert (told(event), mailed()) == ({"Sam": PASSED_OVER, "Alex": SENT}, [ALEX.email])


def test_all_are_told_when_all_went_away(queue: WorkedQueue) -> None:
    event = escalation()
    go_away(SAM)
    go_away(ALEX)

    queue.work(timedelta(seconds=1))

    assert (told(event), mailed()) == ({"Sam": SENT, "Alex": SENT}, [ALEX.email, SAM.email])


def test_who_went_away_is_told_when_the_message_to_the_other_one_is_not_sent(queue: WorkedQueue) -> None:
    event = escalation()
    choose(ALEX, escalations=NO_MAIL)
    go_away(SAM)
    orders = sorted((body for _, body in queue.waiting), key=lambda body: ALEX.id not in body)

    for order in orders:
        queue.run(order)

    assert told(event)["Sam"] == SENT


def test_who_went_away_hears_of_cases_of_their_own(queue: WorkedQueue) -> None:
    handoff = hand_off(open_case().id)
    claim_handoff(handoff.session_id, handoff.id, by=SAM, at=NOW)
    about = {"handoff_id": handoff.id, "session_id": handoff.session_id, "actor": SAM.person}
    event = an_event(EventType.CLAIMED, **about)
    plan_deliveries(event, at=NOW)
    go_away(JANE)

    queue.work(timedelta(minutes=1))

    assert told(event) == {"Jane": SENT}


def test_who_has_no_address_any_more_is_not_mailed(queue: WorkedQueue) -> None:
    event = escalation()
    engineers.enter(SAM.model_copy(update={"email": ""}))

    queue.work(timedelta(seconds=1))

    reason = "Their sign-in names no address any more that mail can be sent to."
    assert told(event)["Sam"] == (DeliveryState.SKIPPED, reason)
