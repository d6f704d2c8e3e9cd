"""Look whether people have given a ticket to somebody else since the pickup, before its note is written."""

from collections.abc import Iterator
from functools import cached_property

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
    """A look at the owner of the ticket that `note` is for.

    `given_to` is the owner's name once the look has found one whom people have chosen since the pickup.
    """

    def __init__(
        self,
        note: TicketNote,
        session: Session,
        ledger: TicketNoteLedger,
        ticket: TicketPlace,
        integration: Integration,
    ) -> None:
        self._note, self._session, self._ledger, self._ticket = note, session, ledger, ticket
        self._integration = integration
        self.ticket_id = ticket.ticket_id
        self.given_to: str | None = None

    @cached_property
    def owner(self) -> str | None:
        """Who the note's author is in the PSA, None where the integration does not say; one read, once."""
        by = self._note.by
        engineer = engineers.find(self._integration.account_id, by.id) if by else None
        return self._integration.ticket_mapping.owner_of(engineer.email) if engineer else None

    def before_note(self, psa: Psa) -> None:
        """Look before the note of a claim is written, as it reports a new owner; one call of the PSA."""
        if self._note.tells_of_claim and self.owner:
            self.is_to_be_left(psa.read_ticket(self.ticket_id))

    def is_to_be_left(self, found: PsaTicket) -> bool:
        """Whether people have given the ticket, as it is `found`, to somebody else, now or at an earlier look.

        Up to four reads, where the owner is another one than the session knows.
        """
        if self.given_to is None and self._is_given(found):
            self.given_to = found.owner_name or found.owner_id
        return self.given_to is not None

    def _is_given(self, found: PsaTicket) -> bool:
        is_new = self._note.tells_of_claim and has_new_owner(found, self._session, self._note.due_at)
        if not is_new or (self.owner and found.has_owner(self.owner)):
            return False
        return not any(was_owner_set_here(found, ledger.notes, self._ticket) for ledger in self._ledgers())

    def _ledgers(self) -> Iterator[TicketNoteLedger]:
        """Yield this handoff's ledger, the previous handoff's, and that of the session's own notes."""
        yield self._ledger
        session = self._session
        for handoff_id in handoffs.ids_of_session(session.account_id, session.id)[-2:-1]:
            yield ticket_notes.read_ledger(session.account_id, handoff_id)
        if session.reopened_at:
            yield session_ticket_notes.find(session).ledger
