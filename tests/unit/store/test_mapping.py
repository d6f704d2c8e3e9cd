import json

import pytest
from hypothesis import Phase, given, settings
from pydantic import ValidationError

from chalicelib.domain.assessment import AssessmentError, AssessmentStatus
from chalicelib.domain.handoff import Handoff
from chalicelib.domain.handoff_detail import HandoffDetail, TicketNotes
from chalicelib.domain.session import Session
from chalicelib.domain.turn import Turn
from chalicelib.store import handoff_creation, handoffs, sessions, turns
from chalicelib.store.handoff_rows import MissingPart, Parts, handoff_in, new_row, snapshot_part, to_detail
from chalicelib.store.keys import ASSESSMENT, session_key
from chalicelib.store.mapping import to_document, turn_in, turn_row
from chalicelib.store.rows.handoff_parts import AssessmentPartRow
from chalicelib.store.rows.row import Image, Row
from chalicelib.store.rows.turns import MessageRow
from chalicelib.store.session_rows import new_rows, session_in
from tests.support.assessments import an_assessment
from tests.support.builders import ACME, a_handoff, a_message, a_session, without_parts
from tests.support.strategies import HANDOFFS, SESSIONS, TURNS
from tests.support.tables import empty_tables

ON_MOTO = settings(max_examples=15, phases=[Phase.generate])
"""Shrinking an example takes minutes where each has tables of its own."""


def image_of(row: Row) -> Image:
    """The row as it is sent, and as it comes back in a stream record or a failed condition."""
    image: Image = json.loads(json.dumps(row.serialize(null_check=False)))
    return image


def handoff_image(handoff: Handoff) -> Image:
    return image_of(new_row(handoff))


@given(HANDOFFS)
def test_handoff_comes_back_from_its_row_as_it_was_written(handoff: HandoffDetail) -> None:
    row = without_parts(handoff)
    error = row.assessment_error if row.assessment_status is AssessmentStatus.UNAVAILABLE else None
    written = row.model_copy(update={"assessment_error": error or _reason_of(row)})

    assert handoff_in(handoff_image(written)) == written


def _reason_of(handoff: Handoff) -> AssessmentError | None:
    """An assessment is unavailable for a reason, and for none otherwise."""
    is_missing = handoff.assessment_status is AssessmentStatus.UNAVAILABLE
    return AssessmentError.TIMEOUT if is_missing else None


@given(SESSIONS)
def test_session_comes_back_as_it_was_written(session: Session) -> None:
    images = [image_of(row) for row in new_rows(session, None)]

    found = session_in(images, session.id)

    assert found is not None
    assert found[0] == session


def test_session_that_lacks_one_of_its_items_is_not_there() -> None:
    session = a_session()
    images = [image_of(row) for row in new_rows(session, None)]

    assert [session_in([image], session.id) for image in images] == [None, None]


@given(TURNS)
def test_turn_comes_back_as_it_was_written(turn: Turn) -> None:
    assert turn_in(image_of(turn_row("acme#s", turn))) == turn


@ON_MOTO
@given(HANDOFFS)
def test_handoff_comes_back_from_the_table_as_it_was_opened(handoff: HandoffDetail) -> None:
    session = a_session(account_id=handoff.account_id, id=handoff.session_id, turn_count=0)
    born = {
        "assessment_status": AssessmentStatus.PENDING,
        "assessment_error": None,
        "assessment": None,
        "improvement": None,
        "assessment_attempts": 0,
        "ticket_notes": TicketNotes(),
    }
    pending = handoff.model_copy(update=born)
    with empty_tables():
        sessions.create(session, None)

        handoff_creation.open_handoff(session, pending, None)

        assert handoffs.find_detail(handoff.account_id, handoff.id) == pending


@ON_MOTO
@given(SESSIONS)
def test_session_comes_back_from_the_table_as_it_was_created(session: Session) -> None:
    with empty_tables():
        sessions.create(session, None)

        assert sessions.load(session.account_id, session.id) == session


@ON_MOTO
@given(TURNS)
def test_turn_comes_back_from_the_table_as_it_was_appended(turn: Turn) -> None:
    session = a_session(turn_count=0)
    with empty_tables():
        sessions.create(session, None)

        turns.append(session, turn)

        assert turns.newest(ACME, session.id) == [turn]


def test_none_is_left_out_of_the_row() -> None:
    image = handoff_image(a_handoff(claimed_by=None, verdict=None))

    assert image.keys().isdisjoint({"claimed_by", "verdict", "released_by", "assessment_outcome", "client"})


def test_row_of_a_later_release_is_read_without_what_is_new_in_it() -> None:
    image = handoff_image(a_handoff()) | {"mood": {"S": "calm"}, "headline": {"M": {}}}

    assert handoff_in(image) == without_parts(a_handoff())


@pytest.mark.parametrize("lost", ["status", "title", "version", "claim_epoch"])
def test_row_that_lacks_what_every_handoff_has_is_an_error_of_ours(lost: str) -> None:
    image = handoff_image(a_handoff())
    del image[lost]

    with pytest.raises(ValidationError):
        handoff_in(image)


def test_handoff_without_its_snapshot_is_an_error_of_ours() -> None:
    with pytest.raises(MissingPart, match="part#snapshot"):
        to_detail(new_row(a_handoff()), Parts([]))


def test_answer_that_the_row_does_not_tell_of_is_not_shown() -> None:
    handoff = a_handoff()
    answer = AssessmentPartRow("acme#h", ASSESSMENT, assessment=to_document(an_assessment()))
    parts = Parts([image_of(snapshot_part(handoff, None)), image_of(answer)])

    assert to_detail(new_row(handoff), parts).assessment is None


def test_message_is_told_from_a_step_by_its_kind() -> None:
    assert isinstance(turn_row(session_key(ACME, "s"), a_message()), MessageRow)
