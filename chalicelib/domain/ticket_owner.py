"""Detect that people have given a ticket to somebody else since its case was picked up."""

from collections.abc import Iterable

from chalicelib.domain.instants import Instant
from chalicelib.domain.psa import PsaTicket
from chalicelib.domain.session import Session
from chalicelib.domain.ticket_change import TicketPlace
from chalicelib.domain.ticket_note import TicketNote


def has_new_owner(found: PsaTicket, session: Session, since: Instant) -> bool:
    """Whether the ticket, as it is `found`, has another owner than the session knows, or than it knew at `since`.

    The change may be our own, as webhooks of our changes are ignored. False for a ticket that was never read.
    """
    known, changed_at = session.ticket, session.ticket_owner_changed_at
    if known is None or not found.owner_id:
        return False
    return not known.names_owner_of(found) or (changed_at is not None and changed_at > since)


def was_owner_set_here(found: PsaTicket, notes: Iterable[TicketNote], ticket: TicketPlace) -> bool:
    """Whether one of `notes` has set the owner that the ticket has, or has found them there before it set another."""
    changes = [note.change for note in notes if note.change and note.ticket in (None, ticket)]
    owners = [owner for change in changes for owner in (change.owner, change.owner_before) if owner]
    return any(found.has_owner(owner) for owner in owners)
