"""Set who works on a PSA ticket and its status, or take them back; what the PSA refuses is collected, not raised."""

from collections.abc import Callable

from chalicelib.adapters.psa.clients import Psa
from chalicelib.domain.integration import Integration
from chalicelib.domain.people import Person
from chalicelib.domain.psa import PsaAccessRefused, PsaRefused
from chalicelib.domain.ticket_change import TicketChange
from chalicelib.store import engineers


def set_holder(
    holder: Person, status: str | None, psa: Psa, integration: Integration, ticket_id: str, refusals: list[str]
) -> TicketChange | None:
    """Set `holder` as the ticket's owner, and `status`; without one a closed ticket stays as it is."""
    engineer = engineers.find(integration.account_id, holder.id)
    owner = integration.ticket_mapping.owner_of(engineer.email) if engineer else None
    if status is None and owner is None:
        return None
    found = psa.read_ticket(ticket_id).mapped_by(integration.ticket_mapping)
    if status is None and found.is_closed:
        return None
    change: dict[str, str] = {}
    if (
        status
        and set_or_refuse(refusals, "status", lambda: psa.set_status(ticket_id, status))
        and not found.has_status(status)
    ):
        change |= {"status": status, "status_before": found.status_id}
    if (
        owner
        and set_or_refuse(refusals, "owner", lambda: psa.set_owner(ticket_id, owner))
        and not found.has_owner(owner)
    ):
        change |= {"owner": owner, "owner_before": found.owner_id or ""}
    return TicketChange.model_validate(change) if change else None


def take_back(claimed: TicketChange, psa: Psa, integration: Integration, ticket_id: str, refusals: list[str]) -> None:
    """Set status and owner as they were before the claim, where they still stand as it set them.

    What people have changed over there since is theirs (ADR 0026).
    """
    found = psa.read_ticket(ticket_id).mapped_by(integration.ticket_mapping)
    if found.is_closed:
        return
    if claimed.status and claimed.status_before and found.has_status(claimed.status):
        set_or_refuse(refusals, "status", lambda: psa.set_status(ticket_id, claimed.status_before or ""))
    if claimed.owner and found.has_owner(claimed.owner):
        set_or_refuse(refusals, "owner", lambda: psa.set_owner(ticket_id, claimed.owner_before or None))


def set_or_refuse(refusals: list[str], name: str, set_it: Callable[[], None]) -> bool:
    """Set something; return False, with the reason among `refusals`, when the PSA refuses it."""
    try:
        set_it()
    except PsaAccessRefused:
        raise
    except PsaRefused as refusal:
        refusals.append(f"not the ticket's {name}: {refusal}")
        return False
    return True
