from chalicelib.domain.assessment import AssessmentStatus
from chalicelib.domain.handoff import Priority
from chalicelib.domain.list_items import QueueItem, SessionSummary
from tests.support.builders import HANDOFF_ID, SAM, a_claimed_handoff, a_claimed_session, a_handoff, a_session, minute


def test_line_of_the_sidebar_is_part_of_its_session() -> None:
    session = a_session()

    line = SessionSummary.model_validate(session.model_dump(include=set(SessionSummary.model_fields)))

    whole = session.model_dump()
    of_its_handoff = {"client", "sender", "waiting_since", "held_since", "asked_at", "opened_by"}
    assert line.model_dump(exclude=of_its_handoff).items() <= whole.items()
    assert line.model_dump(include=of_its_handoff) == {
        "client": None,
        "sender": None,
        "waiting_since": None,
        "held_since": None,
        "asked_at": None,
        "opened_by": (),
    }


def test_line_of_a_held_session_says_since_when_and_that_its_holder_was_asked() -> None:
    line = SessionSummary.model_validate(a_claimed_session().model_dump(include=set(SessionSummary.model_fields)))

    held = line.joined(a_claimed_handoff(by=SAM, asked_at=minute(90)))
    waiting = line.joined(a_handoff(asked_at=minute(90)))

    assert (held.held_since, held.asked_at, held.waiting_since) == (minute(20), minute(90), None)
    assert (waiting.held_since, waiting.asked_at) == (None, None)


def test_line_of_the_queue_is_part_of_its_handoff() -> None:
    handoff = a_handoff(ladder_start=minute(10))
    of_snapshot = handoff.snapshot.model_dump(include=set(QueueItem.model_fields))
    of_handoff = handoff.model_dump(include=set(QueueItem.model_fields))
    renamed = {"handoff_id": handoff.id, "due": handoff.next_moment, "waiting_since": handoff.ladder_start}

    line = QueueItem.model_validate(of_snapshot | of_handoff | renamed | {"is_early": False})

    assert (line.handoff_id, line.priority, line.assessment_status) == (
        HANDOFF_ID,
        Priority.HIGH,
        AssessmentStatus.PENDING,
    )
