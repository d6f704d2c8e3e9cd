"""Write one note on a PSA ticket, and set what the integration wants set with it."""

from chalicelib.adapters.psa.clients import Psa, psa_of
from chalicelib.domain.events import EventType
from chalicelib.domain.handoff import Handoff
from chalicelib.domain.handoff_detail import HandoffDetail
from chalicelib.domain.integration import Integration
from chalicelib.domain.psa import PsaRefused
from chalicelib.domain.session import Session
from chalicelib.domain.ticket_note_content import content_of
from chalicelib.domain.ticket_note_ledger import TicketNote
from chalicelib.domain.ticket_note_parts import cut_into_parts
from chalicelib.store import engineers


def write_note(note: TicketNote, handoff: HandoffDetail, session: Session, integration: Integration) -> str:
    """Write `note` on the ticket that the session names now, in as many parts as the PSA's limit makes of it.

    Returns the id of the first. A part that an earlier attempt may have written is looked for before it is written.
    Raises PsaRefused and PsaUnavailable.
    """
    psa, ticket_id = psa_of(integration), session.psa_ticket_id or handoff.psa_ticket_id or ""
    content = content_of(note, handoff, session)
    note_ids: list[str] = []
    for part in cut_into_parts(note.event_id, content.lines, psa.render, psa.note_limit):
        found = psa.find_note(ticket_id, part.trace) if note.may_be_there else None
        note_ids.append(found or psa.add_note(ticket_id, content.title, part.text))
    _set_status_and_owner(note, handoff, psa, integration, ticket_id)
    return note_ids[0]


def _set_status_and_owner(
    note: TicketNote, handoff: Handoff, psa: Psa, integration: Integration, ticket_id: str
) -> None:
    """Set what goes with the note, each for itself.

    Unless more has happened since: a late claim does not open a closed ticket.
    """
    words, status, owner = integration.ticket_mapping, None, None
    if note.type is EventType.CLAIMED and note.by and handoff.is_claimed_by(note.by):
        engineer = engineers.find(integration.account_id, note.by.id)
        status, owner = words.status_on_claim, words.owner_of(engineer.email) if engineer else None
    if note.type is EventType.RESOLVED:
        status = words.status_on_resolve
    refusals: list[str] = []
    for name, wanted, set_it in (("status", status, psa.set_status), ("owner", owner, psa.set_owner)):
        try:
            if wanted is not None:
                set_it(ticket_id, wanted)
        except PsaRefused as refusal:
            refusals.append(f"not the ticket's {name}: {refusal}")
    if refusals:
        raise PsaRefused(f"The note is there, but {' And '.join(refusals)}")
