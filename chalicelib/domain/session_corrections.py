"""Corrections of what a session says: its summary, its domain, its ticket."""

from collections.abc import Mapping
from typing import Any

from chalicelib.domain.correction import Corrected, Correction
from chalicelib.domain.instants import Instant
from chalicelib.domain.people import Person
from chalicelib.domain.session import Session
from chalicelib.domain.titles import ticket_mark
from chalicelib.domain.turn import Note, NoteAbout


def corrected(session: Session, changes: Mapping[str, Any], *, at: Instant) -> Session:
    """Return `session` with `changes` by name, its revision raised; as it is when they change nothing.

    What was known of the ticket goes with the ticket, unless `changes` say what is known of the new one.
    """
    said = {name: value for name, value in changes.items() if name != "ticket"}
    changed = session.model_copy(update=said)
    if changed == session:
        return session
    of_ticket = {"ticket": changes.get("ticket"), "is_ticket_assumed_closed": None, "ticket_owner_changed_at": None}
    known = of_ticket if names_another_ticket(session, changed) else {}
    return changed.model_copy(update={**known, "revision": session.revision + 1, "updated_at": at})


def names_another_ticket(was: Session, now: Session) -> bool:
    """Whether the two name different tickets."""
    return (was.integration_id, was.psa_ticket_id) != (now.integration_id, now.psa_ticket_id)


def note_of(was: Session, now: Session, *, by: Person, at: Instant) -> Note:
    """Return the turn of `by` that says what the session `was` before it became `now`. Nobody can change it."""
    lines = []
    if was.problem_summary != now.problem_summary:
        lines.append(f"Summary was: {was.problem_summary}")
    if was.problem_domain != now.problem_domain:
        lines.append(f"Domain was: {was.problem_domain or 'none'}")
    if names_another_ticket(was, now):
        elsewhere = " in another ticket system" if was.psa_ticket_id and was.psa_ticket_id == now.psa_ticket_id else ""
        lines.append(f"Ticket was: {ticket_mark(was.psa_ticket_id) or 'none'}{elsewhere}")
    note = was.note("\n".join(lines), NoteAbout.CORRECTED, by=by, at=at)
    if note is None:
        raise ValueError("nothing was corrected")
    return note


def corrections_between(was: Session, now: Session, *, by: Person, at: Instant) -> list[Correction]:
    """Return one correction for each field that differs."""
    pairs = {
        Corrected.SUMMARY: (was.problem_summary, now.problem_summary),
        Corrected.DOMAIN: (was.problem_domain, now.problem_domain),
        Corrected.TICKET: (was.psa_ticket_id, now.psa_ticket_id),
    }
    return [Correction(of=of, now=new, by=by, at=at) for of, (old, new) in pairs.items() if old != new]
