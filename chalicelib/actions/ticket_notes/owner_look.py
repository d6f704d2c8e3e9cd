"""Look whom people have given a ticket to since its case was picked up, before a note says so and sets the owner."""

from collections.abc import Iterator

from chalicelib.adapters.psa.clients import Psa
from chalicelib.domain.integration import Integration
from chalicelib.domain.psa import PsaTicket
from chalicelib.domain.session import Session
from chalicelib.domain.ticket_change import TicketPlace
from chalicelib.domain.ticket_note import TicketNote
from chalicelib.domain.ticket_note_ledger import TicketNoteLedger
from chalicelib.domain.ticket_owner import has_new_owner, was_owner_set_here
from chalicelib.store import engineers, handoffs, session_ticket_notes, ticket_notes


class OwnerLook:
    """Whom the ticket of a pickup's note belongs to by now, where that is neither the claimer nor of our own doing."""

    def __init__(self, note: TicketNote, session: Session, ledger: TicketNoteLedger, ticket: TicketPlace) -> None:
        self._note, self._session, self._ledger, self._ticket = note, session, ledger, ticket
        self.ticket_id = ticket.ticket_id
        self.given_to: str | None = None

    def before_note(self, psa: Psa, integration: Integration) -> None:
        """Look before the note is written, which is to say so; one call of the PSA, where the claimer has an owner."""
        owner = self.owner_in(integration) if self._note.tells_of_claim else None
        if owner:
            self.is_to_be_left(psa.read_ticket(self.ticket_id), owner)

    def owner_in(self, integration: Integration) -> str | None:
        """Return who the note's author is in the PSA, None where the integration does not say."""
        by = self._note.by
        engineer = engineers.find(integration.account_id, by.id) if by else None
        return integration.ticket_mapping.owner_of(engineer.email) if engineer else None

    def is_to_be_left(self, found: PsaTicket, owner: str) -> bool:
        """Whether people have given the ticket, as it is `found`, to somebody else, now or when this was asked before.

        Up to four reads, where the owner is another one than the session knows.
        """
        if self.given_to is None and self._is_given(found, owner):
            self.given_to = found.owner_name or found.owner_id
        return self.given_to is not None

    def _is_given(self, found: PsaTicket, owner: str) -> bool:
        is_new = self._note.tells_of_claim and has_new_owner(found, self._session, self._note.due_at)
        if not is_new or found.has_owner(owner):
            return False
        return not any(was_owner_set_here(found, ledger.notes, self._ticket) for ledger in self._ledgers())

    def _ledgers(self) -> Iterator[TicketNoteLedger]:
        """Yield the ledgers that may say so: this handoff's, the one's before, and that of notes without a handoff."""
        yield self._ledger
        session = self._session
        for handoff_id in handoffs.ids_of_session(session.account_id, session.id)[-2:-1]:
            yield ticket_notes.read_ledger(session.account_id, handoff_id)
        if session.reopened_at:
            yield session_ticket_notes.find(session).ledger
