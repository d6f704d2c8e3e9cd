"""A claim that was undone leaves no note, status or owner on the ticket."""

import pytest

from chalicelib.actions.integrations.find_ticket_system import find_psa
from chalicelib.actions.ticket_notes.push_result import PushResult
from chalicelib.actions.ticket_notes.ticket_writes import TicketWrites
from chalicelib.actions.ticket_notes.write_note import write_note
from chalicelib.domain.handoff import TicketNotesStatus
from chalicelib.domain.psa import PsaUnavailable
from chalicelib.domain.ticket_change import TicketPlace
from chalicelib.domain.ticket_note_ledger import TicketNoteLedger
from chalicelib.store import sessions
from tests.support.builders import ACME
from tests.support.dynamodb.faults import meanwhile
from tests.support.dynamodb.recorder import Recorder
from tests.support.scenarios.psa import LEASE_S, PsaCase

SENT = TicketNotesStatus.SENT


def test_ticket_is_not_told_of_a_claim_that_was_undone(case: PsaCase) -> None:
    case.push(case.hand_off())
    before = case.ticket.status
    claim = case.claim()
    case.undo()

    assert case.push(claim, after_s=20) is PushResult.NOT_NEEDED

    assert len(case.notes) == 1
    assert (case.ticket.status, case.ticket.owner_id) == (before, None)
    assert case.handoff.ticket_notes.status is SENT


def test_ticket_is_told_of_the_claim_after_an_undone_one(case: PsaCase) -> None:
    case.push(case.hand_off())
    undone = case.claim()
    case.undo()
    claim = case.claim()

    outcomes = [case.push(undone, after_s=20), case.push(claim)]

    assert outcomes == [PushResult.NOT_NEEDED, PushResult.SENT]
    assert [note.text.count("Picked up by Sam") for note in case.notes] == [0, 1]


def test_claim_that_is_undone_while_an_earlier_note_is_written_is_dropped(case: PsaCase, recorder: Recorder) -> None:
    case.hand_off()
    claim = case.claim()
    recorder.tamper("TransactWriteItems", meanwhile(case.undo))  # the turn of writing is about to begin

    case.push(claim)

    assert ["Picked up" in note.text for note in case.notes] == [False]
    assert case.handoff.ticket_notes.status is SENT


def test_note_of_a_claim_that_waits_for_the_psa_is_dropped_when_it_is_undone(case: PsaCase) -> None:
    case.push(case.hand_off())
    claim = case.claim()
    case.fail_notes("503")
    with pytest.raises(PsaUnavailable):
        case.push(claim)
    case.stop_failing()
    case.undo()

    case.push(claim, after_s=LEASE_S)

    assert len(case.notes) == 1
    assert case.handoff.ticket_notes.status is SENT


def test_owner_is_not_set_when_the_claim_was_undone_while_its_note_was_written(case: PsaCase) -> None:
    case.push(case.hand_off())
    ledger, session = TicketNoteLedger().expecting(case.claim()), sessions.load(ACME, case.session_id)
    claimed, integration = case.handoff, find_psa(session)
    assert integration
    case.undo()

    writes, ticket = TicketWrites(), TicketPlace(integration_id=integration.id, ticket_id=case.shown_id)
    write_note(ledger.pending[0], claimed, session, integration, ticket, ledger, writes)

    assert case.ticket.owner_id is None
