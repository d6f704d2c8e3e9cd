"""Opaque cursors. One holds a place in a list and nothing else; whose list it is comes from the token."""

import base64
import binascii
import json

from chalicelib.domain.errors import InvalidRequest


def encode_cursor(*place: str | int | None) -> str:
    """Return the cursor for a place in a list, given as the sort keys that lead there."""
    return base64.urlsafe_b64encode(json.dumps(place, separators=(",", ":")).encode()).decode().rstrip("=")


def decode_cursor(cursor: str, *kinds: type) -> list[str | int | None]:
    """Return the place that `cursor` names. Raises InvalidRequest for one that this list did not give out.

    `kinds` says what each sort key must be.
    """
    try:
        place = json.loads(base64.b64decode(cursor + "=" * (-len(cursor) % 4), altchars=b"-_", validate=True))
    except (binascii.Error, ValueError) as error:
        raise _invalid() from error
    if not isinstance(place, list) or len(place) != len(kinds):
        raise _invalid()
    if not all(_is_of(value, kind) for value, kind in zip(place, kinds, strict=True)):
        raise _invalid()
    return place


def _is_of(value: object, kind: type) -> bool:
    if kind is int:
        return type(value) is int and 0 <= value < 10**15
    return value is None or (isinstance(value, str) and 0 < len(value) <= 200 and value.isascii())


def _invalid() -> InvalidRequest:
    return InvalidRequest("/cursor", "The cursor is not one that this list gave out.")
