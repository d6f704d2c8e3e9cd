"""Between rows and domain values: one way in, one way out."""

from collections.abc import Mapping
from typing import Any, TypeVar

from pynamodb.attributes import MapAttribute

from chalicelib.domain.frozen_model import FrozenModel
from chalicelib.domain.handoff import Handoff
from chalicelib.domain.session import Session
from chalicelib.domain.turn import Message, Step
from chalicelib.store.connection import Row
from chalicelib.store.rows import HandoffRow, SessionRow, TurnRow
from chalicelib.store.transactions import Image

V = TypeVar("V", bound=FrozenModel)


def plain(attribute: Any) -> Any:
    """Return an attribute as plain Python: maps become dicts."""
    return attribute.as_dict() if isinstance(attribute, MapAttribute) else attribute


def to_value(kind: type[V], row: Row, **renamed: str) -> V:
    """Read a domain value from the attributes of the same names; `renamed` gives the field's name in the row."""
    return kind.model_validate({field: plain(getattr(row, renamed.get(field, field))) for field in kind.model_fields})


def to_attributes(value: FrozenModel, **renamed: str) -> dict[str, Any]:
    """Return the row's attributes for a domain value, leaving out what is None."""
    fields = value.model_dump(mode="json")
    return {renamed.get(name, name): content for name, content in fields.items() if content is not None}


def to_document(value: FrozenModel) -> dict[str, Any]:
    """Return a domain value as the map that one attribute holds."""
    return value.model_dump(mode="json")


def to_session(row: SessionRow) -> Session:
    """Read a session."""
    return to_value(Session, row, id="session_id")


def to_handoff(row: HandoffRow) -> Handoff:
    """Read a handoff."""
    return to_value(Handoff, row, id="handoff_id")


def to_turn(row: TurnRow) -> Message | Step:
    """Read a turn."""
    return to_value(Step, row) if row.kind == "step" else to_value(Message, row)


def handoff_in(image: Mapping[str, Any]) -> Handoff:
    """Read a handoff from an image as DynamoDB writes it, in a stream record or a failed condition."""
    row = HandoffRow()
    row.deserialize(dict(image))
    return to_handoff(row)


def session_in(image: Image) -> Session:
    """Read a session from an image as DynamoDB writes it."""
    row = SessionRow()
    row.deserialize(image)
    return to_session(row)
