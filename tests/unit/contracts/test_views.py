import json
from typing import Any

import pytest
from pydantic import BaseModel

from chalicelib.contracts.views import (
    ExchangeView,
    MeView,
    QueueItemView,
    SessionSummaryView,
    SessionView,
)
from chalicelib.domain.assessment import AssessmentError, AssessmentStatus
from chalicelib.domain.handoff import Priority
from chalicelib.domain.handoff_detail import TicketNotes
from chalicelib.domain.list_items import QueueItem, SessionSummary
from chalicelib.domain.people import Engineer, Person, Role
from chalicelib.domain.sender_report import Affected, Reason
from chalicelib.domain.session import SessionStatus
from tests.support.assessments import a_package
from tests.support.builders import (
    ACME,
    JANE,
    SAM,
    START,
    SUMMARY,
    a_claimed_session,
    a_message,
    a_reply,
    a_session,
    an_escalated_session,
    minute,
)


def written(view: BaseModel) -> Any:
    """The view as it goes over the wire."""
    return json.loads(view.model_dump_json(by_alias=True))


def line(holder: Person | None) -> SessionSummary:
    return SessionSummary(
        id="session-1",
        problem_summary=SUMMARY + " and now it is slow as well",
        psa_ticket_id="4711",
        status=SessionStatus.ACTIVE,
        owner=JANE.person,
        holder=holder,
        updated_at=START,
    )


def test_session_of_its_owner_is_escalated_to_nobody() -> None:
    shown = written(SessionView.of(a_session(), None, TicketNotes(), is_ai_on=True))

    assert (shown["holder"]["id"], shown["escalated_to"], shown["escalated_to_id"]) == (JANE.id, None, None)


def test_session_that_waits_is_held_by_nobody() -> None:
    shown = written(SessionView.of(an_escalated_session(), a_package(), TicketNotes(), is_ai_on=True))

    assert (shown["holder"], shown["escalated_to_id"]) == (None, None)
    assert shown["escalation_package"]["handoff_id"] == shown["open_handoff_id"]


def test_session_that_was_taken_over_says_by_whom() -> None:
    shown = written(SessionView.of(a_claimed_session(by=SAM), None, TicketNotes(), is_ai_on=True))

    assert (shown["escalated_to"], shown["escalated_to_id"]) == ({"id": SAM.id, "name": SAM.name}, SAM.id)


def test_session_keeps_to_itself_whose_account_it_is() -> None:
    assert not {"account_id", "turn_count", "request_sha256"} & set(
        written(SessionView.of(a_session(), None, TicketNotes(), is_ai_on=True))
    )


def test_times_are_written_in_utc_with_milliseconds() -> None:
    shown = written(SessionView.of(a_session(), None, TicketNotes(), is_ai_on=True))

    assert shown["created_at"] == "2026-11-23T09:00:00.000Z"


@pytest.mark.parametrize(("holder", "escalated_to"), [(None, None), (JANE.person, None), (SAM.person, SAM.id)])
def test_line_says_who_took_the_session_over(holder: Person | None, escalated_to: str | None) -> None:
    shown = written(SessionSummaryView.of(line(holder)))

    assert (shown["escalated_to"] or {}).get("id") == escalated_to
    assert "holder" not in shown


def test_line_has_a_title_that_fits() -> None:
    shown = written(SessionSummaryView.of(line(None)))

    assert shown["title"].endswith("…")
    assert len(shown["title"]) <= 70


def test_message_with_its_reply_is_ready() -> None:
    shown = written(ExchangeView.of(a_message(), a_reply(), None))

    assert (shown["reply_status"], shown["reply_error"], shown["reply"]["reply_to"]) == ("ready", None, 1)


def test_message_without_reply_says_why() -> None:
    shown = written(ExchangeView.of(a_message(), None, "timeout"))

    assert (shown["reply_status"], shown["reply_error"], shown["reply"]) == ("unavailable", "timeout", None)


def test_item_of_the_queue_says_from_whom_it_is() -> None:
    waiting = QueueItem(
        handoff_id="h",
        session_id="s",
        problem_summary=SUMMARY,
        problem_domain=None,
        psa_ticket_id=None,
        client=None,
        contact=None,
        priority=Priority.URGENT,
        reason=Reason.NEEDS_ACCESS,
        affected=Affected.SITE,
        sender=JANE.person,
        step_count=3,
        assessment_status=AssessmentStatus.UNAVAILABLE,
        assessment_error=AssessmentError.OFF,
        to=None,
        directed_until=None,
        due=None,
        sla_due_at=None,
        level=0,
        is_early=False,
        waiting_since=START,
        created_at=START,
    )

    shown = written(QueueItemView.of(waiting))

    assert (shown["assessment_status"], shown["assessment_error"]) == ("unavailable", "off")
    assert shown["from"] == {"id": JANE.id, "name": JANE.name}
    assert "sender" not in shown
    assert (shown["reason"], shown["affected"]) == ("needs_access", "site")


def test_profile_says_which_account_it_belongs_to() -> None:
    engineer = Engineer(id=JANE.id, name="Jane", email=JANE.email, role=Role.ENGINEER, skills=("VPN",))

    assert written(MeView.of(ACME, engineer, minute(0))) == {
        "id": JANE.id,
        "account_id": ACME,
        "name": "Jane",
        "email": JANE.email,
        "role": "engineer",
        "skills": ["VPN"],
        "availability": {"presence": "available", "until": None},
    }
