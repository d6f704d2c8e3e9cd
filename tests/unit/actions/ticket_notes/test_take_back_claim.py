"""What a claim has set on the ticket is taken back when the claim ends without a solution, unless people changed it."""

import pytest

from chalicelib.actions.ticket_notes.push_result import PushResult
from chalicelib.domain.events import Event
from tests.support.builders import SAM
from tests.support.scenarios.psa import PsaCase, map_to


def claimed(case: PsaCase) -> None:
    """Have Sam claim an escalation of a ticket that is Jane's and new."""
    case.assign(12)
    case.push(case.hand_off())
    case.push(case.claim())
    assert (case.ticket.status, case.ticket.owner_id) == ("In Progress", 14)


def ended(case: PsaCase, how: str) -> Event:
    return case.release("Needs the network team.") if how == "release" else case.pass_on()


@pytest.mark.parametrize("how", ["release", "pass_on"])
def test_return_takes_back_status_and_owner(case: PsaCase, how: str) -> None:
    claimed(case)

    outcome = case.push(ended(case, how))

    assert outcome is PushResult.SENT
    assert (case.ticket.status, case.ticket.owner_id) == ("New", 12)


def test_return_leaves_a_ticket_to_nobody_that_was_nobodys(case: PsaCase) -> None:
    case.push(case.hand_off())
    case.push(case.claim())

    case.push(case.release())

    assert (case.ticket.status, case.ticket.owner_id) == ("New", None)


def test_return_is_told_to_the_ticket(case: PsaCase) -> None:
    claimed(case)

    case.push(case.release("Needs the network team."))

    assert "Returned to the queue by Sam" in case.notes[-1].text
    assert "Needs the network team." in case.notes[-1].text


def test_return_leaves_what_a_dispatcher_has_changed_since(case: PsaCase) -> None:
    claimed(case)
    case.server.sandbox.change(case.system, case.ticket.id, owner_id=15, is_told=False)

    case.push(case.release())

    assert (case.ticket.status, case.ticket.owner_id) == ("New", 15)


def test_return_leaves_a_ticket_alone_that_was_closed_meanwhile(case: PsaCase) -> None:
    claimed(case)
    case.server.sandbox.change(case.system, case.ticket.id, status="Closed", is_told=False)

    case.push(case.release())

    assert (case.ticket.status, case.ticket.owner_id) == ("Closed", 14)


def test_second_claim_is_taken_back_to_before_the_first(case: PsaCase) -> None:
    claimed(case)
    case.push(case.release())
    case.push(case.claim())

    case.push(case.release())

    assert (case.ticket.status, case.ticket.owner_id) == ("New", 12)


def test_claim_and_return_that_wait_together_leave_the_ticket_as_it_was(case: PsaCase) -> None:
    case.assign(12)
    case.push(case.hand_off())
    claim, release = case.claim(), case.release()

    case.push(release)
    case.push(claim)

    assert (case.ticket.status, case.ticket.owner_id) == ("New", 12)


def test_owner_that_was_set_is_taken_back_though_the_status_was_refused(case: PsaCase) -> None:
    case.assign(12)
    case.push(case.hand_off())
    event = case.claim()
    map_to(status_on_claim="No such status")
    outcome = case.push(event)
    set_owner = case.ticket.owner_id

    case.push(case.release())

    assert (outcome, set_owner, case.ticket.owner_id) == (PushResult.FAILED, 14, 12)


def test_status_is_set_though_the_owner_was_refused(case: PsaCase) -> None:
    case.assign(12)
    case.push(case.hand_off())
    event = case.claim()
    map_to(owner_ids={SAM.email: "4711"})

    outcome = case.push(event)

    error = case.handoff.ticket_notes.error or ""
    assert outcome is PushResult.FAILED
    assert (case.ticket.status, case.ticket.owner_id) == ("In Progress", 12)
    assert "not the ticket's owner" in error
    assert "not the ticket's status" not in error


@pytest.fixture
def owner_only(case: PsaCase) -> None:
    """A claim sets the owner alone, and "In Progress" is a status that closes tickets, as the admin says."""
    map_to(status_on_claim=None, closed_statuses=("In Progress",))
    case.assign(12)


@pytest.mark.usefixtures("owner_only")
def test_claim_leaves_a_ticket_alone_that_the_mapping_says_is_closed(case: PsaCase) -> None:
    case.push(case.hand_off())
    case.server.sandbox.change(case.system, case.ticket.id, status="In Progress", is_told=False)

    case.push(case.claim())

    assert (case.ticket.status, case.ticket.owner_id) == ("In Progress", 12)


@pytest.mark.usefixtures("owner_only")
def test_return_leaves_a_ticket_alone_that_the_mapping_says_was_closed_meanwhile(case: PsaCase) -> None:
    case.push(case.hand_off())
    case.push(case.claim())
    case.server.sandbox.change(case.system, case.ticket.id, status="In Progress", is_told=False)

    case.push(case.release())

    assert (case.ticket.status, case.ticket.owner_id) == ("In Progress", 14)
