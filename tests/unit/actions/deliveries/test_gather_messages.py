"""A burst of escalations to one senior, worked as the function behind the queue works it; moto stands in for SES."""

from collections import Counter
from contextlib import suppress
from datetime import timedelta
from email import message_from_string
from typing import Any

import boto3
import pytest
from botocore.awsrequest import AWSResponse
from moto.backends import get_backend
from moto.core.models import DEFAULT_ACCOUNT_ID

from chalicelib.actions.deliveries.handle_mail_feedback import handle_mail_feedback
from chalicelib.actions.deliveries.plan_deliveries import plan_deliveries
from chalicelib.actions.handoffs.claim_handoff import claim_handoff
from chalicelib.contracts.mail_event import MailEvent
from chalicelib.domain.deliveries.gathering import LaneId
from chalicelib.domain.deliveries.ledger import DeliveryState, LedgerEntry
from chalicelib.domain.events import Event
from chalicelib.domain.handoff import Priority
from chalicelib.store import deliveries, gathering
from tests.support.builders import ACME, JANE, OLGA, SAM, an_event
from tests.support.deliveries.call_faults import call_met_by
from tests.support.deliveries.mail_events import event_about
from tests.support.deliveries.worked_queue import NOW, SENDER, WorkedQueue, a_mailing_queue
from tests.support.dynamodb.faults import Deliver, Died, Fault
from tests.support.dynamodb.recorder import Recorder
from tests.support.dynamodb.write_faults import WriteFault, met_by
from tests.support.scenarios.actions import hand_off, open_case

ACCEPTED, GATHERED = DeliveryState.ACCEPTED, DeliveryState.GATHERED

EACH_KIND_OF_WRITE = (0, 1, 2, 12, 13, 16, 17, 19, 20)
"""Of five messages: those of the first, of the first that is gathered, and of sending what was gathered."""

DEATHS = [
    (Fault.DIES_BEFORE, 0),
    *((Fault.DIES_AFTER, write) for write in EACH_KIND_OF_WRITE),
    *(pytest.param(Fault.DIES_BEFORE, write, marks=pytest.mark.prove) for write in range(1, 22)),
    *(
        pytest.param(Fault.DIES_AFTER, write, marks=pytest.mark.prove)
        for write in range(22)
        if write not in EACH_KIND_OF_WRITE
    ),
]
"""To die before a write is most often to die after the one before it."""


@pytest.fixture
def queue(tables: None, monkeypatch: pytest.MonkeyPatch) -> WorkedQueue:
    return a_mailing_queue(monkeypatch, JANE, SAM)


def escalate(count: int, priority: Priority = Priority.HIGH, title: str = "Escalation") -> list[Event]:
    found = []
    for number in range(count):
        handoff = hand_off(open_case().id, priority=priority)
        about: dict[str, Any] = {
            "id": f"event-{title}-{priority}-{number}",
            "title": f"{title} {number}",
            "actor": JANE.person,
        }
        data = {"priority": priority.value}
        found.append(an_event(handoff_id=handoff.id, session_id=handoff.session_id, data=data, **about))
        plan_deliveries(found[-1], at=NOW)
    return found


def subjects() -> list[str]:
    taken: list[Any] = get_backend("ses")[DEFAULT_ACCOUNT_ID]["us-east-1"].sent_messages
    return [message_from_string(one.raw_data)["Subject"] for one in taken]


def entries(events: list[Event]) -> list[LedgerEntry]:
    return [entry for event in events for entry in deliveries.all_of_subject(ACME, event.handoff_id or "")]


def test_fourth_and_later_wait_visibly_and_go_out_in_one_message(queue: WorkedQueue) -> None:
    events = escalate(8)
    queue.work(timedelta(seconds=1))
    waiting = Counter(entry.state for entry in entries(events))
    queue.work(timedelta(minutes=6))

    assert waiting == {ACCEPTED: 3, GATHERED: 5}
    assert len(subjects()) == 4
    assert subjects()[-1].startswith("5 more escalations are waiting: Escalation")
    assert Counter((entry.state, entry.detail) for entry in entries(events)) == {
        (ACCEPTED, None): 3,
        (ACCEPTED, "In one message with 4 more."): 5,
    }


def test_urgent_ones_are_not_held_up_by_others(queue: WorkedQueue) -> None:
    escalate(5)
    queue.work(timedelta(seconds=1))
    urgent = escalate(5, Priority.URGENT)

    queue.work(timedelta(minutes=1))

    assert {entry.state for entry in entries(urgent)} == {ACCEPTED}
    assert len(subjects()) == 3 + 3 + 1


def test_what_is_picked_up_meanwhile_is_left_out_of_the_message(queue: WorkedQueue) -> None:
    events = escalate(6)
    queue.work(timedelta(seconds=1))
    held = next(entry for entry in entries(events) if entry.state is GATHERED)
    claim_handoff(held.event.session_id or "", held.subject, by=OLGA, at=NOW)

    queue.work(timedelta(minutes=6))

    states = Counter(entry.state for entry in entries(events))
    assert states == {ACCEPTED: 5, DeliveryState.SKIPPED: 1}
    assert subjects()[-1].startswith("2 more escalations are waiting")


def test_what_is_picked_up_at_the_last_moment_is_left_out_and_nothing_is_asked_before_the_message_goes(
    queue: WorkedQueue, recorder: Recorder
) -> None:
    events = escalate(6)
    queue.work(timedelta(seconds=1))
    held = next(entry for entry in entries(events) if entry.state is GATHERED)
    last: list[str] = []

    def claim_first(deliver: Deliver) -> AWSResponse:
        claim_handoff(held.event.session_id or "", held.subject, by=OLGA, at=NOW)
        return deliver()

    def note_last(deliver: Deliver) -> AWSResponse:
        last.append(recorder.operations[-1])
        return deliver()

    recorder.tamper("BatchGetItem", claim_first)
    with call_met_by("ses", 0, note_last):
        queue.work(timedelta(minutes=6))

    assert last == ["BatchGetItem"]
    assert Counter(entry.state for entry in entries(events)) == {ACCEPTED: 5, DeliveryState.SKIPPED: 1}


def test_what_is_not_sent_after_all_is_not_counted(queue: WorkedQueue) -> None:
    events = escalate(6)
    for event in events[:3]:
        claim_handoff(event.session_id or "", event.handoff_id or "", by=OLGA, at=NOW)

    queue.work(timedelta(seconds=1))

    assert Counter(entry.state for entry in entries(events)) == {ACCEPTED: 3, DeliveryState.SKIPPED: 3}


def test_orders_that_come_twice_send_nothing_twice(queue: WorkedQueue) -> None:
    escalate(6)
    orders = list(queue.waiting)
    queue.work(timedelta(seconds=1))
    queue.waiting += [*orders, *queue.waiting]

    queue.work(timedelta(minutes=6))

    assert len(subjects()) == 4


def test_message_whose_run_had_only_just_joined_is_told_as_one_of_the_round(queue: WorkedQueue) -> None:
    events = escalate(5)
    queue.work(timedelta(seconds=1))
    open_round = next(entry for entry in entries(events) if entry.state is GATHERED)
    (late,) = escalate(1, title="late")
    (entry,) = entries([late])
    gathering.join(LaneId.of(entry), open_round.round or "", entry, NOW)

    queue.waiting = [one for one in queue.waiting if "lane" in one[1]]
    queue.work(timedelta(minutes=6))

    assert [(one.state, one.round) for one in entries([late])] == [(ACCEPTED, open_round.round)]


def test_bounce_of_a_gathered_message_fails_all_that_it_had(queue: WorkedQueue) -> None:
    events = escalate(6)
    queue.work(timedelta(minutes=6))
    gathered = [entry for entry in entries(events) if entry.detail]

    (feedback,) = MailEvent.model_validate(event_about(gathered[-1], SAM.email)).feedback
    handle_mail_feedback(feedback, at=NOW)

    assert Counter(entry.state for entry in entries(events)) == {ACCEPTED: 3, DeliveryState.FAILED: 3}


def test_refused_message_fails_all_that_it_had(queue: WorkedQueue) -> None:
    events = escalate(5)
    queue.work(timedelta(seconds=1))
    boto3.client("sesv2").delete_email_identity(EmailIdentity=SENDER)

    queue.work(timedelta(minutes=6))

    assert Counter(entry.state for entry in entries(events)) == {ACCEPTED: 3, DeliveryState.FAILED: 2}


@pytest.mark.parametrize(("kind", "write"), DEATHS)
def test_run_that_dies_at_any_write_mails_nothing_twice_and_leaves_nothing_behind(
    queue: WorkedQueue, recorder: Recorder, kind: Fault, write: int
) -> None:
    events = escalate(5)

    with met_by(recorder, WriteFault(kind, write)), suppress(Died):
        queue.work(timedelta(minutes=6))
    queue.work(timedelta(hours=1))

    ends = Counter(entry.known_state(queue.at + timedelta(hours=1)) for entry in entries(events))
    assert set(ends) <= {ACCEPTED, DeliveryState.UNKNOWN}
    assert len(subjects()) == len(set(subjects()))  # one that died may go out alone, once the window has room again
    assert ends[ACCEPTED] >= 3
