"""Texts made from optional parts: an absent part leaves no trace, in any combination of parts."""

import re
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from chalicelib.domain.assessment import AssessmentError
from chalicelib.domain.documentation import record_of
from chalicelib.domain.events import EventType, created_event, events_between
from chalicelib.domain.handoff import Intent, Priority
from chalicelib.domain.handoff_detail import HandoffDetail
from chalicelib.domain.people import Caller, Person
from chalicelib.domain.renderings import to_html, to_markdown, to_note, to_text
from chalicelib.domain.session import Session
from chalicelib.domain.ticket_facts import TicketClient, TicketContact, TicketFacts
from chalicelib.domain.ticket_note import TicketNote
from chalicelib.domain.ticket_note_content import content_of
from chalicelib.domain.titles import about, notification_title, ticket_mark, ticket_subject
from infra.local.demo.walk import queue_line
from tests.support.assessments import an_assessment
from tests.support.builders import JANE, SAM, a_handoff, a_session, a_snapshot, minute

ROOT = Path(__file__).resolve().parents[3]

TRACES = re.compile(r"\bnone\b|\bnull\b|#(?![\w./-])", re.IGNORECASE)

WORDS = st.sampled_from(["printer", "a b", "T-1", ""])
"""Parts that may be empty; nothing in them looks like a trace."""
MAYBE = st.none() | WORDS
TICKETS = st.sampled_from([None, "", "4711", "#4711", "#"])

HANDOFFS = st.builds(
    lambda summary, domain, ticket, notes, name, intent, error: a_handoff(
        intent=intent,
        priority=Priority.HIGH,
        engineer_notes=notes,
        sender=Person(id="1", name=name),
        actor=Person(id="1", name=name),
        assessment_error=error,
        snapshot=a_snapshot(problem_summary=summary, problem_domain=domain, psa_ticket_id=ticket, steps=()),
    ),
    WORDS,
    MAYBE,
    TICKETS,
    WORDS,
    st.sampled_from(["Jane", "J"]),
    st.sampled_from(Intent),
    st.none() | st.just(AssessmentError.TIMEOUT),
)
SESSIONS = st.builds(
    lambda ticket, resolution, cause: a_session(psa_ticket_id=ticket, resolution=resolution, root_cause=cause),
    TICKETS,
    MAYBE,
    MAYBE,
)
FACTS = st.builds(
    TicketFacts,
    number=WORDS,
    title=WORDS,
    status=WORDS,
    priority=MAYBE,
    client=st.none() | st.builds(TicketClient, id=MAYBE, name=WORDS),
    contact=st.none() | st.builds(TicketContact, name=WORDS, phone=MAYBE, email=MAYBE),
    type=MAYBE,
    due_at=st.none(),
    contract=MAYBE,
    owner=MAYBE,
    url=st.none(),
    is_closed=st.booleans(),
    changed_at=st.none(),
    read_at=st.just(minute(0)),
)
NOTES = st.builds(
    TicketNote,
    event_id=st.just("1"),
    type=st.sampled_from([EventType.CREATED, EventType.CLAIMED, EventType.RESOLVED]),
    at=st.just(minute(1)),
    by=st.none() | st.just(SAM.person),
)


@given(st.sampled_from(["Escalation from Jane", "Parked by Jane"]), TICKETS, WORDS)
def test_title_has_no_trace_of_absent_parts(lead: str, ticket: str | None, summary: str) -> None:
    shown = [about(lead, ticket, summary), notification_title("Jane", ticket, summary), ticket_subject(ticket)]

    assert [text for text in [*shown, ticket_mark(ticket)] if TRACES.search(text)] == []


@given(HANDOFFS)
def test_record_has_no_trace_of_absent_parts(handoff: HandoffDetail) -> None:
    for record in (record_of(handoff), record_of(handoff).masked()):
        lines = list(record.lines())
        shown = [to_text(lines), to_note(lines), to_markdown(lines).replace("\\#", "#"), to_html(lines)]

        assert [text for text in shown if TRACES.search(without_markup(text))] == []


@given(HANDOFFS)
def test_event_has_a_title_without_trace_of_absent_parts(handoff: HandoffDetail) -> None:
    events = [created_event(handoff), *events_between(None, handoff)]

    assert [event.title for event in events if TRACES.search(event.title or "None")] == []


@given(NOTES, HANDOFFS, SESSIONS)
def test_ticket_note_has_no_trace_of_absent_parts(note: TicketNote, handoff: HandoffDetail, session: Session) -> None:
    content = content_of(note, handoff, session)

    assert not TRACES.search(content.title)
    assert not TRACES.search(to_text(content.lines))


@given(st.none() | FACTS, FACTS)
def test_ticket_news_has_no_trace_of_absent_parts(known: TicketFacts | None, facts: TicketFacts) -> None:
    news = facts.changes_since(known)

    assert [text for text in news if TRACES.search(text) or text.endswith(("is now ", "was "))] == []


@pytest.mark.parametrize("cause", [None, "The clock was wrong."])
def test_assessment_prose_has_no_trace_of_an_absent_cause(cause: str | None) -> None:
    assert not TRACES.search(an_assessment(likely_cause=cause, suggested_steps=()).prose)


@given(SESSIONS, st.sampled_from([JANE, SAM]))
def test_refusal_of_a_session_has_no_trace_of_an_absent_holder(session: Session, by: Caller) -> None:
    unheld = session.model_copy(update={"holder": None, "owner": by.person})

    with pytest.raises(Exception, match="Nobody") as refused:
        unheld.require_writable(by.person, None)
    assert not TRACES.search(str(refused.value))


@given(TICKETS)
def test_demo_line_of_the_queue_has_no_trace_of_an_absent_ticket(ticket: str | None) -> None:
    line = queue_line({"psa_ticket_id": ticket, "priority": "high", "from": {"name": "Jane Cooper"}})

    assert not TRACES.search(line)
    assert "  " not in line


def test_ticket_numbers_are_marked_in_one_place() -> None:
    """So a ticket that may be absent is never put behind a `#` by hand. What follows another part is a key."""
    files = [*(ROOT / "chalicelib").rglob("*.py"), *(ROOT / "infra" / "local" / "demo").rglob("*.py")]

    assert [file.name for file in files if re.search(r"(?<!\})#\{[^}\"]*ticket_id", file.read_text("utf-8"))] == []


@pytest.mark.parametrize("text", ["[high] #None from Jane", "Ticket #: gone", "owner is now null"])
def test_trace_of_an_absent_part_is_found(text: str) -> None:
    assert TRACES.search(text)


def without_markup(text: str) -> str:
    """The text without the signs that head a title in Markdown."""
    return re.sub(r"(?m)^#+ ", "", text)
