"""A session that was reopened without a handoff, and copies of the message that its ticket is told by."""

import json
from datetime import timedelta
from typing import Any

import pytest

from chalicelib.actions.sessions.correct_session import correct_session
from chalicelib.actions.sessions.reopen_session import reopen_session
from chalicelib.actions.sessions.resolve_session import resolve_session
from chalicelib.actions.ticket_notes import push_session_notes
from chalicelib.actions.ticket_notes.push_to_ticket import push_to_ticket
from chalicelib.contracts.corrections import SessionCorrectionRequest
from chalicelib.contracts.requests import ReopenRequest, ResolveRequest
from chalicelib.domain.session_events import event_of_note
from chalicelib.domain.turn import Note
from chalicelib.store import integrations
from tests.concurrency.interleavings.scenes import Act, ExploredCase
from tests.support.builders import JANE, minute
from tests.support.scenarios.followed_tickets import WITH_API

LEASE = timedelta(minutes=1)


class RememberingPsa:
    """A PSA that takes every note and remembers it, and finds none; there is no status or owner to set."""

    note_limit = 4_000

    def __init__(self) -> None:
        self.notes: list[str] = []

    @staticmethod
    def render(lines: Any) -> str:
        return "\n".join(line.text for line in lines)

    def find_note(self, _ticket_id: str, _trace: str) -> str | None:
        return None

    def add_note(self, _ticket_id: str, _title: str, text: str) -> str:
        self.notes.append(text)
        return str(len(self.notes))


class ReopenedCase(ExploredCase):
    """A session of Jane's that she resolved and reopened; it was never handed off."""

    has_side_effects = True

    def __init__(self, monkeypatch: pytest.MonkeyPatch) -> None:
        self.psa = RememberingPsa()
        monkeypatch.setattr(push_session_notes, "psa_of", lambda _: self.psa)
        super().__init__(is_handed_off=False, prepare=lambda _: self._reopen())

    def _reopen(self) -> None:
        assert integrations.save(WITH_API.model_copy(update={"secret_version": "v1"}), None)
        ticket = SessionCorrectionRequest.model_validate(
            {"psa_ticket_id": "4711", "integration_id": WITH_API.id, "epoch": 1}
        )
        correct_session(self.session_id, ticket, by=JANE, at=minute(3))
        resolve_session(self.session_id, ResolveRequest(resolution="Fixed.", epoch=1), by=JANE, at=minute(4))
        session = reopen_session(self.session_id, ReopenRequest(reason="Again.", epoch=1), by=JANE, at=minute(5))
        note = self.turns()[-1]
        assert isinstance(note, Note)
        event = event_of_note(note, session)
        assert event
        self.event = event

    def save(self) -> Any:
        return super().save(), list(self.psa.notes)

    def restore(self, saved: Any) -> None:
        case, notes = saved
        super().restore(case)
        self.psa.notes = list(notes)

    def digest(self) -> str:
        return json.dumps([super().digest(), self.psa.notes])

    def push(self) -> Act:
        """A run of the queue's function with a copy of the message."""
        return lambda: push_to_ticket(self.event, is_last=False, lease_s=LEASE.total_seconds(), clock=lambda: minute(6))
