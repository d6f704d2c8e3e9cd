"""Select the feeds that an event is delivered to."""

from enum import StrEnum

from chalicelib.domain.events import Event, EventType
from chalicelib.domain.frozen_model import FrozenModel
from chalicelib.domain.handoff import Handoff, HandoffStatus, Intent
from chalicelib.domain.people import Caller


class AudienceKind(StrEnum):
    """The kind of a feed."""

    ACCOUNT = "account"
    SENIORS = "seniors"
    ENGINEER = "engineer"


class Audience(FrozenModel):
    """The readers of one feed of an account."""

    account_id: str
    kind: AudienceKind
    engineer_id: str | None = None


_RINGS_SENIORS = {EventType.CREATED, EventType.RELEASED}
_RINGS_SENDER = {EventType.CLAIMED, EventType.RESOLVED, EventType.RELEASED, EventType.WITHDRAWN}
"""A PSA withdraws too, when the ticket is closed there; who withdraws their own hears nothing of it."""


def audiences_of(event: Event, handoff: Handoff) -> list[Audience]:
    """Return the feeds that `event` of `handoff` belongs in: the account's, then the bells.

    Seniors hear of new and released escalations, the sender of what others do with the handoff, and the holder of a
    ready assessment. Nobody's own bell rings for what they did themselves.
    """
    account = event.account_id
    audiences = [Audience(account_id=account, kind=AudienceKind.ACCOUNT)]
    if event.type in _RINGS_SENIORS and handoff.intent is Intent.ESCALATE:
        audiences.append(Audience(account_id=account, kind=AudienceKind.SENIORS))
    if (listener := _listener(event, handoff)) is not None:
        audiences.append(Audience(account_id=account, kind=AudienceKind.ENGINEER, engineer_id=listener))
    return audiences


def _listener(event: Event, handoff: Handoff) -> str | None:
    actor_id = event.actor.id if event.actor else None
    if event.type in _RINGS_SENDER and handoff.sender.id != actor_id:
        return handoff.sender.id
    if event.type is EventType.ASSESSMENT_READY and handoff.status is HandoffStatus.CLAIMED:
        return handoff.claimed_by.id if handoff.claimed_by else None
    return None


def notified_audiences(caller: Caller) -> list[Audience]:
    """Return the feeds that make up the caller's notifications."""
    own = Audience(account_id=caller.account_id, kind=AudienceKind.ENGINEER, engineer_id=caller.id)
    seniors = Audience(account_id=caller.account_id, kind=AudienceKind.SENIORS)
    return [own, seniors] if caller.is_senior else [own]


def notifies(event: Event, caller: Caller) -> bool:
    """Whether an event in one of the caller's feeds notifies them: nobody is notified of their own change."""
    return event.actor is None or event.actor.id != caller.id
