"""The record of a handoff: what it says, and in which words."""

import pytest

from chalicelib.domain.documentation import document, record_of
from chalicelib.domain.handoff import Intent
from chalicelib.domain.renderings import to_html, to_markdown, to_text
from chalicelib.domain.sender_report import Affected, Reason
from chalicelib.domain.snapshot import Since
from chalicelib.domain.turn import Evidence, StepResult
from tests.support.assessments import an_assessment
from tests.support.builders import a_handoff, a_snapshot, a_step


def test_record_of_the_story_reads_well() -> None:
    assert (
        document(a_handoff())
        == """\
# Outlook keeps asking for the password since the office moved

- Ticket: \\#4711
- Domain: e-mail
- Priority: high
- Escalated: 2026-11-23T09:10:00.000Z by Jane

## What was tried

1. Restarted Outlook (no effect, observed)
2. Cleared the stored credentials (unclear, reported)

## Notes

Jane handed off, 2026-11-23T09:10:00.000Z:

I am out of ideas.

## Open

- Cleared the stored credentials (unclear)
- Sign in from another network (not done)
"""
    )


def test_every_persons_note_is_recorded_with_name_and_time() -> None:
    record_text = document(a_handoff(release_note="Needs the network team."))

    assert (
        """\
Jane handed off, 2026-11-23T09:10:00.000Z:

I am out of ideas.

Sam released, 2026-11-23T09:25:00.000Z:

Needs the network team.
"""
        in record_text
    )


def test_record_with_nothing_in_it_says_so() -> None:
    bare = a_snapshot(psa_ticket_id=None, problem_domain=None, steps=(), messages=())

    assert (
        document(a_handoff(snapshot=bare, engineer_notes=""))
        == """\
# Outlook keeps asking for the password since the office moved

- Priority: high
- Escalated: 2026-11-23T09:10:00.000Z by Jane

## What was tried

Nothing yet.

## Notes

No notes.

## Open

Nothing noted.
"""
    )


def test_parked_session_is_recorded_as_parked() -> None:
    assert "- Parked: 2026-11-23T09:10:00.000Z by Jane\n" in document(a_handoff(intent=Intent.PARK))


def test_record_says_why_whom_and_what_is_suspected() -> None:
    handoff = a_handoff(reason=Reason.NEEDS_ACCESS, affected=Affected.SITE, suspicion="the new\n*firmware*")

    record_text = document(handoff)

    assert "- Affected: the whole site\n- Reason: needs access\n" in record_text
    assert "## Notes\n\nSuspects: the new \\*firmware\\*\n\nJane" in record_text


def test_markdown_holds_what_was_tried_since_and_the_assessment() -> None:
    since = Since.of([a_step(7, "Rolled *back*", result=StepResult.NARROWED)], is_open=True)

    record_text = document(a_handoff(since=since, assessment=an_assessment(likely_cause="The _firmware_")))

    assert "## Since the hand off\n\n1. Rolled \\*back\\* (narrowed it down, observed)\n" in record_text
    assert "## AI assessment\n\nAI-generated from this handoff only. Verify before acting.\n" in record_text
    assert "- Likely cause: The \\_firmware\\_\n- Confidence: medium (60%)\n" in record_text
    assert "1. Check the Autodiscover record\n   The move changed the network.\n" in record_text
    assert "- Ruled out: A hung client\n" in record_text


def test_omitted_turns_are_counted() -> None:
    assert "\n\n7 older entries of the session are left out here.\n" in document(
        a_handoff(snapshot=a_snapshot(omitted=7))
    )


@pytest.mark.parametrize(
    ("result", "words"),
    [
        (StepResult.FIXED, "(fixed it, observed)"),
        (StepResult.NARROWED, "(narrowed it down, observed)"),
        (StepResult.NO_EFFECT, "(no effect, observed)"),
        (StepResult.WORSE, "(made it worse, observed)"),
        (StepResult.UNCLEAR, "(unclear, observed)"),
        (StepResult.NOT_DONE, "(not done)"),
    ],
)
def test_every_result_is_written_in_words(result: StepResult, words: str) -> None:
    snapshot = a_snapshot(steps=(a_step(1, "Rebooted", result=result, evidence=Evidence.OBSERVED),))

    assert f"Rebooted {words}" in document(a_handoff(snapshot=snapshot))


def test_finding_stands_behind_what_was_done() -> None:
    steps = (
        a_step(1, "Opened webmail.", result=StepResult.NARROWED, finding="new mail is there"),
        a_step(2, "Ran ipconfig", result=StepResult.UNCLEAR, finding="Ethernet:\n  no address"),
    )

    record_text = document(a_handoff(snapshot=a_snapshot(steps=steps)))

    assert "1. Opened webmail: new mail is there (narrowed it down, observed)\n" in record_text
    assert "2. Ran ipconfig\n   Ethernet:\n   \u00a0\u00a0no address (unclear, observed)\n" in record_text


SECRET = "password: Sommer-2024!"


def test_masked_record_has_no_secret_left_in_any_rendering() -> None:
    steps = (a_step(1, SECRET, result=StepResult.UNCLEAR, finding=SECRET),)
    snapshot = a_snapshot(problem_summary=SECRET, problem_domain=SECRET, steps=steps)
    record = record_of(a_handoff(engineer_notes=SECRET, suspicion=SECRET, snapshot=snapshot)).masked()

    record_text = "".join(render(list(record.lines())) for render in (to_markdown, to_text, to_html))

    assert "Sommer" not in record_text


def test_record_is_masked_before_escaping_could_hide_a_secret() -> None:
    record = record_of(a_handoff(engineer_notes="glpat-abc_12345678_defg")).masked()

    assert "abc" not in to_markdown(list(record.lines()))
