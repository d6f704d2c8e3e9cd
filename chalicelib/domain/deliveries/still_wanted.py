"""Check whether a person still wants a message that was planned. Pure: the same facts always give the same answer."""

from collections.abc import Iterable

from chalicelib.domain.deliveries.event_sort import EventSort
from chalicelib.domain.deliveries.ledger import DeliveryKind, DeliveryState, LedgerEntry, Recipient
from chalicelib.domain.deliveries.notification_settings import NotificationRules
from chalicelib.domain.deliveries.people_told import Addressee, concerns_admins, priority_of
from chalicelib.domain.events import Event, EventType
from chalicelib.domain.handoff import Handoff, HandoffStatus, Priority
from chalicelib.domain.instants import Instant
from chalicelib.domain.people import Role

_SAID = {DeliveryKind.EMAIL: "e-mail", DeliveryKind.PUSH: "push messages", DeliveryKind.SMS: "SMS"}

_SORTS_SAID = {
    EventSort.ESCALATIONS: "escalations",
    EventSort.MINE: "cases of their own",
    EventSort.LADDER: "overdue escalations",
}

NOT_IN_THE_DIRECTORY = "They are not in the directory any more."
"""Why a message is skipped whose person was removed after it was ordered."""

_FOR_ITS_HOLDER = {EventType.ASSESSMENT_READY, EventType.IDLE}

_IN_QUIET_HOURS = (EventType.PAGE_TEST, EventType.SHIFT_TAKEN)
"""Types that quiet hours do not hold back, beside those for admins: a test message, and what is sent only once."""

_NOT_TOLD = (DeliveryState.FAILED, DeliveryState.SKIPPED)


def why_not_sent(
    to: Recipient, person: Addressee | None, event: Event, handoff: Handoff | None, at: Instant
) -> str | None:
    """Return why this message is not sent to `person` now, by their present settings; None when it is.

    What only replaces a message on a device makes no sound, so quiet hours do not hold it back.
    """
    if person is None:
        return NOT_IN_THE_DIRECTORY
    if person.settings.rules.never_send(to.kind):
        return f"They have switched {_SAID[to.kind]} off."
    if to.kind is DeliveryKind.SMS and person.phone is None:
        return "They have no confirmed number any more."
    if concerns_admins(event):
        return None if person.engineer.role is Role.ADMIN else "They are not an admin any more."
    if to.only_replaces or event.type in _IN_QUIET_HOURS:
        return None
    is_quiet = person.settings.quiet and person.settings.quiet.hold_back(priority_of(handoff), at)
    return (
        _why_not_chosen(to, person.settings.rules, event, handoff)
        or ("It came in their quiet hours." if is_quiet else None)
        or _why_no_longer_theirs(person.engineer.id, event, handoff)
    )


def why_passed_over(
    entry: LedgerEntry, people: Iterable[Addressee], others: Iterable[LedgerEntry], at: Instant
) -> str | None:
    """Return why `entry` is not sent to its person, who is away; None when nobody who is present gets it instead.

    `people` is the directory, `others` are the deliveries of the case.
    """
    told = {
        one.recipient.id
        for one in others
        if one.event.id == entry.event.id and one.recipient.is_one_of_many and one.state not in _NOT_TOLD
    }
    others_told = [one.engineer for one in people if one.engineer.id in told - {entry.recipient.id}]
    is_anybody_present = any(not one.availability.is_away_at(at) for one in others_told)
    return "They were away when its turn came, and others were told." if is_anybody_present else None


def _why_not_chosen(to: Recipient, rules: NotificationRules, event: Event, handoff: Handoff | None) -> str | None:
    """Return why the settings of `to` no longer ask for this message; None when they do.

    A case that has become less urgent counts as urgent as at the event, as its person has changed nothing. A message in
    place of another kind is sent whatever the least priority of its own kind.
    """
    if not to.sorts:
        return None
    sorts = " and ".join(_SORTS_SAID[sort] for sort in to.sorts)
    if not rules.may_send(to.kind, to.sorts):
        return f"They have switched {_SAID[to.kind]} off for {sorts}."
    priority = priority_of(handoff)
    most = min(priority, Priority(event.data.get("priority", priority)), key=lambda each: each.rank)
    if to.instead_of is None and not any(rules.sends(to.kind, sort, most) for sort in to.sorts):
        return f"They have chosen {_SAID[to.kind]} of {sorts} for more urgent cases only."
    return None


def _why_no_longer_theirs(person_id: str, event: Event, handoff: Handoff | None) -> str | None:
    if handoff is None:
        return None
    if event.type is EventType.DIRECTED and (handoff.to is None or handoff.to.id != person_id):
        return "It was not directed to them any more when its turn came."
    holder = handoff.claimed_by if handoff.status is HandoffStatus.CLAIMED else None
    if event.type in _FOR_ITS_HOLDER and (holder is None or holder.id != person_id):
        return "They did not hold the case any more when its turn came."
    return None
