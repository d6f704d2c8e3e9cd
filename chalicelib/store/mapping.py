"""Mapping between rows and domain values: one function for each direction."""

from datetime import UTC, datetime
from math import ceil
from typing import Any, TypeVar

from pynamodb.attributes import Attribute, MapAttribute
from pynamodb.expressions.update import Action

from chalicelib.domain.frozen_model import FrozenModel
from chalicelib.domain.turn import Message, Note, Step, Turn
from chalicelib.store.rows.row import Image, Row
from chalicelib.store.rows.turns import MessageRow, NoteRow, StepRow, TurnRow

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


def set_or_remove(attribute: Attribute[Any], content: Any) -> Action:
    """Return the update that leaves `content` in the attribute, and no attribute where it is None or empty."""
    return attribute.set(content) if content else attribute.remove()


def to_seconds(at: datetime) -> int:
    """Return a time as seconds since 1970, up to the next whole one, so that nothing due then is done early."""
    return ceil(at.timestamp())


def from_seconds(seconds: float | None) -> datetime | None:
    """Return the time that a number of seconds since 1970 is; None for none."""
    return None if seconds is None else datetime.fromtimestamp(seconds, UTC)


_ROWS: dict[type[Message | Step | Note], type[TurnRow]] = {Message: MessageRow, Step: StepRow, Note: NoteRow}


def turn_row(session_key: str, turn: Turn) -> TurnRow:
    """Return the row of a turn."""
    return _ROWS[type(turn)](session_key=session_key, **to_attributes(turn))


def turn_in(image: Image) -> Turn:
    """Read a turn from an item as DynamoDB returns it."""
    match image["kind"]["S"]:
        case "step":
            return to_value(Step, StepRow.from_raw_data(image))
        case "note":
            return to_value(Note, NoteRow.from_raw_data(image))
        case _:
            return to_value(Message, MessageRow.from_raw_data(image))
