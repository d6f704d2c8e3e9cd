from chalicelib.domain.assessment import AssessmentStatus
from chalicelib.domain.handoff import Priority
from chalicelib.domain.list_items import QueueLine, SessionLine
from tests.support.builders import HANDOFF_ID, a_handoff, a_session


def test_a_line_of_the_sidebar_is_part_of_its_session() -> None:
    session = a_session()

    line = SessionLine.model_validate(session.model_dump(include=set(SessionLine.model_fields)))

    assert line.model_dump().items() <= session.model_dump().items()


def test_a_line_of_the_queue_is_part_of_its_handoff() -> None:
    handoff = a_handoff()
    of_snapshot = handoff.snapshot.model_dump(include=set(QueueLine.model_fields))
    of_handoff = handoff.model_dump(include=set(QueueLine.model_fields))

    line = QueueLine.model_validate(of_snapshot | of_handoff | {"handoff_id": handoff.id})

    assert (line.handoff_id, line.priority, line.assessment_status) == (
        HANDOFF_ID,
        Priority.HIGH,
        AssessmentStatus.PENDING,
    )
