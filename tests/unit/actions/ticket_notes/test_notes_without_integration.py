"""Notes whose ticket system is missing, deleted, replaced or not clear."""

import pytest

from chalicelib.actions.ticket_notes.push_result import PushResult
from chalicelib.domain.handoff import TicketNotesStatus
from chalicelib.domain.psa import PsaUnavailable
from chalicelib.store import integrations, ticket_notes
from infra.local.psa_sandbox import PsaSandbox
from tests.support.builders import ACME, SAM, minute
from tests.support.scenarios.psa import PsaCase, link
from tests.support.servers.psa_sandbox import INTEGRATION_ID

FAILED, PENDING = TicketNotesStatus.FAILED, TicketNotesStatus.PENDING


def test_push_without_an_integration_does_nothing(sandbox: PsaSandbox) -> None:
    case = PsaCase(sandbox, "halopsa")
    integrations.delete(ACME, INTEGRATION_ID)

    outcome = case.push(case.hand_off())

    assert (outcome, case.handoff.ticket_notes.status) == (PushResult.NOT_NEEDED, TicketNotesStatus.NONE)


@pytest.mark.parametrize("case", ["connectwise"], indirect=True)
def test_note_that_waits_for_an_integration_that_is_deleted_ends_with_the_reason(case: PsaCase) -> None:
    event = case.hand_off()
    case.fail_notes("503")
    with pytest.raises(PsaUnavailable):
        case.push(event)
    integrations.delete(ACME, INTEGRATION_ID)

    outcome = case.push(event)

    assert (outcome, case.handoff.ticket_notes.status) == (PushResult.FAILED, FAILED)
    assert case.handoff.ticket_notes.error == "The ticket system of this session is no longer connected."


def test_note_that_waits_while_a_second_psa_is_linked_ends_with_the_reason(sandbox: PsaSandbox) -> None:
    link(sandbox, "connectwise", id="another-one")
    case = PsaCase(sandbox, "halopsa")  # whose session names none, as there are two
    integrations.delete(ACME, "another-one")
    event = case.hand_off()
    case.fail_notes("503")
    with pytest.raises(PsaUnavailable):
        case.push(event)
    link(sandbox, "connectwise", id="another-one")

    case.push(event)

    assert case.handoff.ticket_notes.status is FAILED
    assert (
        case.handoff.ticket_notes.error == "It is no longer clear which ticket system the ticket of this session is in."
    )


@pytest.mark.parametrize("case", ["connectwise"], indirect=True)
def test_note_of_a_deleted_integration_is_left_to_the_run_that_writes_it(case: PsaCase) -> None:
    event, push = case.hand_off(), ticket_notes.find(SAM.account_id, case.handoff_id)
    assert push
    ticket_notes.take_turn(push, push.ledger.expecting(event).taken_up(), case.now, case.now.replace(hour=23))
    integrations.delete(ACME, INTEGRATION_ID)

    with pytest.raises(PsaUnavailable, match="Another run"):
        case.push(event)

    assert case.handoff.ticket_notes.status is PENDING


def test_push_with_two_integrations_chooses_none(sandbox: PsaSandbox) -> None:
    link(sandbox, "connectwise", id="another-one")
    case = PsaCase(sandbox, "halopsa")

    outcome = case.push(case.hand_off())

    assert (outcome, case.handoff.ticket_notes.status) == (PushResult.NOT_NEEDED, TicketNotesStatus.NONE)


@pytest.mark.parametrize("case", ["connectwise"], indirect=True)
def test_integration_recreated_under_a_deleted_id_is_called_at_its_own_address(case: PsaCase) -> None:
    case.push(case.hand_off())
    deleted = integrations.load(ACME, INTEGRATION_ID)
    integrations.delete(ACME, INTEGRATION_ID)
    changed = {"base_url": f"{deleted.base_url}/elsewhere", "created_at": minute(15), "updated_at": minute(15)}
    link(case.server, case.system, **changed)

    outcome = case.push(case.claim())

    assert (outcome, len(case.notes)) == (PushResult.FAILED, 1)
