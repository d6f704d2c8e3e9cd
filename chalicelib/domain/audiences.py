"""Select the feeds that an event is delivered to."""

from collections.abc import Iterable
from enum import StrEnum

from chalicelib.domain.clock.ladder import SENIORS
from chalicelib.domain.events import Event, EventType
from chalicelib.domain.frozen_model import FrozenModel
from chalicelib.domain.handoff import Handoff, HandoffStatus, Intent
from chalicelib.domain.people import Caller, Role


class AudienceKind(StrEnum):
    """The kind of a feed."""

    ACCOUNT = "account"
    SENIORS = "seniors"
    ADMINS = "admins"
    ENGINEER = "engineer"


class Audience(FrozenModel):
    """The readers of one feed of an account."""

    account_id: str
    kind: AudienceKind
    engineer_id: str | None = None


_RINGS_SENIORS = {
    EventType.CREATED,
    EventType.RELEASED,
    EventType.RETURNED,
    EventType.OPENED,
    EventType.CLAIM_UNDONE,
}
_RINGS_SENDER = {
    EventType.CLAIMED,
    EventType.CLAIM_UNDONE,
    EventType.PASSED_ON,
    EventType.RESOLVED,
    EventType.RELEASED,
    EventType.WITHDRAWN,
    EventType.OVERDUE,
    EventType.DECLINED,
}
"""A PSA withdraws too, when the ticket is closed there. A sender who withdraws is not notified of it."""

_RINGS_HOLDER = {EventType.ASSESSMENT_READY, EventType.IDLE}

_RINGS_PEOPLE_OF_SESSION = {
    EventType.SESSION_NOTE_ADDED,
    EventType.SESSION_REOPENED,
    EventType.SESSION_RESOLVED,
    EventType.TICKET_REOPENED,
}

CONCERN_PEOPLE = frozenset(
    {*_RINGS_SENIORS, *_RINGS_SENDER, *_RINGS_HOLDER, *_RINGS_PEOPLE_OF_SESSION, EventType.DIRECTED}
)
"""Types of events about a case that are in somebody's own feed, or in that of the seniors."""


def audiences_of(event: Event, handoff: Handoff) -> list[Audience]:
    """Return the feeds that `event` of `handoff` belongs in: the account's, then those of notifications.

    Seniors hear of new and released escalations, unless one is directed, which is for its person; the sender and the
    session's owner of what others do with the handoff, and the holder of a ready assessment. Nobody is notified of what
    they did themselves.
    """
    account = event.account_id
    audiences = [Audience(account_id=account, kind=AudienceKind.ACCOUNT)]
    is_for_one = handoff.is_directed_at(event.occurred_at)
    if event.type in _RINGS_SENIORS and handoff.intent is Intent.ESCALATE and not is_for_one:
        audiences.append(Audience(account_id=account, kind=AudienceKind.SENIORS))
    audiences += [
        Audience(account_id=account, kind=AudienceKind.ENGINEER, engineer_id=listener)
        for listener in _listeners(event, handoff)
    ]
    return audiences


def _listeners(event: Event, handoff: Handoff) -> list[str]:
    """Return whose own feed the event belongs in; what the sender gets the session's owner gets, to the end."""
    actor_id = event.actor.id if event.actor else None
    if event.type in _RINGS_SENDER:
        lost_it = [handoff.released_by.id] if event.type is EventType.RELEASED and handoff.released_by else []
        concerned = dict.fromkeys([handoff.sender.id, handoff.owner_id, *lost_it, *_warned_of_sla(event, handoff)])
        return [one for one in concerned if one != actor_id]
    if event.type is EventType.CREATED and handoff.handed_off_by:
        return [handoff.sender.id]  # an admin handed it off for them
    if event.type is EventType.DIRECTED and handoff.to:
        return [handoff.to.id]
    if event.type in _RINGS_HOLDER and handoff.status is HandoffStatus.CLAIMED and handoff.claimed_by:
        return [handoff.claimed_by.id]
    if event.type is EventType.RETURNED and handoff.released_by:
        return [handoff.released_by.id]  # whom the clock took the case from
    return []


def _warned_of_sla(event: Event, handoff: Handoff) -> list[str]:
    """Return who holds the case, or was asked for by name, when its ticket's SLA time comes: no step is told then."""
    if event.data.get("because") != "sla":
        return []
    if handoff.claimed_by:
        return [handoff.claimed_by.id]
    return [handoff.to.id] if handoff.to and handoff.is_directed_at(event.occurred_at) else []


def step_audiences(account_id: str, targets: Iterable[str], people: Iterable[str]) -> list[Audience]:
    """Return the feeds that a step of the ladder is delivered to.

    All seniors have one in common; of other `targets`, those in `people`, who are present, have one each.
    """
    if SENIORS in targets:
        return [Audience(account_id=account_id, kind=AudienceKind.SENIORS)]
    return [Audience(account_id=account_id, kind=AudienceKind.ENGINEER, engineer_id=each) for each in people]


def integration_audiences(event: Event) -> list[Audience]:
    """Return the feeds that an event of an integration belongs in: the account's, and that of its admins."""
    kinds = (AudienceKind.ACCOUNT, AudienceKind.ADMINS)
    return [Audience(account_id=event.account_id, kind=kind) for kind in kinds]


def notified_audiences(caller: Caller) -> list[Audience]:
    """Return the feeds that make up the caller's notifications."""
    own = Audience(account_id=caller.account_id, kind=AudienceKind.ENGINEER, engineer_id=caller.id)
    shared = {AudienceKind.SENIORS: caller.is_senior, AudienceKind.ADMINS: caller.role is Role.ADMIN}
    return [
        own,
        *(Audience(account_id=caller.account_id, kind=kind) for kind, is_theirs in shared.items() if is_theirs),
    ]


def notifies(event: Event, caller: Caller) -> bool:
    """Whether an event in one of the caller's feeds notifies them: nobody is notified of their own change."""
    return event.actor is None or event.actor.id != caller.id
