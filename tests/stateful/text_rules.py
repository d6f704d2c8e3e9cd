"""Rules of notes, corrections and reopening."""

from hypothesis import strategies as st
from hypothesis.stateful import precondition, rule

from chalicelib.actions.sessions.add_note import add_note
from chalicelib.actions.sessions.correct_session import correct_session
from chalicelib.actions.sessions.correct_turn import correct_turn
from chalicelib.actions.sessions.reopen_session import reopen_session
from chalicelib.contracts.corrections import SessionCorrectionRequest, TurnCorrectionRequest
from chalicelib.contracts.requests import NoteRequest, ReopenRequest
from chalicelib.domain.people import Caller
from tests.stateful.choices import BY_ID, epochs_off, faults, keys, picks, the_right_one
from tests.stateful.compared_machine import ComparedMachine, is_due
from tests.support.builders import minute
from tests.support.dynamodb.write_faults import WriteFault


class TextRules(ComparedMachine):
    """What people write beside their work, and take back."""

    @precondition(lambda self: self.reference.sessions)
    @rule(pick=picks, by=the_right_one, key=keys, fault=faults)
    def leave_note(self, pick: int, by: Caller | None, key: str | None, fault: WriteFault) -> None:
        session, at = self.pick_session(pick), self.tick()
        by = by or BY_ID[session.owner]
        request = self.request_of(by, f"notes/{session.id}", key, "a")
        expected = self.reference.leave_note(session, by, "Any news?", at, (str(request.id), request.sha256))
        body = NoteRequest(text="Any news?")
        self.compare(
            "leave note", lambda: add_note(session.id, body, by=by, at=minute(at), request=request), expected, fault
        )

    @precondition(is_due("active", "unclaimed"))
    @rule(pick=picks, by=the_right_one, off=epochs_off, summary=st.sampled_from(["No mail", "No print"]), fault=faults)
    def correct_summary(self, pick: int, by: Caller | None, off: int, summary: str, fault: WriteFault) -> None:
        session, at = self.pick_session(pick), self.tick()
        by = by or self.holder_of(session)
        body = SessionCorrectionRequest(problem_summary=summary, epoch=max(1, session.epoch + off))
        self.compare(
            "correct summary",
            lambda: correct_session(session.id, body, by=by, at=minute(at)),
            self.reference.correct_summary(session, by, body.epoch, summary, at),
            fault,
        )

    @precondition(lambda self: any(session.turns for session in self.reference.sessions))
    @rule(pick=picks, by=the_right_one, text=st.sampled_from(["Asked Joe", "Ping", None]), fault=faults)
    def correct_turn(self, pick: int, by: Caller | None, text: str | None, fault: WriteFault) -> None:
        """By its author more often than by anybody; None strikes it out."""
        written = [session for session in self.reference.sessions if session.turns]
        session, at = written[pick % len(written)], self.tick()
        seq = len(session.turns) - (pick // 2) % len(session.turns)
        turn = session.turns[seq - 1]
        by = by or BY_ID.get(turn.author) or BY_ID[session.owner]
        named = {"action" if turn.kind == "step" else "text": text}
        body = TurnCorrectionRequest.model_validate(named if text else {"struck": {"reason": "It was the other PC."}})
        self.compare(
            "correct turn",
            lambda: correct_turn(session.id, seq, body, by=by, at=minute(at)),
            self.reference.correct_turn(session, by, seq, text, at),
            fault,
        )

    @precondition(is_due("resolved"))
    @rule(pick=picks, by=the_right_one, off=epochs_off, fault=faults)
    def reopen(self, pick: int, by: Caller | None, off: int, fault: WriteFault) -> None:
        ended = [session for session in self.reference.sessions if session.status == "resolved"]
        session, at = (ended or self.reference.sessions)[-1 - pick % len(ended or self.reference.sessions)], self.tick()
        by = by or BY_ID[session.owner]
        body = ReopenRequest(reason="It is back.", epoch=max(1, session.epoch + off))
        self.compare(
            "reopen",
            lambda: reopen_session(session.id, body, by=by, at=minute(at)),
            self.reference.reopen(session, by, body.epoch, at),
            fault,
        )
