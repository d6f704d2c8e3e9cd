from chalicelib.domain.assessment import AssessmentStatus
from chalicelib.domain.handoff import Priority
from chalicelib.domain.list_items import QueueItem, SessionSummary
from tests.support.builders import HANDOFF_ID, a_handoff, a_session


def test_a_line_of_the_sidebar_is_part_of_its_session() -> None:
    session = a_session()

    line = SessionSummary.model_validate(session.model_dump(include=set(SessionSummary.model_fields)))

    assert line.model_dump().items() <= session.model_dump().items()


def test_a_line_of_the_queue_is_part_of_its_handoff() -> None:
    handoff = a_handoff()
    of_snapshot = handoff.snapshot.model_dump(include=set(QueueItem.model_fields))
    of_handoff = handoff.model_dump(include=set(QueueItem.model_fields))

    line = QueueItem.model_validate(of_snapshot | of_handoff | {"handoff_id": handoff.id})

    assert (line.handoff_id, line.priority, line.assessment_status) == (
        HANDOFF_ID,
        Priority.HIGH,
        AssessmentStatus.PENDING,
    )
