import pytest
from pydantic import TypeAdapter, ValidationError

from chalicelib.domain.turn import ASSISTANT, Author, AuthorKind, Message, Step, Turn
from tests.support.builders import JANE, TURNS, a_message, a_step

TURN: TypeAdapter[Message | Step] = TypeAdapter(Turn)


@pytest.mark.parametrize("turn", TURNS, ids=lambda turn: str(turn.seq))
def test_turn_survives_json(turn: Message | Step) -> None:
    assert TURN.validate_json(turn.model_dump_json()) == turn


def test_kind_tells_a_message_from_a_step() -> None:
    kinds = [type(TURN.validate_python(turn.model_dump())) for turn in (a_message(), a_step())]

    assert kinds == [Message, Step]


def test_turn_of_no_known_kind_is_refused() -> None:
    with pytest.raises(ValidationError, match="kind"):
        TURN.validate_python(a_message().model_dump() | {"kind": "note"})


def test_engineer_writes_under_their_own_name() -> None:
    assert Author.engineer(JANE.person) == Author(kind=AuthorKind.ENGINEER, id="sub-jane", name="Jane")


def test_assistant_is_no_engineer() -> None:
    assert ASSISTANT.kind is AuthorKind.ASSISTANT
