"""Find out which people are told of an event, and by what."""

from chalicelib.actions.clock.find_step_feeds import find_step_told
from chalicelib.domain.audiences import Audience, audiences_of
from chalicelib.domain.clock.handoff_plan import clocked
from chalicelib.domain.clock.staff import Staff
from chalicelib.domain.clock.staff_at import staff_of
from chalicelib.domain.deliveries.ledger import DeliveryKind, Recipient
from chalicelib.domain.deliveries.people_told import (
    Addressee,
    Told,
    choosers,
    concerns_people,
    emails_to,
    people_told,
    priority_of,
    pushes_to,
)
from chalicelib.domain.events import Event
from chalicelib.domain.handoff import Handoff, Priority
from chalicelib.domain.session_events import audiences_of_session
from chalicelib.settings import settings
from chalicelib.store import addressees, devices, rotas, sessions


def find_people_told(event: Event, handoff: Handoff | None) -> list[Recipient]:
    """Return who gets an e-mail or a push message of `event`; none of a kind that the stack does not send.

    One query of the directory; of the rotas and the policy as well where seniors or a step of the ladder are told; and
    a batch read of the devices of those who chose push messages.
    """
    if not (settings().email_sender or settings().push_public_key) or not concerns_people(event):
        return []
    audiences = audiences_of(event, handoff) if handoff else _audiences_of_note(event)
    people = addressees.read_all(event.account_id)
    staff = staff_of([one.engineer for one in people], rotas.list_all(event.account_id), event.occurred_at)
    step = _step_people(event, handoff, staff) if handoff else ()
    told = people_told(event, audiences, step, staff, clocked(handoff).audience if handoff else None)
    return _recipients(event.account_id, told, people, priority_of(handoff))


def _recipients(account_id: str, told: Told, people: list[Addressee], priority: Priority) -> list[Recipient]:
    found: list[Recipient] = []
    if settings().email_sender:
        found += emails_to(choosers(DeliveryKind.EMAIL, told, people, priority))
    if settings().push_public_key:
        pushed = choosers(DeliveryKind.PUSH, told, people, priority)
        found += pushes_to(pushed, devices.load_many(account_id, [one.id for one in pushed]))
    return found


def _step_people(event: Event, handoff: Handoff, staff: Staff) -> tuple[str, ...]:
    told = find_step_told(event, handoff, lambda: staff)
    return told.people if told else ()


def _audiences_of_note(event: Event) -> list[Audience]:
    return audiences_of_session(event, sessions.load(event.account_id, event.session_id)) if event.session_id else []
