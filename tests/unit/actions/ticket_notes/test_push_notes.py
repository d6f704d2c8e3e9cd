"""Notes for every event, one each, in every system, whatever goes wrong on the way."""

import pytest
from pynamodb.exceptions import TransactWriteError

from chalicelib.actions.ticket_notes.push_notes import PushResult
from chalicelib.adapters.psa.http_client import UNNAMED_PAUSE_S
from chalicelib.domain.handoff import TicketNotesStatus
from chalicelib.domain.psa import PsaUnavailable
from chalicelib.store import integrations, ticket_notes
from infra.local.psa_sandbox import PsaSandbox
from infra.local.psa_sandbox.faults import PsaFault
from tests.support.builders import ACME, SAM, an_event, minute
from tests.support.dynamodb.recorder import Recorder, as_sent, refuse
from tests.support.psa_scenarios import LEASE_S, PsaCase, link
from tests.support.servers.psa_sandbox import INTEGRATION_ID

FAILED, PENDING, SENT = TicketNotesStatus.FAILED, TicketNotesStatus.PENDING, TicketNotesStatus.SENT


def strike(case: PsaCase, kind: str, **more: object) -> None:
    """Have the writing of notes go wrong."""
    case.server.sandbox.faults.switch_on(PsaFault.model_validate({"kind": kind, "only_notes": True, **more}))


def fix(case: PsaCase) -> None:
    case.server.sandbox.faults.switch_off()


def test_hand_off_claim_and_resolve_are_three_internal_notes(case: PsaCase) -> None:
    outcomes = [case.push(case.hand_off()), case.push(case.claim()), case.push(case.resolve())]

    assert outcomes == [PushResult.SENT] * 3
    assert [note.is_internal for note in case.notes] == [True] * 3
    assert case.handoff.ticket_notes.status is SENT


def test_the_ticket_is_told_who_did_what(case: PsaCase) -> None:
    for event in (case.hand_off("Needs the network team."), case.claim(), case.resolve("The clock was wrong.")):
        case.push(event)

    record, claim, resolution = (note.text for note in case.notes)
    assert "Needs the network team." in record
    assert "Picked up by Sam" in claim
    assert "The clock was wrong." in resolution


def test_the_handoff_knows_the_id_of_its_note(case: PsaCase) -> None:
    case.push(case.hand_off())

    assert case.handoff.ticket_notes.note_id == str(case.notes[0].id)


def test_a_claim_sets_status_and_owner_where_they_are_mapped(case: PsaCase) -> None:
    case.push(case.hand_off())
    case.push(case.claim())

    assert (case.ticket.status, case.ticket.owner_id) == ("In Progress", 14)


def test_a_resolution_sets_the_status_that_is_mapped(case: PsaCase) -> None:
    for event in (case.hand_off(), case.claim(), case.resolve()):
        case.push(event)

    assert case.ticket.status == "Closed"


def test_an_event_that_comes_again_writes_nothing(case: PsaCase) -> None:
    event = case.hand_off()

    outcomes = [case.push(event), case.push(event), case.push(event)]

    assert outcomes == [PushResult.SENT, PushResult.NOT_NEEDED, PushResult.NOT_NEEDED]
    assert len(case.notes) == 1


def test_an_answer_that_was_lost_makes_no_second_note(case: PsaCase) -> None:
    event = case.hand_off()
    strike(case, "drop_after_accept")
    with pytest.raises(PsaUnavailable):
        case.push(event)
    fix(case)

    case.push(event)

    assert len(case.notes) == 1
    assert case.handoff.ticket_notes.note_id == str(case.notes[0].id)


def test_a_process_that_died_after_the_psa_accepted_makes_no_second_note(case: PsaCase, recorder: Recorder) -> None:
    event = case.hand_off()
    recorder.tamper("TransactWriteItems", as_sent, refuse("AccessDeniedException"))
    with pytest.raises(TransactWriteError):
        case.push(event)

    case.push(event, after_s=LEASE_S)

    assert len(case.notes) == 1
    assert case.handoff.ticket_notes.status is SENT


def test_parts_that_are_there_are_not_written_again(case: PsaCase) -> None:
    event = case.hand_off("A long story. " * 700)
    strike(case, "drop_after_accept", count=1)
    with pytest.raises(PsaUnavailable):
        case.push(event)

    case.push(event)

    numbers = [note.text.partition("]")[0].rpartition(" ")[2] for note in case.notes]
    assert numbers == [f"{number}/{len(case.notes)}" for number in range(1, len(case.notes) + 1)]


def test_while_one_run_writes_another_waits(case: PsaCase) -> None:
    event, push = case.hand_off(), ticket_notes.find(SAM.account_id, case.handoff_id)
    assert push
    ticket_notes.take_turn(push, push.ledger.expecting(event).taken_up(), case.now, case.now.replace(hour=23))

    with pytest.raises(PsaUnavailable, match="Another run"):
        case.push(event)

    assert case.notes == []


@pytest.mark.parametrize("kind", ["429", "503", "drop", "html"])
def test_a_psa_in_trouble_is_tried_again(case: PsaCase, kind: str) -> None:
    event = case.hand_off()
    strike(case, kind)
    with pytest.raises(PsaUnavailable):
        case.push(event)
    waiting = case.handoff.ticket_notes
    fix(case)

    case.push(event, after_s=UNNAMED_PAUSE_S)

    assert (waiting.status, waiting.attempts, bool(waiting.error)) == (PENDING, 1, True)
    assert (case.handoff.ticket_notes.status, case.handoff.ticket_notes.error) == (SENT, None)
    assert len(case.notes) == 1


@pytest.mark.parametrize("kind", ["401", "403", "404", "409"])
def test_what_is_refused_for_good_is_not_tried_again(case: PsaCase, kind: str) -> None:
    event = case.hand_off()
    strike(case, kind)

    outcomes = [case.push(event), case.push(event)]

    assert outcomes == [PushResult.FAILED, PushResult.NOT_NEEDED]
    assert case.handoff.ticket_notes.status is FAILED


def test_the_last_try_leaves_the_failure_on_the_handoff(case: PsaCase) -> None:
    event = case.hand_off()
    strike(case, "503")

    with pytest.raises(PsaUnavailable):
        case.push(event, is_last=True)

    assert case.handoff.ticket_notes.status is FAILED


def test_a_failure_stays_visible_when_a_later_note_arrives(case: PsaCase) -> None:
    strike(case, "403", count=1)
    case.push(case.hand_off())

    outcome = case.push(case.claim())

    assert len(case.notes) == 1
    assert (outcome, case.handoff.ticket_notes.status) == (PushResult.FAILED, FAILED)


def test_notes_come_in_the_order_of_what_they_tell(case: PsaCase) -> None:
    created = case.hand_off()
    strike(case, "503", count=1)
    with pytest.raises(PsaUnavailable):
        case.push(created)

    case.push(case.claim())

    assert ["Picked up" in note.text for note in case.notes] == [False, True]


def test_a_claim_that_overtakes_the_hand_off_is_told_after_it(case: PsaCase) -> None:
    created, claimed = case.hand_off(), case.claim()

    outcomes = [case.push(claimed), case.push(created)]

    assert outcomes == [PushResult.SENT, PushResult.NOT_NEEDED]
    assert ["Picked up" in note.text for note in case.notes] == [False, True]


def test_a_claim_that_is_told_late_does_not_open_the_ticket_again(case: PsaCase) -> None:
    case.push(case.hand_off())
    claimed, resolved = case.claim(), case.resolve()

    case.push(resolved)
    case.push(claimed)

    assert case.ticket.status == "Closed"
    assert len(case.notes) == 3


def test_secrets_that_people_pasted_do_not_reach_the_ticket(case: PsaCase) -> None:
    for event in (case.hand_off("password: Sommer-2024!"), case.claim(), case.resolve("New password: Winter-2024!")):
        case.push(event)

    assert not any("-2024!" in note.text for note in case.notes)


def test_a_ticket_that_there_is_not_is_named(sandbox: PsaSandbox) -> None:
    case = PsaCase(sandbox, "autotask", ticket_id="T20260101.0001")

    case.push(case.hand_off())

    assert case.handoff.ticket_notes.error == "Autotask knows no ticket T20260101.0001."


def test_without_an_integration_nothing_is_done(sandbox: PsaSandbox) -> None:
    case = PsaCase(sandbox, "halopsa")
    integrations.delete(ACME, INTEGRATION_ID)

    outcome = case.push(case.hand_off())

    assert (outcome, case.handoff.ticket_notes.status) == (PushResult.NOT_NEEDED, TicketNotesStatus.NONE)


@pytest.mark.parametrize("case", ["connectwise"], indirect=True)
def test_a_note_that_waits_for_an_integration_that_is_deleted_ends_with_the_reason(case: PsaCase) -> None:
    event = case.hand_off()
    strike(case, "503")
    with pytest.raises(PsaUnavailable):
        case.push(event)
    integrations.delete(ACME, INTEGRATION_ID)

    outcome = case.push(event)

    assert (outcome, case.handoff.ticket_notes.status) == (PushResult.FAILED, FAILED)
    assert case.handoff.ticket_notes.error == "The ticket system of this session is no longer connected."


def test_a_note_that_waits_while_a_second_psa_is_linked_ends_with_the_reason(sandbox: PsaSandbox) -> None:
    link(sandbox, "connectwise", id="another-one")
    case = PsaCase(sandbox, "halopsa")  # whose session names none, as there are two
    integrations.delete(ACME, "another-one")
    event = case.hand_off()
    strike(case, "503")
    with pytest.raises(PsaUnavailable):
        case.push(event)
    link(sandbox, "connectwise", id="another-one")

    case.push(event)

    assert case.handoff.ticket_notes.status is FAILED
    assert (
        case.handoff.ticket_notes.error == "It is no longer clear which ticket system the ticket of this session is in."
    )


@pytest.mark.parametrize("case", ["connectwise"], indirect=True)
def test_a_note_of_a_deleted_integration_is_left_to_the_run_that_writes_it(case: PsaCase) -> None:
    event, push = case.hand_off(), ticket_notes.find(SAM.account_id, case.handoff_id)
    assert push
    ticket_notes.take_turn(push, push.ledger.expecting(event).taken_up(), case.now, case.now.replace(hour=23))
    integrations.delete(ACME, INTEGRATION_ID)

    with pytest.raises(PsaUnavailable, match="Another run"):
        case.push(event)

    assert case.handoff.ticket_notes.status is PENDING


def test_an_event_of_a_handoff_that_is_gone_needs_nothing(sandbox: PsaSandbox) -> None:
    case = PsaCase(sandbox, "halopsa")

    assert case.push(an_event()) is PushResult.NOT_NEEDED


def test_of_two_psas_none_is_guessed(sandbox: PsaSandbox) -> None:
    link(sandbox, "connectwise", id="another-one")
    case = PsaCase(sandbox, "halopsa")

    outcome = case.push(case.hand_off())

    assert (outcome, case.handoff.ticket_notes.status) == (PushResult.NOT_NEEDED, TicketNotesStatus.NONE)


@pytest.mark.parametrize("case", ["connectwise"], indirect=True)
def test_an_integration_made_anew_under_the_id_of_a_deleted_one_is_asked_at_its_own_address(case: PsaCase) -> None:
    case.push(case.hand_off())
    deleted = integrations.load(ACME, INTEGRATION_ID)
    integrations.delete(ACME, INTEGRATION_ID)
    changed = {"base_url": f"{deleted.base_url}/elsewhere", "created_at": minute(15), "updated_at": minute(15)}
    link(case.server, case.system, **changed)

    outcome = case.push(case.claim())

    assert (outcome, len(case.notes)) == (PushResult.FAILED, 1)
