"""Runs that are killed before or after they call SES or SQS, that lose the answer, that come again, or twice at once.

No e-mail is sent twice, and none is lost silently: each entry ends as sent, failed or unknown.
"""

from collections import Counter
from collections.abc import Callable
from email import message_from_string
from typing import Any

import pytest
from botocore.awsrequest import AWSResponse
from moto.backends import get_backend
from moto.core.models import DEFAULT_ACCOUNT_ID

from chalicelib.domain.deliveries.ledger import DeliveryState, LedgerEntry
from chalicelib.domain.events import Event
from chalicelib.domain.handoff import Priority
from chalicelib.store import deliveries
from tests.support.builders import ACME, ALEX, JANE, SAM, an_event
from tests.support.deliveries.call_faults import KINDS, call_meets, call_met_by
from tests.support.deliveries.worked_queue import HOUR, NOW, WorkedQueue, a_mailing_queue
from tests.support.dynamodb.faults import Deliver, Died, Fault
from tests.support.scenarios.actions import hand_off, open_case

ACCEPTED, UNKNOWN = DeliveryState.ACCEPTED, DeliveryState.UNKNOWN


@pytest.fixture
def queue(tables: None, monkeypatch: pytest.MonkeyPatch) -> WorkedQueue:
    """A queue, a mail service that takes everything, and two seniors whom an escalation is told to."""
    return a_mailing_queue(monkeypatch, JANE, SAM, ALEX)


def escalate() -> Event:
    handoff = hand_off(open_case().id, priority=Priority.HIGH)
    ids: dict[str, Any] = {"id": f"{handoff.id}-new", "handoff_id": handoff.id, "session_id": handoff.session_id}
    return an_event(title=f"Escalation {handoff.id}", actor=JANE.person, occurred_at=NOW, **ids)


def mails() -> Counter[tuple[str, str]]:
    """How often SES took which message to whom."""
    taken: list[Any] = get_backend("ses")[DEFAULT_ACCOUNT_ID]["us-east-1"].sent_messages
    found = (message_from_string(one.raw_data) for one in taken)
    return Counter((one["To"], one["Subject"]) for one in found)


def ends(*events: Event) -> Counter[DeliveryState]:
    """How the deliveries ended, as they are shown."""
    return Counter(entry.known_state(NOW + 3 * HOUR) for event in events for entry in entries(event))


def entries(event: Event) -> list[LedgerEntry]:
    return deliveries.all_of_subject(ACME, event.handoff_id or "")


@pytest.mark.parametrize("kind", KINDS)
@pytest.mark.parametrize("call", range(2))
def test_fault_of_a_call_to_ses_leaves_one_message_unknown(queue: WorkedQueue, call: int, kind: Fault) -> None:
    event = escalate()
    queue.put(event)

    with call_meets("ses", call, kind) as calls:
        queue.work_through_a_fault()

    assert (calls.made, ends(event)) == (2, {ACCEPTED: 1, UNKNOWN: 1})
    assert sum(mails().values()) == (1 if kind is Fault.DIES_BEFORE else 2)
    assert max(mails().values()) == 1


@pytest.mark.parametrize("kind", KINDS)
def test_fault_of_a_call_to_sqs_loses_no_message_and_sends_none_twice(queue: WorkedQueue, kind: Fault) -> None:
    event = escalate()
    queue.put(event)

    with call_meets("sqs", 0, kind) as calls:
        queue.work_through_a_fault()

    assert calls.made >= 1
    assert ends(event) == {ACCEPTED: 2}
    assert mails() == {(one.email, event.title): 1 for one in (SAM, ALEX)}


@pytest.mark.parametrize("kind", [Fault.DIES_BEFORE, Fault.DIES_AFTER])
@pytest.mark.parametrize(("service", "call"), [("sqs", 4), ("sqs", 5), ("ses", 6), ("ses", 7)])
def test_fault_of_a_call_for_a_gathered_message_sends_nothing_twice(
    queue: WorkedQueue, service: str, call: int, kind: Fault
) -> None:
    """Four escalations to two people: four calls for orders, then one for each round; six e-mails, then two more."""
    events = [escalate() for _ in range(5)]
    for event in events[:4]:
        queue.put(event)

    with call_meets(service, call, kind) as calls:
        queue.work_through_a_fault()

    assert calls.made > call
    assert max(mails().values()) == 1
    ended = ends(*events[:4])
    assert sum(ended.values()) == 8
    assert ended == ({ACCEPTED: 8} if service == "sqs" else {ACCEPTED: 7, UNKNOWN: 1})


def _again(queue: WorkedQueue, body: str, *, before: bool, dies: bool) -> Callable[[Deliver], AWSResponse]:
    """Have the same message worked once more while a run of it makes its call."""

    def act(deliver: Deliver) -> AWSResponse:
        if before:
            queue.run(body)
        answer = deliver()
        if not before:
            queue.run(body)
        if dies:
            raise Died
        return answer

    return act


@pytest.mark.parametrize("dies", [False, True])
@pytest.mark.parametrize("before", [True, False])
@pytest.mark.parametrize("service", ["ses", "sqs"])
def test_message_that_comes_twice_at_once_is_mailed_once(
    queue: WorkedQueue,
    service: str,
    before: bool,  # noqa: FBT001
    dies: bool,  # noqa: FBT001
) -> None:
    event = escalate()
    queue.put(event)
    if service == "ses":
        queue.run(queue.waiting.pop()[1])
    body = queue.waiting[0][1]

    with call_met_by(service, 0, _again(queue, body, before=before, dies=dies)):
        queue.work_through_a_fault()

    assert max(mails().values()) == 1
    assert sum(mails().values()) == 2
    assert sum(ends(event).values()) == 2
    assert set(ends(event)) <= {ACCEPTED, UNKNOWN}
