"""Nobody who was removed from the directory is told anything, also by what was ordered before; the others still are."""

from collections.abc import Callable
from datetime import timedelta
from typing import Any

import pytest
from botocore.awsrequest import AWSResponse

from chalicelib.actions.deliveries.plan_deliveries import plan_deliveries
from chalicelib.actions.deliveries.try_next_channel import try_next_channel
from chalicelib.actions.handoffs.claim_handoff import claim_handoff
from chalicelib.actions.people.remove_engineer import remove_engineer
from chalicelib.actions.people.save_device import add_device
from chalicelib.adapters.aws import sms
from chalicelib.domain.clock.ladder import LadderStep
from chalicelib.domain.clock.policy import Policy, PrioritiesRules, PriorityRules
from chalicelib.domain.clock.rota import Rota
from chalicelib.domain.clock.saved import SavedPolicy, SavedRota
from chalicelib.domain.deliveries.ledger import DeliveryKind, DeliveryState, LedgerEntry
from chalicelib.domain.deliveries.notification_settings import KindRule, NotificationRules, NotificationSettings
from chalicelib.domain.deliveries.still_wanted import NOT_IN_THE_DIRECTORY
from chalicelib.domain.events import Event, EventType
from chalicelib.domain.handoff import Priority
from chalicelib.domain.people import Caller
from chalicelib.store import deliveries, engineers, notification_settings, policies, rotas
from infra.local.post_office import PostOffice
from tests.support.builders import ACME, ALEX, JANE, OLGA, SAM, an_event, minute
from tests.support.deliveries.worked_queue import NOW, WorkedQueue, a_mailing_queue
from tests.support.dynamodb.faults import Deliver
from tests.support.dynamodb.recorder import Asked, Recorder
from tests.support.people_reached import emails_sent
from tests.support.phones import confirm_number, sms_sent
from tests.support.push import a_subscription, send_pushes
from tests.support.scenarios.actions import hand_off, open_case
from tests.support.scenarios.preconditions import NIGHTS

SKIPPED, ACCEPTED = DeliveryState.SKIPPED, DeliveryState.ACCEPTED
ALL_KINDS = KindRule(email=Priority.LOW, push=Priority.LOW, sms=Priority.LOW)


@pytest.fixture
def queue(server: PostOffice, tables: None, monkeypatch: pytest.MonkeyPatch) -> WorkedQueue:
    """Sam and Alex, seniors whom every kind of message reaches, and the queue of what is sent to them."""
    sms._client.cache_clear()
    queue = a_mailing_queue(monkeypatch, JANE, SAM, ALEX, OLGA)
    send_pushes(monkeypatch, STAGE="local", SENDS_SMS="true")
    for number, one in enumerate((SAM, ALEX)):
        confirm_number(one, f"+1202555013{number}")
        add_device(a_subscription(server, name=f"Phone of {one.name}"), by=one, at=NOW)
        rules = NotificationRules(escalations=ALL_KINDS, mine=ALL_KINDS, ladder=ALL_KINDS)
        settings = NotificationSettings(version=1, rules=rules)
        assert notification_settings.save(ACME, one.id, settings, NotificationSettings())
    return queue


def escalate(queue: WorkedQueue, number: int = 1, **changes: Any) -> Event:
    """Plan what is sent of an escalation of Jane's that waits."""
    handoff = hand_off(open_case(problem_domain="VPN").id, priority=Priority.HIGH)
    about: dict[str, Any] = {"id": f"event-{number}", "title": f"Escalation {number}", "actor": JANE.person}
    ids = {"handoff_id": handoff.id, "session_id": handoff.session_id, "occurred_at": queue.at}
    event = an_event(**{"data": {"priority": "high"}, **ids, **about, **changes})
    plan_deliveries(event, at=queue.at)
    return event


def remove(who: Caller = SAM) -> None:
    remove_engineer(who.id, by=OLGA, at=NOW)


def entries(event: Event, who: Caller = SAM) -> list[LedgerEntry]:
    found = deliveries.all_of_subject(ACME, event.handoff_id or "")
    return [one for one in found if one.recipient.id == who.id]


def arrived(server: PostOffice) -> list[str]:
    """What came by any channel: addresses and numbers, and the names of devices."""
    pushed = [one.to for one in server.mailbox.messages]
    return [*(str(mail["To"]) for mail in emails_sent()), *(number for number, _ in sms_sent()), *pushed]


def mailed_to(who: Caller) -> int:
    return sum(mail["To"] == who.email for mail in emails_sent())


def test_nothing_is_planned_for_somebody_removed(queue: WorkedQueue) -> None:
    remove()

    event = escalate(queue)

    assert entries(event) == []
    assert {one.recipient.kind for one in entries(event, ALEX)} == {
        *(DeliveryKind(k) for k in ("email", "push", "sms"))
    }


def test_what_was_ordered_before_is_not_sent(queue: WorkedQueue, server: PostOffice) -> None:
    event = escalate(queue)
    remove()

    queue.work(timedelta(seconds=1))

    assert {(one.recipient.kind.value, one.state, one.detail) for one in entries(event)} == {
        (kind, SKIPPED, NOT_IN_THE_DIRECTORY) for kind in ("email", "push", "sms")
    }
    assert {one.state for one in entries(event, ALEX)} == {ACCEPTED}
    assert len(arrived(server)) == 3


def test_gathered_messages_that_wait_are_not_sent(queue: WorkedQueue) -> None:
    events = [escalate(queue, number) for number in range(6)]
    queue.work(timedelta(seconds=1))
    waiting = [one for event in events for one in entries(event) if one.state is DeliveryState.GATHERED]
    before = mailed_to(SAM)
    remove()

    queue.work(timedelta(minutes=30))

    after = [one for event in events for one in entries(event) if one.position in {each.position for each in waiting}]
    assert waiting
    assert {(one.state, one.detail) for one in after} == {(SKIPPED, NOT_IN_THE_DIRECTORY)}
    assert mailed_to(SAM) == before


def test_gathered_message_whose_person_is_removed_while_it_is_made_is_not_sent(
    queue: WorkedQueue, recorder: Recorder
) -> None:
    events = [escalate(queue, number) for number in range(4)]
    queue.work(timedelta(seconds=1))
    sent = mailed_to(SAM)
    waiting = [remove]

    def carry(asked: Asked, deliver: Deliver) -> AWSResponse:
        if waiting and asked.operation == "PutItem" and "unsubscribe#" in str(asked.body) and SAM.id in str(asked.body):
            waiting.pop()()
        return deliver()

    recorder.every = carry
    queue.work(timedelta(minutes=30))

    late = [one for event in events for one in entries(event) if one.round and one.recipient.kind is DeliveryKind.EMAIL]
    assert (waiting, mailed_to(SAM), mailed_to(ALEX)) == ([], sent, sent + 1)
    assert [(one.state, one.detail) for one in late] == [(SKIPPED, NOT_IN_THE_DIRECTORY)]


def claim(event: Event, queue: WorkedQueue) -> None:
    claim_handoff(event.session_id or "", event.handoff_id or "", by=ALEX, at=queue.at)
    told = {"type": EventType.CLAIMED, "id": f"{event.id}-claimed", "occurred_at": queue.at, "actor": ALEX.person}
    plan_deliveries(event.model_copy(update=told), at=queue.at)


def test_push_message_that_they_were_shown_is_not_replaced(queue: WorkedQueue, server: PostOffice) -> None:
    event = escalate(queue)
    queue.work(timedelta(seconds=1))
    sent = len(server.mailbox.messages)
    remove()

    claim(event, queue)
    queue.work(timedelta(minutes=1))

    (replacing,) = (one for one in entries(event) if one.recipient.only_replaces)
    assert (replacing.state, len(server.mailbox.messages)) == (SKIPPED, sent + 1)  # Alex's is replaced


def test_failed_message_is_not_tried_by_another_channel(queue: WorkedQueue) -> None:
    event = escalate(queue)
    remove()
    failed = entries(event)[0].model_copy(update={"state": DeliveryState.FAILED})

    assert try_next_channel(failed, at=NOW) == 0


def with_ladder(*tell: str) -> None:
    """Have urgent escalations told to `tell`, then to nobody else for a day."""
    rules = PriorityRules(around_the_clock=True, ladder=(LadderStep(after_min=0, tell=tell),))
    policy = Policy(priorities=PrioritiesRules(high=rules))
    assert policies.save(ACME, policy, SavedPolicy(policy=Policy(), version=0))
    policies.forget()


def with_rota() -> None:
    rota = Rota.model_validate({**NIGHTS, "people": [SAM.id], "starts_on": "2020-01-06"})
    rotas.save(SavedRota(account_id=ACME, id="nights", name="Nights", rota=rota, updated_at=minute(0), version=1), None)


def skilled() -> None:
    engineers.set_skills(ACME, SAM.id, ["VPN"])


def nothing() -> None:
    """Nothing else has to be there."""


@pytest.mark.parametrize(
    ("target", "arrange"),
    [(f"person:{SAM.id}", nothing), ("on_call", with_rota), ("seniors", nothing), ("skilled", skilled)],
)
def test_no_target_of_a_ladder_comes_to_them(queue: WorkedQueue, target: str, arrange: Callable[[], None]) -> None:
    arrange()
    with_ladder(target, f"person:{ALEX.id}")
    overdue = {"type": EventType.OVERDUE, "data": {"level": 0, "priority": "high"}}
    before = escalate(queue, 1, **overdue)
    remove()

    after = escalate(queue, 2, **overdue)

    assert (entries(before) != [], entries(after)) == (True, [])
    assert entries(after, ALEX)
