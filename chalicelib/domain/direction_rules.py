"""The rules of directing a handoff to one person, who alone may claim it for a while."""

from collections.abc import Collection

from chalicelib.domain.errors import Forbidden, InvalidRequest, InvalidState
from chalicelib.domain.handoff import Handoff, HandoffStatus, Intent
from chalicelib.domain.handoff_change import HandoffChange, is_last_made
from chalicelib.domain.instants import Instant
from chalicelib.domain.people import Caller, Engineer, Person, Role

TO = "/to"


def require_recipient(found: Engineer | None, *, intent: Intent, barred: Collection[Person]) -> Engineer:
    """Return whom a handoff may be directed to. `barred` are its sender and who holds it now.

    Raises InvalidRequest for what is parked, for those in `barred`, and for anybody who may not claim or is not known.
    """
    if intent is not Intent.ESCALATE:
        raise InvalidRequest(TO, "Only an escalation can be directed to somebody.")
    if found is None or not found.role.is_at_least(Role.SENIOR):
        raise InvalidRequest(TO, "Name a senior or an admin of your account.")
    if any(found.id == person.id for person in barred):
        raise InvalidRequest(TO, f"It comes from {found.name}; name somebody else.")
    return found


def was_reassigned_by(handoff: Handoff, by: Caller, to: str) -> bool:
    """Whether the last thing that anybody did to the handoff is that `by` reassigned it to the engineer `to`."""
    is_last = is_last_made(HandoffChange.REASSIGNED, handoff.change)
    was_put_back = handoff.status is HandoffStatus.UNCLAIMED and handoff.released_by is not None
    is_to_them = handoff.to is not None and handoff.to.id == to
    return was_put_back and is_last and is_to_them and handoff.actor.id == by.id


def was_declined_by(handoff: Handoff, by: Caller) -> bool:
    """Whether the last thing that anybody did to the handoff is that `by` declined it."""
    is_last = is_last_made(HandoffChange.DECLINED, handoff.change)
    waits_for_all = handoff.status is HandoffStatus.UNCLAIMED and handoff.to is None
    return waits_for_all and is_last and by.is_senior and handoff.actor.id == by.id


def require_directed_to(handoff: Handoff, person: Person, at: Instant) -> None:
    """Raise unless the handoff waits for `person` alone.

    Raises InvalidState when it does not wait, or waits for everybody, and Forbidden when it waits for somebody else.
    """
    if handoff.status is not HandoffStatus.UNCLAIMED:
        raise InvalidState(f"The handoff is {handoff.status}; it does not wait any more.", status=handoff.status)
    if not handoff.is_directed_at(at) or handoff.to is None:
        raise InvalidState("The handoff is open to all seniors.", status=handoff.status)
    if handoff.to.id != person.id:
        raise Forbidden(f"It is directed to {handoff.to.name}; only they can decline it.")
