"""Opaque cursors. One holds a place in a list and nothing else; whose list it is comes from the token."""

import base64
import binascii
import json
from types import UnionType

from chalicelib.domain.errors import InvalidRequest


def encode_cursor(*place: str | int | None) -> str:
    """Return the cursor for a place in a list, given as the sort keys that lead there."""
    return base64.urlsafe_b64encode(json.dumps(place, separators=(",", ":")).encode()).decode().rstrip("=")


def decode_cursor(cursor: str, *kinds: type | UnionType, pointer: str = "/cursor") -> list[str | int | None]:
    """Return the place that `cursor` names. Raises InvalidRequest for one that this list did not give out.

    `kinds` says what each sort key must be, and `pointer` which field of the request the cursor came in.
    """
    try:
        place = json.loads(base64.b64decode(cursor + "=" * (-len(cursor) % 4), altchars=b"-_", validate=True))
    except (binascii.Error, ValueError) as error:
        raise not_ours(pointer) from error
    if not isinstance(place, list) or len(place) != len(kinds):
        raise not_ours(pointer)
    if not all(_is_of(value, kind) for value, kind in zip(place, kinds, strict=True)):
        raise not_ours(pointer)
    return place


def not_ours(pointer: str) -> InvalidRequest:
    """The refusal of a cursor that the list did not give out."""
    return InvalidRequest(pointer, "The cursor is not one that this list gave out.")


def _is_of(value: object, kind: type | UnionType) -> bool:
    if not isinstance(value, kind) or isinstance(value, bool):
        return False
    if isinstance(value, int):
        return 0 <= value < 10**15
    return not isinstance(value, str) or (0 < len(value) <= 200 and value.isascii())
