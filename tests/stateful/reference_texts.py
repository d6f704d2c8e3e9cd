"""The rules of notes, corrections and reopening in the reference model."""

from chalicelib.domain.errors import DomainError, Forbidden, InvalidState, NotFound, StaleEpoch
from chalicelib.domain.people import Caller
from tests.stateful.reference_account import DONE_BEFORE, ReferenceAccount
from tests.stateful.reference_state import Expected, PlainSession

EDIT_MINUTES = 10
WAS = "Summary was: "


class ReferenceTexts(ReferenceAccount):
    """What people write to each other, and what they take back."""

    def leave_note(self, session: PlainSession, by: Caller, text: str, at: int, request: tuple[str, str]) -> Expected:
        """The people of a session leave notes, no matter who holds it."""
        refusal = self._refused_reading(session, by)
        return self._once(*request, Expected(refusal, lambda: session.say(by.id, "note", text, at)))

    def correct_summary(self, session: PlainSession, by: Caller, epoch: int, summary: str, at: int) -> Expected:
        """The holder corrects, or its people while nobody holds the session (ADR 0056); a turn says what it was."""

        def change() -> None:
            session.say(by.id, "note", WAS + session.summary, at)
            session.summary, session.revision = summary, session.revision + 1
            self._keep(session, "problem_summary", by, at)

        is_held = session.status in ("active", "resolved")
        refusal = self._refused_writing(session, by, epoch) if is_held else self._refused_reading(session, by)
        refusal = refusal or (StaleEpoch if epoch != session.epoch else None)
        return DONE_BEFORE if not refusal and session.summary == summary else Expected(refusal, change)

    def correct_turn(self, session: PlainSession, by: Caller, seq: int, text: str | None, at: int) -> Expected:
        """The author may change a turn for ten minutes, and strike it out later (`text` None)."""

        def change() -> None:
            was = session.turns[seq - 1]
            now = was._replace(is_struck=True) if text is None else was._replace(text=text)
            session.turns[seq - 1], session.revision = now, session.revision + 1
            self._keep(session, f"turn {seq}", by, at)

        if refusal := self._refused_reading(session, by):
            return Expected(refusal)
        if seq > len(session.turns):
            return Expected(NotFound)
        turn = session.turns[seq - 1]
        if turn.author != by.id or turn.text.startswith(WAS):
            return Expected(Forbidden)
        if turn.is_struck if text is None else turn.text == text:
            return DONE_BEFORE
        is_late = at - session.written_at[seq - 1] > EDIT_MINUTES
        return Expected(InvalidState if text is not None and (turn.is_struck or is_late) else None, change)

    def reopen(self, session: PlainSession, by: Caller, epoch: int, at: int) -> Expected:
        """The owner, the last holder or a senior reopens a resolved session, and holds it."""

        def change() -> None:
            session.say(by.id, "note", "It is back.", at)
            session.pick_up(by.id)
            session.held_by.add(by.id)
            session.was_reopened = True

        if by.account_id != self.account_id:
            return Expected(NotFound)
        is_next = session.status == "active" and session.epoch == epoch + 1
        if is_next and session.was_reopened and session.holder == by.id:
            return DONE_BEFORE
        if by.id not in (session.owner, session.holder) and by.role not in ("senior", "admin"):
            return Expected(NotFound)
        if epoch != session.epoch:
            return Expected(StaleEpoch)
        return Expected(change=change) if session.status == "resolved" else Expected(InvalidState)

    def _refused_reading(self, session: PlainSession, by: Caller) -> type[DomainError] | None:
        people = (session.owner, session.holder, *session.held_by)
        if by.account_id != self.account_id or by.id not in people:
            return NotFound
        return InvalidState if session.status == "resolved" else None

    @staticmethod
    def _keep(session: PlainSession, part: str, by: Caller, at: int) -> None:
        """An open handoff keeps the correction beside what was handed over."""
        if session.open:
            session.open.corrected[part] = (by.id, at)
            session.open.last = ("corrected", by.id)
