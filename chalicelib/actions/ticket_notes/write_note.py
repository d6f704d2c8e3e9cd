"""Write one note on a PSA ticket, and set what the integration wants set with it, or take it back."""

from chalicelib.actions.ticket_notes.find_standing import find_standing
from chalicelib.actions.ticket_notes.owner_look import OwnerLook
from chalicelib.actions.ticket_notes.ticket_holder import set_holder, take_back
from chalicelib.actions.ticket_notes.ticket_writes import TicketWrites
from chalicelib.adapters.psa.clients import Psa, psa_of
from chalicelib.domain.events import EventType
from chalicelib.domain.handoff import Handoff, HandoffStatus
from chalicelib.domain.handoff_detail import HandoffDetail
from chalicelib.domain.integration import Integration
from chalicelib.domain.session import Session, SessionStatus
from chalicelib.domain.ticket_change import TicketPlace
from chalicelib.domain.ticket_note import ENDS_OF_A_CLAIM, TicketNote
from chalicelib.domain.ticket_note_content import NoteContent, content_of, owner_left
from chalicelib.domain.ticket_note_ledger import TicketNoteLedger
from chalicelib.domain.ticket_note_parts import cut_into_parts
from chalicelib.domain.turn import Note, NoteAbout
from chalicelib.store import sessions, turns

TAKES_BACK = (*ENDS_OF_A_CLAIM, EventType.CORRECTED)


def write_note(
    note: TicketNote,
    handoff: HandoffDetail,
    session: Session,
    integration: Integration,
    ticket: TicketPlace,
    ledger: TicketNoteLedger,
    writes: TicketWrites,
) -> str:
    """Write `note` on `ticket`, in as many parts as the PSA's limit makes of it; return its id.

    A part that an earlier attempt may have written is looked for before it is written. What the claim before the note
    has set, by the `ledger`, a return, a pass-on and a correction of the ticket take back. `writes` keeps what is set
    beside the note. Raises PsaRefused and PsaUnavailable.
    """
    psa, claimed = psa_of(integration), ledger.change_before(note, ticket)
    look = OwnerLook(note, session, ledger, ticket, integration)
    look.before_note(psa)
    left = owner_left(look.given_to, integration.kind.label) if look.given_to else None
    content = content_of(note, handoff, session, _reason_of(note, handoff, session), left)
    note_id = add_parts(note, content, psa, ticket.ticket_id)
    if note.type is EventType.CLAIMED:
        _set_for_claim(note, handoff, session, psa, integration, look, writes)
    elif note.type is EventType.REOPENED:
        _set_for_reopening(note, handoff, psa, integration, look, writes)
    elif note.type is EventType.RESOLVED:
        set_resolved(_session_now(handoff), integration, psa, ticket.ticket_id, writes)
    elif note.type in TAKES_BACK and claimed:
        take_back(claimed, psa, integration, ticket.ticket_id, writes)
    return note_id


def set_resolved(now: Session, integration: Integration, psa: Psa, ticket_id: str, writes: TicketWrites) -> None:
    """Set the ticket's status as a resolution does, unless the session was reopened meanwhile.

    A ticket that is closed already stays as people have closed it: the status may be one that does not close.
    """
    status = integration.ticket_mapping.status_on_resolve
    if not status or now.status is not SessionStatus.RESOLVED:
        return
    if not psa.read_ticket(ticket_id).mapped_by(integration.ticket_mapping).is_closed:
        writes.set("status", lambda: psa.set_status(ticket_id, status))


def add_parts(note: TicketNote, content: NoteContent, psa: Psa, ticket_id: str) -> str:
    """Write what a note says, in as many parts as the PSA's limit makes of it; return the id of the first.

    Raises PsaRefused and PsaUnavailable.
    """
    note_ids: list[str] = []
    for part in cut_into_parts(note.event_id, content.lines, psa.render, psa.note_limit):
        found = psa.find_note(ticket_id, part.trace) if note.may_be_there else None
        note_ids.append(found or psa.add_note(ticket_id, content.title, part.text))
    return note_ids[0]


def _set_for_claim(
    note: TicketNote,
    handoff: Handoff,
    session: Session,
    psa: Psa,
    integration: Integration,
    look: OwnerLook,
    writes: TicketWrites,
) -> None:
    """Set status and owner, each for itself.

    Unless more has happened since, also while the note was being written: of a claim that was resolved meanwhile only
    the owner is set, and a late claim does not open a ticket that people have closed.
    """
    standing = find_standing(note, handoff)
    if note.by is None or standing is None:
        return
    is_held, is_over = standing.is_claimed_by(note.by), standing.status is HandoffStatus.RESOLVED
    if not (is_held or is_over):
        return
    status = integration.ticket_mapping.status_on_claim if is_held else None
    set_holder(look, status, psa, integration, writes, was_open=session.is_ticket_known_open)


def _set_for_reopening(
    note: TicketNote, handoff: Handoff, psa: Psa, integration: Integration, look: OwnerLook, writes: TicketWrites
) -> None:
    """Set status and owner as a claim does; unless the session was ended or handed off since."""
    if note.by and note.is_of_reopening(_session_now(handoff)):
        set_holder(look, integration.ticket_mapping.status_on_claim, psa, integration, writes)


def _session_now(handoff: Handoff) -> Session:
    return sessions.load(handoff.account_id, handoff.session_id)


def _reason_of(note: TicketNote, handoff: HandoffDetail, session: Session) -> str:
    """Return why the session was reopened, of a note that tells of it."""
    if note.type is not EventType.REOPENED:
        return ""
    since = turns.list_since(session.account_id, session.id, handoff.snapshot.last_seq, until_epoch=session.epoch)
    told = (turn for turn in since if isinstance(turn, Note) and turn.about is NoteAbout.REOPENED)
    return next((turn.text for turn in told if turn.created_at == note.at), "")
