"""Decide what is tried when a message to a person has failed for good. Pure: the same facts give the same answer."""

from collections.abc import Collection, Iterable

from chalicelib.domain.deliveries.device import Devices
from chalicelib.domain.deliveries.event_sort import EventSort
from chalicelib.domain.deliveries.ledger import TO_PEOPLE, DeliveryKind, DeliveryState, LedgerEntry, Recipient
from chalicelib.domain.deliveries.people_told import Addressee, emails_to, pushes_to, sms_to

_ORDER = (DeliveryKind.PUSH, DeliveryKind.EMAIL, DeliveryKind.SMS)
"""The order in which other kinds are tried; SMS come last, since they cost money."""

_ENDED = {DeliveryState.FAILED, DeliveryState.SKIPPED}


def is_lost(entry: LedgerEntry) -> bool:
    """Whether the message of `entry` did not reach its person; one that only replaces another has nothing new."""
    to = entry.recipient
    is_over = entry.state is DeliveryState.FAILED or (entry.state is DeliveryState.SKIPPED and entry.is_place_gone)
    return bool(is_over) and to.kind in TO_PEOPLE and not to.only_replaces


def next_recipients(
    failed: LedgerEntry,
    entries: Iterable[LedgerEntry],
    person: Addressee,
    sorts: Collection[EventSort],
    devices: Devices,
    kinds: Collection[DeliveryKind],
) -> list[Recipient]:
    """Return what reaches `person` in place of `failed`: the kind not tried yet that their rules take for its `sorts`.

    `kinds` are those that the stack sends. Nothing while another message of the same event to them, among `entries`,
    may arrive. The least priority of the other kind does not count: it was chosen on the assumption that the first one
    arrives.
    """
    same = [one for one in entries if one.event.id == failed.event.id and one.recipient.id == person.engineer.id]
    theirs = [one for one in same if one.recipient.kind in TO_PEOPLE]
    if any(one.state not in _ENDED for one in theirs):
        return []
    tried = {one.recipient.kind for one in theirs} | {failed.recipient.kind}
    for kind in _ORDER:
        may_be_tried = kind in kinds and kind not in tried and person.settings.rules.may_send(kind, sorts)
        found = _reaching(kind, person, devices) if may_be_tried else []
        if found:
            reasons = {"instead_of": failed.recipient.kind, "sorts": tuple(sorted(sorts))}
            return [one.model_copy(update=reasons) for one in found]
    return []


def _reaching(kind: DeliveryKind, person: Addressee, devices: Devices) -> list[Recipient]:
    if kind is DeliveryKind.PUSH:
        return pushes_to([person.engineer], {person.engineer.id: devices})
    if kind is DeliveryKind.SMS:
        return sms_to([person.engineer]) if person.phone else []
    return [] if person.why_no_mail else emails_to([person.engineer])
