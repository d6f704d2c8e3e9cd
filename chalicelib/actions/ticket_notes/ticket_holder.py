"""Set who works on a PSA ticket and its status, or take them back; what the PSA refuses is collected, not raised."""

from chalicelib.actions.ticket_notes.owner_look import OwnerLook
from chalicelib.actions.ticket_notes.ticket_writes import TicketWrites
from chalicelib.adapters.psa.clients import Psa
from chalicelib.domain.integration import Integration
from chalicelib.domain.ticket_change import TicketChange


def set_holder(
    look: OwnerLook,
    status: str | None,
    psa: Psa,
    integration: Integration,
    writes: TicketWrites,
    *,
    was_open: bool = False,
) -> None:
    """Set the author of the note of `look` as the ticket's owner, and `status`.

    A closed ticket stays as it is without a status, and where it `was_open` when the session last knew of it: people
    have closed it since, and the session is about to hear of that. An owner whom people have chosen since is kept.
    """
    owner, ticket_id = look.owner, look.ticket_id
    if status is None and owner is None:
        return
    found = psa.read_ticket(ticket_id).mapped_by(integration.ticket_mapping)
    if found.is_closed and (status is None or was_open):
        return
    if status:
        is_news = not found.has_status(status)
        change = TicketChange(status=status, status_before=found.status_id) if is_news else None
        writes.set("status", lambda: psa.set_status(ticket_id, status), change)
    if owner and not look.is_to_be_left(found):
        is_news = not found.has_owner(owner)
        change = TicketChange(owner=owner, owner_before=found.owner_id or "") if is_news else None
        writes.set("owner", lambda: psa.set_owner(ticket_id, owner), change)


def take_back(claimed: TicketChange, psa: Psa, integration: Integration, ticket_id: str, writes: TicketWrites) -> None:
    """Set status and owner as they were before the claim, where they still stand as it set them.

    What people have changed over there since is theirs (ADR 0026).
    """
    found = psa.read_ticket(ticket_id).mapped_by(integration.ticket_mapping)
    if found.is_closed:
        return
    if claimed.status and claimed.status_before and found.has_status(claimed.status):
        writes.set("status", lambda: psa.set_status(ticket_id, claimed.status_before or ""))
    if claimed.owner and found.has_owner(claimed.owner):
        writes.set("owner", lambda: psa.set_owner(ticket_id, claimed.owner_before or None))
