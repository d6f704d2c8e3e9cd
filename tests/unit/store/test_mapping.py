import json
from typing import Any

import pytest
from hypothesis import Phase, given, settings
from hypothesis import strategies as st
from pydantic import ValidationError

from chalicelib.domain.assessment import AssessmentStatus
from chalicelib.domain.handoff import Handoff
from chalicelib.domain.session import Session
from chalicelib.domain.turn import Message, Step
from chalicelib.store import handoff_creation, handoffs, sessions, turns
from chalicelib.store.connection import Row
from chalicelib.store.keys import session_key
from chalicelib.store.mapping import handoff_in, session_in, to_attributes, to_turn
from chalicelib.store.rows import HandoffRow, SessionRow, TurnRow
from chalicelib.store.transactions import Image
from tests.support.builders import ACME, a_handoff, a_message, a_package, a_session
from tests.support.strategies import HANDOFFS, SESSIONS, TURNS
from tests.support.tables import empty_tables

ON_MOTO = settings(max_examples=15, phases=[Phase.generate])
"""Shrinking an example takes minutes where each has tables of its own."""


def image_of(row: Row) -> Image:
    """The row as it is sent, and as it comes back in a stream record or a failed condition."""
    image: Image = json.loads(json.dumps(row.serialize(null_check=False)))
    return image


def handoff_image(handoff: Handoff) -> Image:
    return image_of(HandoffRow(**to_attributes(handoff, id="handoff_id")))


@given(HANDOFFS)
def test_a_handoff_comes_back_as_it_was_written(handoff: Handoff) -> None:
    assert handoff_in(handoff_image(handoff)) == handoff


@given(SESSIONS)
def test_a_session_comes_back_as_it_was_written(session: Session) -> None:
    assert session_in(image_of(SessionRow(**to_attributes(session, id="session_id")))) == session


@given(TURNS)
def test_a_turn_comes_back_as_it_was_written(turn: Message | Step) -> None:
    row = TurnRow()
    row.deserialize(image_of(TurnRow(**to_attributes(turn))))

    assert to_turn(row) == turn


@ON_MOTO
@given(HANDOFFS, st.booleans())
def test_a_handoff_comes_back_from_the_table_as_it_was_opened(handoff: Handoff, is_packed: bool) -> None:  # noqa: FBT001  pytest gives it by name
    session = a_session(account_id=handoff.account_id, id=handoff.session_id, turn_count=0)
    pending = handoff.model_copy(update={"assessment_status": AssessmentStatus.PENDING})
    with empty_tables():
        sessions.create(session, None)

        handoff_creation.open_handoff(session, pending, a_package() if is_packed else handoff.package, None)

        assert handoffs.find(handoff.account_id, handoff.id) == pending


@ON_MOTO
@given(SESSIONS)
def test_a_session_comes_back_from_the_table_as_it_was_created(session: Session) -> None:
    with empty_tables():
        sessions.create(session, None)

        assert sessions.load(session.account_id, session.id) == session


@ON_MOTO
@given(TURNS)
def test_a_turn_comes_back_from_the_table_as_it_was_appended(turn: Message | Step) -> None:
    session = a_session(turn_count=0)
    with empty_tables():
        sessions.create(session, None)

        turns.append(session, turn)

        assert turns.newest(ACME, session.id) == [turn]


@pytest.mark.parametrize("field", ["engineer_notes", "release_note"])
def test_an_empty_text_is_not_the_same_as_none(field: str) -> None:
    read = handoff_in(handoff_image(a_handoff(**{field: ""})))

    assert getattr(read, field) == ""


def test_what_is_none_takes_no_room_in_the_row() -> None:
    image = handoff_image(a_handoff(claimed_by=None, verdict=None))

    assert image.keys().isdisjoint({"claimed_by", "verdict", "release_note", "released_by"})


def test_a_row_of_a_later_release_is_read_without_what_is_new_in_it() -> None:
    image = handoff_image(a_handoff()) | {"mood": {"S": "calm"}, "headline": {"M": {}}}

    assert handoff_in(image) == a_handoff()


@pytest.mark.parametrize("lost", ["status", "snapshot", "version", "claim_epoch"])
def test_a_row_that_lacks_what_every_handoff_has_is_an_error_of_ours(lost: str) -> None:
    image = handoff_image(a_handoff())
    del image[lost]

    with pytest.raises(ValidationError):
        handoff_in(image)


def test_a_message_is_told_from_a_step_by_its_kind() -> None:
    row = TurnRow(session_key=session_key(ACME, "s"), **to_attributes(a_message()))

    assert isinstance(to_turn(row), Message)


def test_numbers_are_written_as_dynamodb_reads_them() -> None:
    image: dict[str, Any] = handoff_image(a_handoff(version=3))

    assert image["version"] == {"N": "3"}
