"""Ask for the tickets that were somebody's before FlowPilot knew them, through the queue of deliveries."""

from chalicelib import log
from chalicelib.actions.integrations.find_ticket_system import list_psas
from chalicelib.adapters.aws import deliveries_queue
from chalicelib.contracts.delivery_message import TicketSearchMessage
from chalicelib.domain.errors import Unavailable
from chalicelib.domain.instants import Instant
from chalicelib.domain.integration import Integration, PsaKind
from chalicelib.domain.people import Engineer, TicketSearch
from chalicelib.store import engineers


def ask_for_ticket_search(account_id: str, engineer: Engineer, *, at: Instant) -> None:
    """Put the search for an engineer's tickets into the queue; where no PSA can be asked, there is none.

    It is remembered only when the queue has it: one that took nothing is tried at the next sign-in, and one that comes
    twice finds its sessions open.
    """
    search = TicketSearch(email=engineer.email, asked_at=at)
    if not list_psas(account_id):
        search = search.model_copy(update={"is_done": True})
    elif not _queued(account_id, [engineer]):
        return
    engineers.keep_ticket_search(account_id, engineer.id, search)


def ask_for_searches_in(integration: Integration) -> None:
    """Put a search into the queue for everybody who signed in before the account had this integration.

    Where the queue takes nothing, the integration is there all the same, and their tickets come as they change.
    """
    if integration.kind is PsaKind.STANDARD:
        return
    known = [engineer for engineer in engineers.read_all(integration.account_id) if engineer.may_have_tickets]
    if known and _queued(integration.account_id, known):
        log.info("ticket searches queued", integration_id=integration.id, engineers=len(known))


def _queued(account_id: str, whose: list[Engineer]) -> bool:
    correlation_id = log.correlation_id()
    orders = [
        TicketSearchMessage(
            account_id=account_id, engineer_id=engineer.id, email=engineer.email, correlation_id=correlation_id
        )
        for engineer in whose
    ]
    try:
        deliveries_queue.put(orders)
    except Unavailable as fault:
        log.error("ticket searches not queued", fault, engineer_ids=[engineer.id for engineer in whose[:10]])
        return False
    return True
