"""A ticket that is named while a case waits or is worked on gets what it would have got, had it been named at first."""

from typing import Any

import pytest

from chalicelib.actions.ticket_notes.mark_notes_failed import mark_notes_failed
from chalicelib.actions.ticket_notes.push_result import PushResult
from chalicelib.domain.handoff import TicketNotesStatus
from chalicelib.domain.integration import PsaKind, StandardSettings, TicketMapping
from chalicelib.domain.psa import PsaUnavailable
from chalicelib.store import integrations, ticket_notes
from infra.local.psa_sandbox import PsaSandbox
from infra.local.psa_sandbox.faults import PsaFault
from infra.local.psa_sandbox.ticket_store import ACORN, Ticket
from tests.support.builders import ACME, JANE
from tests.support.scenarios.psa import PsaCase, another_ticket, owned
from tests.support.servers.psa_sandbox import SYSTEMS, an_integration

OF_SAM = ("In Progress", 14)


@pytest.fixture(params=SYSTEMS)
def unnamed(sandbox: PsaSandbox, request: pytest.FixtureRequest) -> PsaCase:
    """Jane's escalation of a case without a ticket, in an account with each of the systems; its ticket is hers."""
    case = PsaCase(sandbox, request.param, is_named=False)
    case.ticket.owner_id = 12
    assert case.push(case.hand_off()) is PushResult.NOT_NEEDED
    return case


@pytest.fixture
def claimed(case: PsaCase) -> PsaCase:
    """An escalation of a ticket that is Jane's and new, which Sam has picked up."""
    case.assign(12)
    case.push(case.hand_off())
    case.push(case.claim())
    return case


@pytest.fixture
def halopsa(sandbox: PsaSandbox) -> PsaCase:
    """An escalation without a ticket, in an account with HaloPSA."""
    case = PsaCase(sandbox, "halopsa", is_named=False)
    case.hand_off()
    return case


def titles(ticket: Ticket) -> list[str]:
    """What the notes on the ticket begin with, after their marker."""
    told = ("Escalated:", "Picked up", "Returned", "Resolved", "Reopened", "Passed on", "Ticket corrected")
    return [next(words for words in told if words in note.text) for note in ticket.notes]


def name(case: PsaCase, ticket: Ticket, **more: Any) -> PushResult:
    """Have Sam name the ticket, and the ticket told."""
    return case.push(case.correct(psa_ticket_id=case.name_of(ticket), **more))


def test_ticket_named_after_the_claim_gets_both_notes_owner_and_status(unnamed: PsaCase) -> None:
    case = unnamed
    assert case.push(case.claim()) is PushResult.NOT_NEEDED

    outcome = name(case, case.ticket)

    assert (outcome, titles(case.ticket)) == (PushResult.SENT, ["Escalated:", "Picked up"])
    assert "Picked up by Sam, 2026-11-23T09:20:00" in case.notes[-1].text
    assert all(note.is_internal for note in case.notes)
    assert owned(case.ticket) == OF_SAM


def test_return_takes_back_what_was_set_on_a_ticket_named_after_the_claim(unnamed: PsaCase) -> None:
    case = unnamed
    case.push(case.claim())
    name(case, case.ticket)

    case.push(case.release())

    assert (titles(case.ticket)[-1], owned(case.ticket)) == ("Returned", ("New", 12))


def test_claim_event_that_comes_after_the_naming_writes_nothing_more(unnamed: PsaCase) -> None:
    case, claim = unnamed, unnamed.claim()
    name(case, case.ticket)

    assert case.push(claim) is PushResult.NOT_NEEDED

    assert titles(case.ticket) == ["Escalated:", "Picked up"]


def test_right_ticket_gets_both_notes_owner_and_status(claimed: PsaCase, right: Ticket) -> None:
    right.owner_id = 15

    outcome = name(claimed, right)

    assert (outcome, titles(right), owned(right)) == (PushResult.SENT, ["Escalated:", "Picked up"], OF_SAM)
    assert (titles(claimed.ticket)[-1], owned(claimed.ticket)) == ("Ticket corrected", ("New", 12))


def test_ticket_that_turns_out_wrong_once_more_gets_back_what_was_set(claimed: PsaCase, right: Ticket) -> None:
    right.owner_id = 15
    name(claimed, right)

    name(claimed, claimed.ticket, at=23)

    assert (titles(right)[-1], owned(right)) == ("Ticket corrected", ("New", 15))
    assert titles(claimed.ticket)[-2:] == ["Escalated:", "Picked up"]
    assert owned(claimed.ticket) == OF_SAM


def test_return_after_two_corrections_leaves_every_ticket_as_it_was(claimed: PsaCase, right: Ticket) -> None:
    right.owner_id = 15
    name(claimed, right, at=21)
    name(claimed, claimed.ticket)

    claimed.push(claimed.release())

    assert (owned(claimed.ticket), owned(right)) == (("New", 12), ("New", 15))


def test_repeated_and_late_corrections_add_nothing(claimed: PsaCase, right: Ticket) -> None:
    event = claimed.correct(psa_ticket_id=claimed.name_of(right))
    later = claimed.correct(problem_domain="Teams", at=23)
    claimed.push(later)

    assert [claimed.push(one) for one in (event, later, event)] == [PushResult.NOT_NEEDED] * 3

    assert titles(right) == ["Escalated:", "Picked up"]


def test_claim_that_ended_before_its_note_is_not_told(unnamed: PsaCase) -> None:
    case = unnamed
    case.push(case.claim())
    named, released = case.correct(psa_ticket_id=case.shown_id), case.release()

    case.push(named)
    case.push(released)

    assert (titles(case.ticket), owned(case.ticket)) == (["Escalated:", "Returned"], ("New", 12))


def test_case_passed_on_before_its_notes_is_left_to_the_next_handoff(claimed: PsaCase, right: Ticket) -> None:
    named, passed_on = claimed.correct(psa_ticket_id=claimed.name_of(right)), claimed.pass_on()

    claimed.push(named)
    claimed.push(passed_on)

    assert (titles(right), owned(right)) == (["Passed on"], ("New", None))


def test_claim_that_ended_while_its_ticket_could_not_be_told_sets_nothing(claimed: PsaCase, right: Ticket) -> None:
    event = claimed.correct(psa_ticket_id=claimed.name_of(right))
    claimed.fail_notes("503")
    with pytest.raises(PsaUnavailable):
        claimed.push(event)
    released = claimed.release()
    claimed.stop_failing()

    claimed.push(released, after_s=60)

    assert (titles(right), owned(right)) == (["Escalated:", "Returned"], ("New", None))


def test_claim_after_the_correction_is_still_told_late(unnamed: PsaCase) -> None:
    case = unnamed
    named = case.correct(JANE, at=15, psa_ticket_id=case.shown_id)
    claim = case.claim()

    case.push(named)
    told = titles(case.ticket)
    case.push(claim)

    assert (told, titles(case.ticket)) == (["Escalated:"], ["Escalated:", "Picked up"])


def test_right_ticket_of_a_waiting_case_gets_the_note_of_the_hand_off(case: PsaCase, right: Ticket) -> None:
    case.push(case.hand_off())

    case.push(case.correct(JANE, psa_ticket_id=case.name_of(right)))

    assert (titles(right), titles(case.ticket)) == (["Escalated:"], ["Escalated:", "Ticket corrected"])


def test_claim_resolved_at_once_is_told_before_its_resolution(claimed: PsaCase, right: Ticket) -> None:
    corrected, resolved = claimed.correct(psa_ticket_id=claimed.name_of(right)), claimed.resolve()

    for event in (corrected, resolved):
        claimed.push(event)

    assert titles(right) == ["Escalated:", "Picked up", "Resolved"]
    assert right.owner_id == 14


def test_ticket_named_after_a_reopening_gets_what_a_claim_sets(halopsa: PsaCase) -> None:
    for event in (halopsa.claim(), halopsa.resolve(), halopsa.reopen("It is back.")):
        assert halopsa.push(event) is PushResult.NOT_NEEDED

    name(halopsa, halopsa.ticket, at=27)

    assert (titles(halopsa.ticket), owned(halopsa.ticket)) == (["Escalated:", "Reopened"], OF_SAM)
    assert "It is back." in halopsa.notes[-1].text


@pytest.mark.parametrize("how", ["resolve", "release"])
def test_correction_that_a_later_event_overtakes_is_told_before_it(claimed: PsaCase, right: Ticket, how: str) -> None:
    corrected = claimed.correct(psa_ticket_id=claimed.name_of(right), at=21)
    later = claimed.resolve() if how == "resolve" else claimed.release()

    outcomes = [claimed.push(later), claimed.push(corrected)]

    assert outcomes == [PushResult.SENT, PushResult.NOT_NEEDED]
    assert (titles(claimed.ticket)[-1], owned(claimed.ticket)) == ("Ticket corrected", ("New", 12))
    told = {"resolve": ["Escalated:", "Picked up", "Resolved"], "release": ["Escalated:", "Returned"]}
    assert titles(right) == told[how]


def test_note_of_the_hand_off_names_the_right_ticket_and_its_client(claimed: PsaCase, right: Ticket) -> None:
    right.company = ACORN

    name(claimed, right, problem_summary="Teams shows no calendar at all")

    text = right.notes[0].text
    assert "Teams shows no calendar at all" in text
    assert f"Ticket: #{claimed.name_of(right)}" in text
    assert (ACORN in text, claimed.ticket.company in text) == (True, False)


@pytest.mark.parametrize("skip", [0, 1], ids=["status", "owner"])
def test_ticket_told_in_part_before_it_turned_out_wrong_is_as_it_was(
    halopsa: PsaCase, sandbox: PsaSandbox, skip: int
) -> None:
    case = halopsa
    case.claim()
    case.ticket.owner_id = 12
    sandbox.sandbox.faults.switch_on(PsaFault(kind="drop_after_accept", only_changes=True, skip=skip, count=1))
    with pytest.raises(PsaUnavailable):
        name(case, case.ticket)

    with another_ticket(sandbox, "halopsa", "Another") as other:
        outcome = name(case, other, at=23)

    assert (outcome, titles(other), owned(other)) == (PushResult.SENT, ["Escalated:", "Picked up"], OF_SAM)
    assert owned(case.ticket) == ("New", 12)


def test_claim_that_never_reached_the_named_ticket_is_shown_as_failed(halopsa: PsaCase) -> None:
    halopsa.claim()
    event = halopsa.correct(psa_ticket_id=halopsa.shown_id)

    mark_notes_failed(event, at=halopsa.clock())

    push = ticket_notes.find(ACME, halopsa.handoff_id)
    assert push is not None
    assert [note.status for note in push.ledger.notes] == [TicketNotesStatus.FAILED] * 2


def test_ticket_that_the_system_does_not_know_is_said_and_the_next_one_told(halopsa: PsaCase) -> None:
    halopsa.claim()
    refused = halopsa.push(halopsa.correct(psa_ticket_id="999999"))

    outcome = name(halopsa, halopsa.ticket, at=23)

    assert (refused, outcome) == (PushResult.FAILED, PushResult.SENT)
    assert (titles(halopsa.ticket), owned(halopsa.ticket)) == (["Escalated:", "Picked up"], OF_SAM)


def test_ticket_of_a_system_that_only_sends_webhooks_is_told_nothing(halopsa: PsaCase, sandbox: PsaSandbox) -> None:
    settings = StandardSettings(kind=PsaKind.STANDARD)
    changes = {"id": "hooks", "settings": settings, "base_url": None, "ticket_mapping": TicketMapping()}
    assert integrations.save(an_integration(sandbox, "halopsa", **changes), None)
    halopsa.push(halopsa.claim())
    name(halopsa, halopsa.ticket)

    outcome = halopsa.push(halopsa.correct(psa_ticket_id="T-8812", integration_id="hooks", at=23))

    assert (outcome, owned(halopsa.ticket)) == (PushResult.SENT, ("New", None))
    assert (titles(halopsa.ticket)[-1], halopsa.handoff.ticket_notes.status) == (
        "Ticket corrected",
        TicketNotesStatus.SENT,
    )
