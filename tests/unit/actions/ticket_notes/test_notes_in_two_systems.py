"""A ticket that was named in the wrong system: its trouble does not hold up the notes of the right system."""

from contextlib import suppress

import pytest

from chalicelib.actions.sessions.correct_session import correct_session
from chalicelib.actions.ticket_notes.push_result import PushResult
from chalicelib.contracts.corrections import SessionCorrectionRequest
from chalicelib.domain.events import Event, EventType, events_between
from chalicelib.domain.handoff import TicketNotesStatus
from chalicelib.domain.psa import PsaUnavailable
from chalicelib.store import session_ticket_notes, sessions, ticket_notes, waiting_notes
from infra.local.psa_sandbox import PsaSandbox
from infra.local.psa_sandbox.faults import PsaFault
from infra.local.psa_sandbox.ticket_store import CLOSED, Ticket
from tests.support.builders import ACME, SAM, minute
from tests.support.scenarios.psa import PsaCase, link, only
from tests.support.servers.psa_sandbox import INTEGRATION_ID, ticket_of

OTHER = "another-one"
FAILED, PENDING, SENT = TicketNotesStatus.FAILED, TicketNotesStatus.PENDING, TicketNotesStatus.SENT


@pytest.fixture
def case(sandbox: PsaSandbox) -> PsaCase:
    """A case of a ConnectWise ticket, in an account that has HaloPSA too."""
    case = PsaCase(sandbox, "connectwise")
    link(sandbox, "halopsa", id=OTHER)
    return case


@pytest.fixture
def right(sandbox: PsaSandbox) -> Ticket:
    """The ticket in HaloPSA that the case is really about."""
    return ticket_of(sandbox, "halopsa")


def break_connectwise(case: PsaCase, kind: str) -> None:
    case.server.sandbox.faults.switch_on(PsaFault(kind=kind, system="connectwise"))


def correct(case: PsaCase, ticket_id: str, integration_id: str, at: int = 23) -> None:
    body = {"epoch": case.epoch, "psa_ticket_id": ticket_id, "integration_id": integration_id}
    correct_session(case.session_id, SessionCorrectionRequest.model_validate(body), by=SAM, at=minute(at))


def claimed_then_corrected(case: PsaCase, ticket_id: str, integration_id: str = OTHER) -> Event:
    """Have Sam claim, name another ticket, and return the event of that."""
    case.push(case.hand_off())
    case.push(case.claim())
    before = case.handoff
    correct(case, ticket_id, integration_id)
    return only(events_between(before, case.handoff))


def statuses(case: PsaCase) -> dict[EventType, TicketNotesStatus]:
    push = ticket_notes.find(ACME, case.handoff_id)
    assert push is not None
    return {note.type: note.status for note in push.ledger.notes}


@pytest.mark.parametrize("kind", ["401", "503", "drop"])
def test_system_that_is_down_does_not_hold_up_the_notes_of_the_right_one(
    case: PsaCase, right: Ticket, kind: str
) -> None:
    corrected = claimed_then_corrected(case, str(right.id))
    break_connectwise(case, kind)

    for event in (corrected, case.resolve("A new switch.")):
        with suppress(PsaUnavailable):
            case.push(event)

    assert "A new switch." in right.notes[-1].text
    assert right.status == CLOSED
    assert (statuses(case)[EventType.CORRECTED], statuses(case)[EventType.RESOLVED]) == (PENDING, SENT)


def test_last_try_gives_up_the_notes_of_the_system_that_failed_alone(case: PsaCase, right: Ticket) -> None:
    corrected, resolved = claimed_then_corrected(case, str(right.id)), case.resolve("A new switch.")
    case.server.sandbox.faults.switch_on(PsaFault(kind="503"))
    for event in (corrected, resolved):
        with pytest.raises(PsaUnavailable):
            case.push(event)
    break_connectwise(case, "503")

    with pytest.raises(PsaUnavailable):
        case.push(corrected, is_last=True)

    assert (statuses(case)[EventType.CORRECTED], statuses(case)[EventType.RESOLVED]) == (FAILED, SENT)


@pytest.mark.parametrize("named_in", [OTHER, "gone"])
def test_note_waits_for_the_system_that_refuses_it(case: PsaCase, right: Ticket, named_in: str) -> None:
    corrected = claimed_then_corrected(case, str(right.id), named_in)
    break_connectwise(case, "401")

    outcome = case.push(corrected)

    assert outcome is PushResult.WAITING
    assert waiting_notes.list_events(ACME, INTEGRATION_ID) == [corrected]
    assert waiting_notes.list_events(ACME, OTHER) == []


def test_session_without_a_handoff_tells_the_right_system_though_the_wrong_one_is_down(
    case: PsaCase, right: Ticket
) -> None:
    case.resolve_alone()
    case.push(case.reopen_alone(by=SAM))
    correct(case, str(right.id), OTHER, at=27)
    corrected = case.told_by_own_notes()
    break_connectwise(case, "503")
    with pytest.raises(PsaUnavailable):
        case.push(corrected)
    case.resolve_alone(by=SAM, at=28, resolution="A new switch.")

    with pytest.raises(PsaUnavailable):
        case.push(case.told_by_own_notes())

    assert "A new switch." in right.notes[-1].text
    found = session_ticket_notes.find(sessions.load(ACME, case.session_id))
    assert [note.status for note in found.ledger.notes] == [SENT, PENDING, SENT, SENT]
