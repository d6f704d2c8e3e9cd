"""Write one note on a PSA ticket, and set what the integration wants set with it, or take it back."""

from collections.abc import Callable
from typing import NamedTuple

from chalicelib.actions.ticket_notes.find_standing import find_standing
from chalicelib.adapters.psa.clients import Psa, psa_of
from chalicelib.domain.events import EventType
from chalicelib.domain.handoff import Handoff, HandoffStatus
from chalicelib.domain.handoff_detail import HandoffDetail
from chalicelib.domain.integration import Integration
from chalicelib.domain.people import Person
from chalicelib.domain.psa import PsaAccessRefused, PsaRefused
from chalicelib.domain.session import Session, SessionStatus
from chalicelib.domain.ticket_change import TicketChange
from chalicelib.domain.ticket_note import TicketNote
from chalicelib.domain.ticket_note_content import content_of
from chalicelib.domain.ticket_note_ledger import ENDS_OF_A_CLAIM
from chalicelib.domain.ticket_note_parts import cut_into_parts
from chalicelib.domain.turn import Note, NoteAbout
from chalicelib.store import engineers, sessions, turns

TAKES_BACK = (*ENDS_OF_A_CLAIM, EventType.CORRECTED)


class WrittenNote(NamedTuple):
    """The id of a note, what was set on the ticket with it, and what the PSA refused to set."""

    note_id: str
    change: TicketChange | None
    refusal: str | None


def write_note(
    note: TicketNote,
    handoff: HandoffDetail,
    session: Session,
    integration: Integration,
    ticket_id: str,
    claimed: TicketChange | None = None,
) -> WrittenNote:
    """Write `note` on the ticket `ticket_id`, in as many parts as the PSA's limit makes of it.

    A part that an earlier attempt may have written is looked for before it is written. `claimed` is what the claim
    before the note has set: a return, a pass-on and a correction of the ticket take it back. Raises PsaRefused and
    PsaUnavailable.
    """
    psa = psa_of(integration)
    content = content_of(note, handoff, session, _reason_of(note, handoff, session))
    note_ids: list[str] = []
    for part in cut_into_parts(note.event_id, content.lines, psa.render, psa.note_limit):
        found = psa.find_note(ticket_id, part.trace) if note.may_be_there else None
        note_ids.append(found or psa.add_note(ticket_id, content.title, part.text))
    refusals: list[str] = []
    change = None
    if note.type is EventType.CLAIMED:
        change = _set_for_claim(note, handoff, psa, integration, ticket_id, refusals)
    elif note.type is EventType.REOPENED:
        change = _set_for_reopening(note, handoff, psa, integration, ticket_id, refusals)
    elif note.type is EventType.RESOLVED and (status := integration.ticket_mapping.status_on_resolve):
        if _session_now(handoff).status is SessionStatus.RESOLVED:  # else it was reopened meanwhile
            _try(refusals, "status", lambda: psa.set_status(ticket_id, status))
    elif note.type in TAKES_BACK and claimed:
        _take_back(claimed, psa, ticket_id, refusals)
    refusal = f"The note is there, but {' And '.join(refusals)}" if refusals else None
    return WrittenNote(note_ids[0], change, refusal)


def _set_for_claim(
    note: TicketNote, handoff: Handoff, psa: Psa, integration: Integration, ticket_id: str, refusals: list[str]
) -> TicketChange | None:
    """Set status and owner, each for itself; return what changed by it, and what was there before.

    Unless more has happened since, also while the note was being written: of a claim that was resolved meanwhile only
    the owner is set, and a late claim does not open a closed ticket.
    """
    standing = find_standing(note, handoff)
    if note.by is None or standing is None:
        return None
    is_held, is_over = standing.is_claimed_by(note.by), standing.status is HandoffStatus.RESOLVED
    if not (is_held or is_over):
        return None
    status = integration.ticket_mapping.status_on_claim if is_held else None
    return _set_holder(note.by, status, psa, integration, ticket_id, refusals)


def _set_for_reopening(
    note: TicketNote, handoff: Handoff, psa: Psa, integration: Integration, ticket_id: str, refusals: list[str]
) -> TicketChange | None:
    """Set status and owner as a claim does; unless the session was ended or handed off since."""
    if note.by is None or not note.is_of_reopening(_session_now(handoff)):
        return None
    return _set_holder(note.by, integration.ticket_mapping.status_on_claim, psa, integration, ticket_id, refusals)


def _set_holder(
    holder: Person, status: str | None, psa: Psa, integration: Integration, ticket_id: str, refusals: list[str]
) -> TicketChange | None:
    """Set `holder` as the ticket's owner, and `status`; without one a closed ticket stays as it is."""
    engineer = engineers.find(integration.account_id, holder.id)
    owner = integration.ticket_mapping.owner_of(engineer.email) if engineer else None
    if status is None and owner is None:
        return None
    found = psa.read_ticket(ticket_id)
    if status is None and found.is_closed:
        return None
    change: dict[str, str] = {}
    if status and _try(refusals, "status", lambda: psa.set_status(ticket_id, status)) and not found.has_status(status):
        change |= {"status": status, "status_before": found.status_id}
    if owner and _try(refusals, "owner", lambda: psa.set_owner(ticket_id, owner)) and not found.has_owner(owner):
        change |= {"owner": owner, "owner_before": found.owner_id or ""}
    return TicketChange.model_validate(change) if change else None


def _session_now(handoff: Handoff) -> Session:
    return sessions.load(handoff.account_id, handoff.session_id)


def _reason_of(note: TicketNote, handoff: HandoffDetail, session: Session) -> str:
    """Return why the session was reopened, of a note that tells of it."""
    if note.type is not EventType.REOPENED:
        return ""
    since = turns.list_since(session.account_id, session.id, handoff.snapshot.last_seq, until_epoch=session.epoch)
    told = (turn for turn in since if isinstance(turn, Note) and turn.about is NoteAbout.REOPENED)
    return next((turn.text for turn in told if turn.created_at == note.at), "")


def _take_back(claimed: TicketChange, psa: Psa, ticket_id: str, refusals: list[str]) -> None:
    """Set status and owner as they were before the claim, where they still stand as it set them.

    What people have changed over there since is theirs (ADR 0026).
    """
    found = psa.read_ticket(ticket_id)
    if found.is_closed:
        return
    if claimed.status and claimed.status_before and found.has_status(claimed.status):
        _try(refusals, "status", lambda: psa.set_status(ticket_id, claimed.status_before or ""))
    if claimed.owner and found.has_owner(claimed.owner):
        _try(refusals, "owner", lambda: psa.set_owner(ticket_id, claimed.owner_before or None))


def _try(refusals: list[str], name: str, set_it: Callable[[], None]) -> bool:
    """Set something; return False, with the reason among `refusals`, when the PSA refuses it."""
    try:
        set_it()
    except PsaAccessRefused:
        raise
    except PsaRefused as refusal:
        refusals.append(f"not the ticket's {name}: {refusal}")
        return False
    return True
