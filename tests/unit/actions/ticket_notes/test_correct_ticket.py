"""A ticket that was named wrongly learns so and gets its owner and status back; what follows goes to the right one."""

from collections.abc import Iterator

import pytest

from chalicelib.actions.ticket_notes.push_result import PushResult
from chalicelib.domain.handoff import TicketNotesStatus
from chalicelib.domain.ticket_change import TicketPlace
from chalicelib.store import sessions, ticket_notes
from infra.local.psa_sandbox import PsaSandbox
from infra.local.psa_sandbox.ticket_store import Ticket
from tests.support.builders import ACME, JANE
from tests.support.scenarios.actions import withdraw
from tests.support.scenarios.psa import PsaCase, another_ticket
from tests.support.servers.psa_sandbox import INTEGRATION_ID


@pytest.fixture
def right_of_halopsa(sandbox: PsaSandbox) -> Iterator[Ticket]:
    with another_ticket(sandbox, "halopsa", "Teams shows no calendar") as ticket:
        yield ticket


def claimed(case: PsaCase) -> None:
    """Have Sam claim an escalation of a ticket that is Jane's and new."""
    case.assign(12)
    case.push(case.hand_off())
    case.push(case.claim())


def test_wrong_ticket_learns_so_and_gets_status_and_owner_back(case: PsaCase, right: Ticket) -> None:
    claimed(case)

    outcome = case.push(case.correct(psa_ticket_id=case.name_of(right)))

    assert outcome is PushResult.SENT
    assert (case.ticket.status, case.ticket.owner_id) == ("New", 12)
    assert "Ticket corrected by Sam" in case.notes[-1].text
    assert "named by mistake" in case.notes[-1].text
    assert case.notes[-1].is_internal
    assert [note for note in right.notes if "corrected by Sam, 2026-11-23T09:22:00.000Z." in note.text] == []


def test_right_ticket_gets_what_follows_and_its_facts_are_known_at_once(case: PsaCase, right: Ticket) -> None:
    claimed(case)
    case.push(case.correct(psa_ticket_id=case.name_of(right)))
    told = len(case.notes)
    facts = sessions.load(ACME, case.session_id).ticket

    case.push(case.resolve("The calendar was hidden."))

    assert facts is not None
    assert facts.title == "Teams shows no calendar"
    assert "The calendar was hidden." in right.notes[-1].text
    assert len(case.notes) == told


def test_ledger_keeps_which_ticket_each_note_is_on(case: PsaCase, right: Ticket) -> None:
    claimed(case)
    wrong = sessions.load(ACME, case.session_id).psa_ticket_id
    case.push(case.correct(psa_ticket_id=case.name_of(right)))
    case.push(case.release("Needs the calendar team."))

    push = ticket_notes.find(ACME, case.handoff_id)

    assert push is not None
    places = [TicketPlace(integration_id=INTEGRATION_ID, ticket_id=wrong or "")] * 3
    right_place = TicketPlace(integration_id=INTEGRATION_ID, ticket_id=case.name_of(right))
    assert [note.ticket for note in push.ledger.notes] == [*places, *[right_place] * 3]


def test_return_does_not_take_back_on_the_right_ticket_what_was_set_on_the_wrong_one(
    case: PsaCase, right: Ticket
) -> None:
    right.status, right.owner_id = "In Progress", 14
    claimed(case)
    case.push(case.correct(psa_ticket_id=case.name_of(right)))

    case.push(case.release("Needs the calendar team."))

    assert (right.status, right.owner_id) == ("In Progress", 14)


def test_what_people_set_on_the_wrong_ticket_since_stays(case: PsaCase, right: Ticket) -> None:
    claimed(case)
    case.ticket.owner_id = 11

    case.push(case.correct(psa_ticket_id=case.name_of(right)))

    assert (case.ticket.status, case.ticket.owner_id) == ("New", 11)


def test_repeated_and_late_correction_events_tell_the_ticket_once(case: PsaCase, right: Ticket) -> None:
    claimed(case)
    event = case.correct(psa_ticket_id=case.name_of(right))
    case.push(event)
    told = len(case.notes)

    outcomes = [case.push(event), case.push(case.correct(problem_domain="Teams"))]

    assert outcomes == [PushResult.NOT_NEEDED] * 2
    assert len(case.notes) == told


def test_correction_of_other_things_tells_no_ticket(case: PsaCase) -> None:
    claimed(case)
    told = len(case.notes)

    assert case.push(case.correct(problem_domain="Teams")) is PushResult.NOT_NEEDED

    assert len(case.notes) == told


def test_ticket_that_was_taken_away_learns_so_and_nothing_follows(case: PsaCase) -> None:
    claimed(case)
    case.push(case.correct(psa_ticket_id=None))
    told = len(case.notes)

    assert case.push(case.resolve()) is PushResult.NOT_NEEDED

    assert "another case" in case.notes[-1].text
    assert len(case.notes) == told


def test_ticket_corrected_after_the_handoff_was_taken_back_learns_so(case: PsaCase, right: Ticket) -> None:
    case.push(case.hand_off())
    withdraw(case.handoff, JANE)

    case.push(case.correct(JANE, psa_ticket_id=case.name_of(right)))

    assert "Ticket corrected by Jane" in case.notes[-1].text


def test_ticket_that_was_never_told_of_anything_is_not_told_of_the_correction(case: PsaCase, right: Ticket) -> None:
    handed_off = case.hand_off()
    claim = case.claim()
    corrected = case.correct(psa_ticket_id=case.name_of(right))

    for event in (handed_off, claim, corrected):
        case.push(event)

    assert case.notes == []
    assert len(right.notes) == 2


def test_note_that_no_ticket_took_is_written_on_the_right_one(sandbox: PsaSandbox, right_of_halopsa: Ticket) -> None:
    case = PsaCase(sandbox, "halopsa", ticket_id="999999")
    failed = case.push(case.hand_off())
    corrected = case.correct(JANE, psa_ticket_id=str(right_of_halopsa.id))

    outcomes = [case.push(corrected), case.push(corrected)]

    assert (failed, outcomes) == (PushResult.FAILED, [PushResult.SENT, PushResult.NOT_NEEDED])
    [note] = right_of_halopsa.notes
    assert "Ticket was: #999999" in note.text
    assert case.handoff.ticket_notes.status is TicketNotesStatus.SENT


def test_wrong_ticket_in_another_system_is_told_there(case: PsaCase) -> None:
    claimed(case)

    case.push(case.correct(psa_ticket_id="4711", integration_id="elsewhere"))

    assert "Ticket corrected by Sam" in case.notes[-1].text


def test_client_of_the_right_ticket_stands_in_the_handoffs_row(case: PsaCase, right: Ticket) -> None:
    claimed(case)
    case.correct(psa_ticket_id=case.name_of(right))
    facts = sessions.load(ACME, case.session_id).ticket

    assert facts is not None
    assert case.handoff.client == (facts.client.name if facts.client else None)

    case.correct(psa_ticket_id=None)

    assert (case.handoff.client, case.handoff.as_it_stands.ticket) == (None, None)


def test_right_ticket_that_was_merged_into_another_one_was_not_named_by_mistake(
    sandbox: PsaSandbox, right_of_halopsa: Ticket
) -> None:
    case = PsaCase(sandbox, "halopsa", is_named=False)
    case.hand_off()
    case.push(case.claim())
    case.push(case.correct(psa_ticket_id=case.shown_id, at=21))
    case.merge_into(right_of_halopsa, at=22)

    case.push(case.release())

    assert ["named by mistake" in note.text for note in case.notes] == [False, False]
    assert "Returned to the queue by Sam" in right_of_halopsa.notes[-1].text


def test_correction_of_words_leaves_a_merged_ticket_and_the_one_it_goes_on_in_alone(
    sandbox: PsaSandbox, right_of_halopsa: Ticket
) -> None:
    case = PsaCase(sandbox, "halopsa")
    claimed(case)
    told = len(case.notes)
    case.merge_into(right_of_halopsa, at=21)

    case.push(case.correct(problem_summary="Teams shows no calendar at all"))

    assert len(case.notes) == told
    assert right_of_halopsa.notes == []
    case.push(case.release("Needs the calendar team."))
    assert len(case.notes) == told
    assert "Returned to the queue by Sam" in right_of_halopsa.notes[-1].text
