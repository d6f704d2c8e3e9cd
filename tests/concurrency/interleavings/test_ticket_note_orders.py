"""Every order of two copies of a message about a reopened session: the ticket gets one note."""

import pytest

from chalicelib.actions.sessions.read_session import read_own_notes
from chalicelib.actions.ticket_notes.push_result import PushResult
from chalicelib.domain.handoff import TicketNotesStatus
from chalicelib.domain.psa import PsaUnavailable
from tests.concurrency.interleavings.explorer import Run
from tests.concurrency.interleavings.exploring import explore
from tests.concurrency.interleavings.scenes import ExploredCase
from tests.concurrency.interleavings.ticket_note_scene import ReopenedCase
from tests.support.dynamodb.recorder import Recorder
from tests.support.reporting import Report

HEADING = "orders explored"


def require_one_note(case: ExploredCase, run: Run) -> None:
    assert isinstance(case, ReopenedCase)
    assert all(isinstance(outcome, PushResult | PsaUnavailable) for outcome in run.outcomes.values()), run
    assert ["Again." in note for note in case.psa.notes] == [True], run
    assert read_own_notes(case.session()).status is TicketNotesStatus.SENT, run


def test_copies_of_a_message_write_one_note(
    recorder: Recorder, monkeypatch: pytest.MonkeyPatch, report: Report
) -> None:
    case = ReopenedCase(monkeypatch)
    pool = {"one": case.push(), "two": case.push()}

    explored = explore(case, pool, [tuple(pool)], recorder, require_one_note)

    report(HEADING, f"two copies of a message about a reopened session: {explored}")
    assert explored.orders > 10
