"""Who is told outside the page that a session, or its ticket, was reopened; moto stands in for SES."""

from collections.abc import Iterable
from datetime import timedelta

import boto3
import pytest

from chalicelib.actions.deliveries.look_before_sending import look_for_channel
from chalicelib.actions.deliveries.plan_deliveries import plan_deliveries
from chalicelib.actions.sessions.reopen_session import reopen_session
from chalicelib.actions.ticket_sync.apply_ticket import apply_ticket
from chalicelib.adapters.aws import notifications_queue
from chalicelib.contracts.requests import ReopenRequest
from chalicelib.domain.deliveries.channel import ChannelFilter, ChannelKind
from chalicelib.domain.deliveries.ledger import DeliveryKind
from chalicelib.domain.deliveries.plan import recipients_of
from chalicelib.domain.events import Event, EventType
from chalicelib.domain.session import Session
from chalicelib.domain.session_events import event_of_note
from chalicelib.domain.turn import Note
from chalicelib.store import deliveries, engineers, sessions, turns
from tests.support.builders import ACME, ALEX, JANE, SAM, an_event, minute
from tests.support.channels import a_channel
from tests.support.environment import configure
from tests.support.scenarios.actions import claim, escalated, resolve
from tests.support.scenarios.followed_tickets import PSA, a_ticket
from tests.support.tables import NOTIFICATIONS_QUEUE

REOPENINGS = (EventType.SESSION_REOPENED, EventType.TICKET_REOPENED)
AT = minute(40) + timedelta(hours=1)

pytestmark = pytest.mark.usefixtures("mail")


@pytest.fixture
def mail(tables: None, monkeypatch: pytest.MonkeyPatch) -> None:
    """A queue, a sender, and three people in the directory."""
    notifications_queue._client.cache_clear()
    boto3.client("sqs").create_queue(QueueName=NOTIFICATIONS_QUEUE)
    configure(monkeypatch, EMAIL_SENDER="flowpilot@msp.example")
    for one in (JANE, SAM, ALEX):
        engineers.enter(one)


@pytest.fixture
def done(mail: None) -> Session:
    """A case of Jane's that Sam claimed and resolved, and whose ticket is closed."""
    handoff = escalated()
    claim(handoff, SAM)
    resolve(handoff.session_id)
    closed = a_ticket(status_name="Closed", is_closed=True, updated_at=minute(41))
    apply_ticket(PSA, sessions.load(ACME, handoff.session_id), closed, at=minute(41))
    return sessions.load(ACME, handoff.session_id)


def reopened_there(session: Session) -> Event:
    apply_ticket(PSA, session, a_ticket(updated_at=minute(50)), at=minute(50))
    return told_by_newest(session)


def reopened_here(session: Session) -> Event:
    reopen_session(session.id, ReopenRequest(reason="It is back.", epoch=3), by=ALEX, at=AT)
    return told_by_newest(session)


def told_by_newest(session: Session) -> Event:
    [note] = turns.newest(ACME, session.id, 1)
    assert isinstance(note, Note)
    event = event_of_note(note, sessions.load(ACME, session.id))
    assert event
    return event


def mailed(event: Event) -> set[str]:
    plan_deliveries(event, at=AT)
    entries = deliveries.all_of_subject(ACME, event.session_id or "")
    return {entry.recipient.id for entry in entries if entry.recipient.kind is DeliveryKind.EMAIL}


def test_reopening_is_mailed_to_the_others_of_the_session(done: Session) -> None:
    assert mailed(reopened_here(done)) == {JANE.id, SAM.id}


def test_reopened_ticket_is_mailed_to_owner_and_last_holder(done: Session) -> None:
    assert mailed(reopened_there(done)) == {JANE.id, SAM.id}


@pytest.mark.parametrize("kind", [DeliveryKind.EMAIL, DeliveryKind.SLACK, DeliveryKind.TEAMS])
def test_reopened_ticket_is_told_to_nobody_once_its_session_is_reopened(done: Session, kind: DeliveryKind) -> None:
    event = reopened_there(done)
    before = look_for_channel(event, kind).reason
    reopened_here(done)

    assert (before, look_for_channel(event, kind).reason is None) == (None, False)
    assert look_for_channel(event, DeliveryKind.WEBHOOK).reason is None


def kinds_told(event: Event, types: Iterable[EventType]) -> set[str]:
    channels = [a_channel(kind=kind, filter=ChannelFilter(types=tuple(types))) for kind in ChannelKind]
    return {one.kind.value for one in recipients_of(event, None, channels)}


@pytest.mark.parametrize("kind", REOPENINGS)
def test_chats_are_told_of_reopenings_when_their_filter_names_them_and_webhooks_always(kind: EventType) -> None:
    event = an_event(kind, handoff_id=None)

    assert kinds_told(event, ()) == {"webhook"}
    assert kinds_told(event, REOPENINGS) == {"webhook", "slack", "teams"}
    assert kinds_told(event, [EventType.CREATED]) == set()
