"""Shapes that the webhook payloads of all systems share.

A payload is read after its proof. What cannot be read is no event of ours: it is passed over and never an error, as a
sender that is answered with errors ends by giving up.
"""

from codecs import BOM_UTF8
from typing import Annotated, Any, TypeVar

from pydantic import BaseModel, BeforeValidator, ConfigDict, StringConstraints, ValidationError, model_validator
from pydantic_core import from_json

from chalicelib.domain.ticket_ids import LONGEST_TICKET_ID, TICKET_ID_PATTERN

PayloadT = TypeVar("PayloadT", bound="Payload")


def _text(value: object) -> object:
    """Ids come as numbers from some senders and as text from others."""
    return str(value) if isinstance(value, int) and not isinstance(value, bool) else value


def _short_text_or_none(value: object) -> object:
    text = _text(value)
    return text[:200] if isinstance(text, str) else None


def object_or_empty(value: object) -> object:
    """Return an object as it is, and for anything else an empty one."""
    return value if isinstance(value, dict) else {}


RecordId = Annotated[
    str,
    BeforeValidator(_text),
    StringConstraints(strip_whitespace=True, max_length=LONGEST_TICKET_ID, pattern=TICKET_ID_PATTERN),
]
MaybeText = Annotated[str | None, BeforeValidator(_short_text_or_none)]


class Payload(BaseModel):
    """The part of a payload that is read; unknown fields are ignored."""

    model_config = ConfigDict(frozen=True, extra="ignore", hide_input_in_errors=True, defer_build=True)


class AnyCasePayload(Payload):
    """A payload whose names may come in any letter case; the aliases of its fields are in small letters.

    Of names that differ in nothing else the first counts.
    """

    @model_validator(mode="before")
    @classmethod
    def _in_small_letters(cls, found: object) -> object:
        if not isinstance(found, dict):
            return found
        named: dict[str, object] = {}
        for name, value in found.items():
            named.setdefault(str(name).casefold(), value)
        return named


def read_payload(kind: type[PayloadT], body: bytes) -> PayloadT | None:
    """Return the payload in `body`, None when there is none of this kind. It may stand alone in an array."""
    found = read_json(body)
    return payload_in(kind, found[0] if isinstance(found, list) and len(found) == 1 else found)


def payload_in(kind: type[PayloadT], found: object) -> PayloadT | None:
    """Return the payload in a JSON value, None when there is none of this kind."""
    try:
        return kind.model_validate(found)
    except ValidationError:
        return None


def read_json(body: bytes) -> Any:
    """Return the JSON value in `body`, after a byte order mark or not; None when there is none."""
    try:
        return from_json(body.removeprefix(BOM_UTF8))
    except ValueError:
        return None
