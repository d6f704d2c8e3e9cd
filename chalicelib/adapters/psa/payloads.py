"""Shapes that the webhook payloads of all systems share.

A payload is read after its proof. What cannot be read is no event of ours: it is passed over and never an error, as a
sender that is answered with errors ends by giving up.
"""

import json
from typing import Annotated, Any, TypeVar

from pydantic import BaseModel, BeforeValidator, ConfigDict, StringConstraints, ValidationError

from chalicelib.domain.webhook_delivery import TICKET_ID_PATTERN

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


RecordId = Annotated[str, BeforeValidator(_text), StringConstraints(pattern=f"^{TICKET_ID_PATTERN}$")]
MaybeText = Annotated[str | None, BeforeValidator(_short_text_or_none)]


class Payload(BaseModel):
    """A part of what is sent; all else in it is left alone."""

    model_config = ConfigDict(frozen=True, extra="ignore", hide_input_in_errors=True, defer_build=True)


def read_payload(kind: type[PayloadT], body: bytes) -> PayloadT | None:
    """Return the payload in `body`, None when there is none of this kind."""
    return payload_in(kind, read_json(body))


def payload_in(kind: type[PayloadT], found: object) -> PayloadT | None:
    """Return the payload in a JSON value, None when there is none of this kind."""
    try:
        return kind.model_validate(found)
    except ValidationError:
        return None


def read_json(body: bytes) -> Any:
    """Return the JSON value in `body`, None when there is none."""
    try:
        return json.loads(body)
    except (ValueError, RecursionError):
        return None
