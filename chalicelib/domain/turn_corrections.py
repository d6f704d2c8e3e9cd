"""The rules of correcting a turn: its author may change it for ten minutes, and strike it out at any time."""

from collections.abc import Mapping
from datetime import timedelta
from typing import Any

from chalicelib.domain.errors import Forbidden, InvalidRequest, InvalidState
from chalicelib.domain.instants import Instant
from chalicelib.domain.people import Person
from chalicelib.domain.turn import AuthorKind, Note, NoteAbout, Step, Struck, Turn

EDIT_WINDOW = timedelta(minutes=10)
STRUCK = "struck"
"""The status of a turn that was struck out, as an error names it."""

_STEP_FIELDS = frozenset({"action", "result", "finding", "evidence"})
_TEXT_FIELDS = frozenset({"text"})


def edited(turn: Turn, changes: Mapping[str, Any], *, by: Person, at: Instant) -> Turn:
    """Return `turn` with `changes` by name; as it is when they change nothing, also when it is too late to change it.

    Raises Forbidden for anybody but its author, InvalidRequest for a field that such a turn has not, or needs, and
    InvalidState once it was struck out, or ten minutes after it was written.
    """
    _require_author(turn, by)
    _require_fields(turn, changes)
    changed = turn.model_copy(update=dict(changes))
    if changed == turn:
        return turn
    if turn.struck:
        raise InvalidState("The turn was struck out; it cannot be changed any more.", status=STRUCK)
    if at - turn.created_at > EDIT_WINDOW:
        minutes = int(EDIT_WINDOW.total_seconds()) // 60
        raise InvalidState(f"A turn can be changed for {minutes} minutes. Strike it out instead.", status="final")
    return changed.model_copy(update={"edited_at": at})


def struck_out(turn: Turn, reason: str, *, by: Person, at: Instant) -> Turn:
    """Return `turn` struck out for `reason`; as it is when it was struck out for that already.

    Raises Forbidden for anybody but its author, and InvalidState when it was struck out for another reason.
    """
    _require_author(turn, by)
    if turn.struck is None:
        return turn.model_copy(update={"struck": Struck(by=by, reason=reason, at=at)})
    if turn.struck.reason != reason:
        raise InvalidState("The turn was struck out already, for another reason.", status=STRUCK)
    return turn


def _require_author(turn: Turn, by: Person) -> None:
    if turn.author.kind is not AuthorKind.ENGINEER:
        raise Forbidden("Only what people wrote can be corrected.")
    if turn.author.id != by.id:
        raise Forbidden(f"Only {turn.author.name}, who wrote this, can correct it.")
    if isinstance(turn, Note) and turn.about is NoteAbout.CORRECTED:
        raise Forbidden("This note keeps what the case said before. It stays as it is.")


def _require_fields(turn: Turn, changes: Mapping[str, Any]) -> None:
    known = _STEP_FIELDS if isinstance(turn, Step) else _TEXT_FIELDS
    for name, value in changes.items():
        if name not in known:
            raise InvalidRequest(f"/{name}", f"A {turn.kind} has no {name}.")
        if value is None and name != "finding":
            raise InvalidRequest(f"/{name}", f"A {turn.kind} needs its {name}.")
