"""What all conversations with the PSA sandbox share: its tickets, faults and webhooks."""

from collections import deque
from dataclasses import dataclass, field

from infra.local.fake_http import Request
from infra.local.fault_switch import FaultSwitch
from infra.local.psa_sandbox.faults import PsaFault
from infra.local.psa_sandbox.ticket_store import TicketStore
from infra.local.psa_sandbox.webhooks import Delivered, Hook, delivery_of


@dataclass
class Sandbox:
    """What all conversations share. `received` keeps the newest calls, for tests in the same process."""

    store: TicketStore
    faults: FaultSwitch[PsaFault] = field(default_factory=lambda: FaultSwitch(PsaFault))
    hooks: dict[str, Hook] = field(default_factory=dict)
    received: deque[tuple[str, Request]] = field(default_factory=lambda: deque(maxlen=1000))
    url: str = ""

    def address(self, system: str) -> str:
        """Where one of the systems is."""
        return f"{self.url}/{system}"

    def change(
        self,
        system: str,
        ticket_id: int,
        *,
        status: str | None = None,
        owner_id: int | None = None,
        due_at: str | None = None,
        is_answered: bool = False,
        is_told: bool = True,
    ) -> Delivered | None:
        """Change a ticket as the PSA's own people would, and send its webhook unless it is to get lost.

        `due_at` is when the service level wants it solved, an empty text for never. Where it `is_answered`, the
        customer has answered, and nobody else has changed anything.
        """
        ticket = self.store.tickets[system][ticket_id]
        ticket.status, ticket.owner_id = status or ticket.status, owner_id or ticket.owner_id
        ticket.due_at = ticket.due_at if due_at is None else due_at or None
        if is_answered:
            self.store.answer(ticket)
        else:
            self.store.touch(ticket, "dispatcher")
        return self.send_webhook(system, ticket_id) if is_told else None

    def send_webhook(self, system: str, ticket_id: int) -> Delivered | None:
        """Send a webhook about the ticket's latest change; return None when there is no subscription."""
        hook, ticket = self.hooks.get(system), self.store.tickets[system][ticket_id]
        return delivery_of(system, hook, self.address(system), ticket).send() if hook else None
