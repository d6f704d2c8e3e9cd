"""Domain values for tests: each builder gives a sound example, and every field can be named to be another.

The story they tell: Jane works a case of Outlook asking for its password, and hands it off to the seniors.
"""

from datetime import UTC, datetime, timedelta

from chalicelib.domain.assessment import AssessmentStatus
from chalicelib.domain.events import Event, EventType
from chalicelib.domain.handoff import Handoff, HandoffStatus, Intent, Priority
from chalicelib.domain.handoff_change import HandoffChange
from chalicelib.domain.handoff_detail import HandoffDetail, TicketNotes
from chalicelib.domain.people import Caller, Role
from chalicelib.domain.redaction import redact
from chalicelib.domain.session import Session, SessionStatus
from chalicelib.domain.snapshot import Since, Snapshot
from chalicelib.domain.titles import domain_start, snippet, summary_start
from chalicelib.domain.turn import ASSISTANT, Author, Evidence, Message, Note, NoteAbout, Step, StepResult

ACME = "acme"
GLOBEX = "globex"
SESSION_ID = "019ab000-0000-7000-8000-000000000001"
HANDOFF_ID = "019ab000-0000-7000-8000-00000000000a"
ABSENT = "019ab000-0000-7000-8000-0000000000ff"
"""An id that nothing has."""

START = datetime(2026, 11, 23, 9, 0, tzinfo=UTC)
AMPLE_S = 60.0
"""A deadline for calls that are to succeed, also on a machine that is busy with other tests."""

SUMMARY = "Outlook keeps asking for the password since the office moved"


def minute(count: int) -> datetime:
    """The time `count` minutes after the story begins."""
    return START + timedelta(minutes=count)


def a_caller(name: str = "Jane", role: Role = Role.ENGINEER, account_id: str = ACME) -> Caller:
    """A signed-in person; the id follows from the name, so the same name in two accounts is the same `sub`."""
    handle = name.lower()
    return Caller(
        account_id=account_id, id=f"sub-{handle}", name=name, email=f"{handle}@{account_id}.example", role=role
    )


JANE = a_caller("Jane")
JOE = a_caller("Joe")
SAM = a_caller("Sam", Role.SENIOR)
ALEX = a_caller("Alex", Role.SENIOR)
OLGA = a_caller("Olga", Role.ADMIN)
VIC = a_caller("Vic", Role.VIEWER)
GINA = a_caller("Gina", account_id=GLOBEX)
HANK = a_caller("Hank", Role.SENIOR, GLOBEX)


def a_message(seq: int = 1, text: str = "It started on Monday.", **changes: object) -> Message:
    """What Jane wrote."""
    given = {"seq": seq, "author": Author.engineer(JANE.person), "text": text, "created_at": minute(seq), "epoch": 1}
    return Message.model_validate(given | changes)


def a_reply(seq: int = 2, text: str = "Is the clock of the laptop right?", **changes: object) -> Message:
    """What the assistant answered to the message before."""
    return a_message(seq, text, **({"author": ASSISTANT, "reply_to": seq - 1} | changes))


def a_step(seq: int = 3, action: str = "Restarted Outlook", **changes: object) -> Step:
    """What Jane tried, without effect."""
    given = {
        "seq": seq,
        "author": Author.engineer(JANE.person),
        "action": action,
        "result": StepResult.NO_EFFECT,
        "evidence": Evidence.OBSERVED,
        "created_at": minute(seq),
        "epoch": 1,
    }
    return Step.model_validate(given | changes)


def a_note(seq: int = 6, text: str = "I am out of ideas.", **changes: object) -> Note:
    """What Jane wrote when she handed the case off."""
    given = {
        "seq": seq,
        "author": Author.engineer(JANE.person),
        "text": text,
        "about": NoteAbout.HANDED_OFF,
        "to": None,
        "created_at": minute(10),
        "epoch": 1,
    }
    return Note.model_validate(given | changes)


TURNS: tuple[Message | Step, ...] = (
    a_message(1),
    a_reply(2),
    a_step(3),
    a_step(4, "Cleared the stored credentials", result=StepResult.UNCLEAR, evidence=Evidence.REPORTED),
    a_step(5, "Sign in from another network", result=StepResult.NOT_DONE),
)
"""The turns of the story's session, oldest first."""


def a_session(**changes: object) -> Session:
    """The session that Jane owns, holds and works on."""
    given = {
        "account_id": ACME,
        "id": SESSION_ID,
        "status": SessionStatus.ACTIVE,
        "problem_summary": SUMMARY,
        "problem_domain": "e-mail",
        "psa_ticket_id": "4711",
        "integration_id": None,
        "owner": JANE.person,
        "holder": JANE.person,
        "open_handoff_id": None,
        "epoch": 1,
        "turn_count": len(TURNS),
        "step_count": 3,
        "resolution": None,
        "root_cause": None,
        "created_at": START,
        "updated_at": minute(5),
        "resolved_at": None,
    }
    return Session.model_validate(given | changes)


def an_escalated_session(**changes: object) -> Session:
    """The session after Jane handed it off: nobody holds it."""
    handed_off = {
        "status": SessionStatus.ESCALATED,
        "holder": None,
        "open_handoff_id": HANDOFF_ID,
        "newest_handoff_id": HANDOFF_ID,
        "epoch": 2,
        "updated_at": minute(10),
    }
    return a_session(**(handed_off | changes))


def a_claimed_session(by: Caller = SAM, **changes: object) -> Session:
    """The session after `by` claimed it."""
    claimed = {
        "status": SessionStatus.ACTIVE,
        "holder": by.person,
        "held_by": {by.id},
        "epoch": 3,
        "updated_at": minute(20),
    }
    return an_escalated_session(**(claimed | changes))


def a_snapshot(**changes: object) -> Snapshot:
    """The story's session as it was handed off."""
    given = {
        "problem_summary": SUMMARY,
        "problem_domain": "e-mail",
        "psa_ticket_id": "4711",
        "step_count": 3,
        "steps": tuple(turn for turn in TURNS if isinstance(turn, Step)),
        "messages": tuple(turn for turn in TURNS if isinstance(turn, Message)),
        "notes": (),
        "omitted": 0,
        "last_seq": len(TURNS),
        "taken_at": minute(10),
    }
    return Snapshot.model_validate(given | changes)


def a_handoff(**changes: object) -> HandoffDetail:
    """Jane's escalation, unclaimed, its assessment pending; the row shows what the snapshot says.

    `engineer_notes` is what she wrote with it, and `release_note` what Sam wrote when he put it back.
    """
    snapshot = _with_note(
        Snapshot.model_validate(changes.pop("snapshot", a_snapshot())),
        str(changes.pop("engineer_notes", "I am out of ideas.")),
    )
    released = changes.pop("release_note", None)
    since = [a_release_note(str(released), seq=snapshot.last_seq + 1)] if released else []
    given = {
        "account_id": ACME,
        "id": HANDOFF_ID,
        "session_id": SESSION_ID,
        "intent": Intent.ESCALATE,
        "status": HandoffStatus.UNCLAIMED,
        "priority": Priority.HIGH,
        "sender": JANE.person,
        "owner_id": JANE.id,
        "title": snippet(redact(snapshot.problem_summary)),
        "summary_start": summary_start(snapshot.problem_summary),
        "problem_domain": domain_start(snapshot.problem_domain),
        "psa_ticket_id": snapshot.psa_ticket_id,
        "step_count": snapshot.step_count,
        "snapshot": snapshot,
        "since": Since.of(since, is_open=True),
        "assessment_status": AssessmentStatus.PENDING,
        "assessment_error": None,
        "assessment": None,
        "assessment_attempts": 0,
        "pending_since": minute(10),
        "verdict": None,
        "claimed_by": None,
        "claimed_at": None,
        "claim_epoch": 2,
        "ticket_notes": TicketNotes(),
        "due_at": minute(15),
        "change": HandoffChange.HANDED_OFF,
        "actor": JANE.person,
        "version": 1,
        "created_at": minute(10),
        "updated_at": minute(10),
    }
    return HandoffDetail.model_validate(given | changes)


def a_release_note(text: str = "Needs the network team.", **changes: object) -> Note:
    """What Sam wrote when he put the case back."""
    given = {"author": Author.engineer(SAM.person), "about": NoteAbout.RELEASED, "created_at": minute(25), "epoch": 3}
    return a_note(text=text, **({"seq": 7} | given | changes))  # type: ignore[arg-type]  # a seq among the changes


def _with_note(snapshot: Snapshot, text: str) -> Snapshot:
    if snapshot.notes or not text:
        return snapshot
    note = a_note(snapshot.last_seq + 1, text, created_at=snapshot.taken_at)
    return snapshot.model_copy(update={"notes": (note,), "last_seq": note.seq})


def without_parts(handoff: HandoffDetail) -> Handoff:
    """What the row of `handoff` alone tells."""
    return Handoff.model_validate({name: getattr(handoff, name) for name in Handoff.model_fields})


def a_claimed_handoff(by: Caller = SAM, **changes: object) -> HandoffDetail:
    """The escalation after `by` claimed it, twenty minutes into the story."""
    claimed = {
        "status": HandoffStatus.CLAIMED,
        "claimed_by": by.person,
        "claimed_at": minute(20),
        "claim_epoch": 3,
        "due_at": minute(25),
        "change": HandoffChange.CLAIMED,
        "actor": by.person,
        "version": 2,
        "updated_at": minute(20),
    }
    return a_handoff(**(claimed | changes))


def an_event(kind: EventType = EventType.CREATED, **changes: object) -> Event:
    """An event of the story's handoff, by Jane."""
    given = {
        "id": "9b1f0c0e-0000-5000-8000-000000000001",
        "type": kind,
        "occurred_at": minute(10),
        "account_id": ACME,
        "session_id": SESSION_ID,
        "handoff_id": HANDOFF_ID,
        "version": 1,
        "actor": JANE.person,
        "title": f"Escalation from Jane · #4711: {SUMMARY}",
        "data": {},
    }
    return Event.model_validate(given | changes)
