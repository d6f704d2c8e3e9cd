import json
from typing import Any

from chalicelib.contracts.handoff_view import HandoffView
from chalicelib.domain.assessment import AssessmentError, AssessmentStatus, Verdict
from chalicelib.domain.documentation import document
from chalicelib.domain.handoff_detail import HandoffDetail
from tests.support.assessments import an_assessment
from tests.support.builders import JANE, SAM, a_claimed_handoff, a_handoff, minute

DESIGNED = [
    "id",
    "session_id",
    "intent",
    "status",
    "priority",
    "from",
    "to",
    "engineer_notes",
    "snapshot",
    "documentation",
    "assessment_status",
    "assessment_error",
    "ai_assessment",
    "ai_assessment_data",
    "claimed_by",
    "claimed_at",
    "claim_epoch",
    "ticket_notes",
    "actor",
    "version",
    "created_at",
    "updated_at",
]
"""The fields that the contract of the API names."""


def written(handoff: HandoffDetail) -> Any:
    """The handoff as it goes over the wire."""
    return json.loads(HandoffView.of(handoff, None).model_dump_json(by_alias=True))


def test_handoff_shows_every_field_that_was_promised() -> None:
    assert set(DESIGNED) <= set(written(a_handoff()))


def test_handoff_keeps_to_itself_what_is_the_stores() -> None:
    kept = {"account_id", "sender", "assessment", "assessment_attempts", "pending_since", "lease_id", "verdict"}

    assert not kept & set(written(a_handoff()))


def test_handoff_that_waits_is_for_nobody_yet() -> None:
    shown = written(a_handoff())

    assert (shown["from"]["id"], shown["to"], shown["claimed_by"]) == (JANE.id, None, None)


def test_claimed_handoff_names_its_claimer() -> None:
    shown = written(a_claimed_handoff(by=SAM))

    assert (shown["to"], shown["claimed_by"]) == (None, {"id": SAM.id, "name": SAM.name})


def test_closed_handoff_has_nothing_due() -> None:
    moment = {"at": minute(60), "what": "step"}

    waiting, closed = (written(a_handoff(next_moment=moment, status=status)) for status in ("unclaimed", "withdrawn"))

    assert (waiting["due"], closed["due"]) == ({"at": "2026-11-23T10:00:00.000Z", "what": "step"}, None)


def test_view_without_an_assessment_has_none() -> None:
    shown = written(a_handoff())

    assert (shown["assessment_status"], shown["ai_assessment"], shown["ai_assessment_data"]) == ("pending", None, None)


def test_assessment_is_there_as_prose_and_as_data() -> None:
    shown = written(a_handoff(assessment_status=AssessmentStatus.READY, assessment=an_assessment()))

    assert shown["ai_assessment"] == an_assessment().prose
    assert shown["ai_assessment_data"] == json.loads(an_assessment().model_dump_json())


def test_assessment_that_could_not_be_had_says_why() -> None:
    failed = {"assessment_status": AssessmentStatus.UNAVAILABLE, "assessment_error": AssessmentError.TIMEOUT}

    shown = written(a_handoff(**failed))

    assert (shown["assessment_error"], shown["ai_assessment"]) == ("timeout", None)


def test_documentation_is_the_domains() -> None:
    assert written(a_handoff())["documentation"] == document(a_handoff())


def test_verdict_stays_when_the_session_is_reopened_and_says_so() -> None:
    judged = a_claimed_handoff(by=SAM, verdict=Verdict.RIGHT)
    reopened = judged.model_copy(update={"reopened_at": minute(60), "reopened_by": JANE.person})

    shown = [written(handoff)["assessment_verdict"] for handoff in (a_handoff(), judged, reopened)]

    assert shown == [None, {"value": "right", "reopened": False}, {"value": "right", "reopened": True}]
