"""Find out which people are told of an event, and by what."""

from typing import NamedTuple

from chalicelib.actions.clock.find_step_feeds import find_step_told
from chalicelib.actions.deliveries.sent_kinds import is_sent, sent_kinds
from chalicelib.domain.audiences import Audience, audiences_of
from chalicelib.domain.clock.handoff_plan import clocked
from chalicelib.domain.clock.staff import Staff
from chalicelib.domain.clock.staff_at import staff_of
from chalicelib.domain.deliveries.device import Devices
from chalicelib.domain.deliveries.ledger import DeliveryKind, Recipient
from chalicelib.domain.deliveries.people_told import (
    Addressee,
    Told,
    admins_mailed,
    choosers,
    concerns_admins,
    concerns_people,
    emails_to,
    people_told,
    priority_of,
    pushes_to,
    sms_to,
    with_sorts,
)
from chalicelib.domain.events import Event
from chalicelib.domain.handoff import Handoff, Priority
from chalicelib.domain.people import Engineer
from chalicelib.domain.session_events import audiences_of_session
from chalicelib.store import addressees, devices, rotas, sessions


class FoundPeople(NamedTuple):
    """Who is told of an event, and why; and the whole directory."""

    told: Told
    people: list[Addressee]


def find_people_told(event: Event, handoff: Handoff | None) -> list[Recipient]:
    """Return who gets an e-mail, a push message or an SMS of `event`; none of a kind that the stack does not send.

    Who has no device for a push message gets an e-mail in place of it, if they take e-mail of that sort at all.
    Besides what `find_told` reads, a batch read of the devices of those who chose push messages.
    """
    if not sent_kinds():
        return []
    if concerns_admins(event):
        return find_admins_told(event.account_id)
    found, priority = find_told(event, handoff), priority_of(handoff)
    mailed = choosers(DeliveryKind.EMAIL, found.told, found.people, priority) if is_sent(DeliveryKind.EMAIL) else []
    texts = sms_to(_texted(found, priority)) if is_sent(DeliveryKind.SMS) else []
    if not is_sent(DeliveryKind.PUSH):
        return with_sorts([*emails_to(mailed), *texts], found.told)
    pushed = choosers(DeliveryKind.PUSH, found.told, found.people, priority)
    owned = devices.load_many(event.account_id, [one.id for one in pushed])
    lacking = {one.id for one in pushed if not owned.get(one.id, Devices()).items} - {one.id for one in mailed}
    instead = [one for one in found.people if one.engineer.id in lacking and _takes_email(one, found.told)]
    return with_sorts([*emails_to(mailed), *pushes_to(pushed, owned), *texts, *_in_place_of_push(instead)], found.told)


def find_admins_told(account_id: str) -> list[Recipient]:
    """Return the admins who get an e-mail of what concerns the account: one query of the directory."""
    return emails_to(admins_mailed(addressees.read_all(account_id))) if is_sent(DeliveryKind.EMAIL) else []


def find_told(event: Event, handoff: Handoff | None) -> FoundPeople:
    """Return whom `event` concerns, and why, whatever they have chosen.

    One query of the directory; of the rotas and the policy as well where seniors or a step of the ladder are told.
    """
    if not concerns_people(event):
        return FoundPeople({}, [])
    audiences = audiences_of(event, handoff) if handoff else _audiences_of_note(event)
    people = addressees.read_all(event.account_id)
    staff = staff_of([one.engineer for one in people], rotas.list_all(event.account_id), event.occurred_at)
    step = _step_people(event, handoff, staff) if handoff else ()
    told = people_told(event, audiences, step, staff, clocked(handoff).target_context if handoff else None)
    return FoundPeople(told, people)


def _texted(found: FoundPeople, priority: Priority) -> list[Engineer]:
    return choosers(DeliveryKind.SMS, found.told, [one for one in found.people if one.phone], priority)


def _takes_email(person: Addressee, told: Told) -> bool:
    sorts = told.get(person.engineer.id, ())
    return is_sent(DeliveryKind.EMAIL) and person.settings.rules.may_send(DeliveryKind.EMAIL, sorts)


def _in_place_of_push(people: list[Addressee]) -> list[Recipient]:
    mails = emails_to([one.engineer for one in people])
    return [one.model_copy(update={"instead_of": DeliveryKind.PUSH}) for one in mails]


def _step_people(event: Event, handoff: Handoff, staff: Staff) -> tuple[str, ...]:
    told = find_step_told(event, handoff, lambda: staff)
    return told.people if told else ()


def _audiences_of_note(event: Event) -> list[Audience]:
    return audiences_of_session(event, sessions.load(event.account_id, event.session_id)) if event.session_id else []
