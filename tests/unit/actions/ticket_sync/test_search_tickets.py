"""A colleague who signs in for the first time gets sessions for the open tickets that are already theirs."""

from collections.abc import Iterator
from datetime import datetime, timedelta

import pytest

from chalicelib.actions.handoffs.claim_handoff import claim_handoff
from chalicelib.actions.ticket_sync.search_tickets import MOST_TICKETS, search_tickets
from chalicelib.contracts.delivery_message import TicketSearchMessage
from chalicelib.domain.pagination import PageRequest
from chalicelib.domain.people import Caller, Role, TicketSearch
from chalicelib.domain.psa import PsaUnavailable
from chalicelib.domain.session import Session
from chalicelib.store import engineers, integrations, sessions
from infra.local.psa_sandbox import PsaSandbox
from infra.local.psa_sandbox.faults import PsaFault
from infra.local.psa_sandbox.ticket_store import CLOSED, Ticket
from tests.support.builders import ACME, ALEX, SAM, minute
from tests.support.scenarios.psa import PsaCase, link
from tests.support.servers.psa_sandbox import SYSTEMS, mapping_of, ticket_of

ALEX_THERE = 15
"""Alex's number in all three systems, known by the e-mail address alone."""


@pytest.fixture(params=SYSTEMS)
def system(request: pytest.FixtureRequest, sandbox: PsaSandbox) -> Iterator[str]:
    """A system that acme is linked to, whose one ticket is Alex's, who signs in for the first time."""
    link(sandbox, request.param)
    ticket = ticket_of(sandbox, request.param)
    ticket.owner_id = ALEX_THERE
    sign_in(ALEX)
    yield request.param
    tickets = sandbox.sandbox.store.tickets[request.param]
    for other in [one for one in tickets if one != ticket.id]:
        del tickets[other]


def sign_in(caller: Caller) -> None:
    engineers.enter(caller)
    engineers.keep_ticket_search(ACME, caller.id, TicketSearch(email=caller.email, asked_at=minute(1)))


def search(caller: Caller = ALEX, *, is_time_left: bool = True) -> int:
    message = TicketSearchMessage(account_id=ACME, engineer_id=caller.id, email=caller.email, correlation_id="")
    return search_tickets(message, clock=lambda: minute(2), is_time_left=lambda: is_time_left)


def is_done(caller: Caller = ALEX) -> bool:
    known = engineers.find(ACME, caller.id)
    return bool(known and known.ticket_search and known.ticket_search.is_done)


def sessions_of(caller: Caller = ALEX) -> list[Session]:
    lines = sessions.list_mine(ACME, caller.id, None, PageRequest(100)).items
    return [sessions.load(ACME, line.id) for line in lines]


def another_ticket(sandbox: PsaSandbox, system: str, summary: str = "Printer is offline") -> Ticket:
    ticket = sandbox.sandbox.store.open_ticket(system, summary)
    ticket.owner_id = ALEX_THERE
    return ticket


def test_ticket_that_is_already_theirs_becomes_a_session_with_its_facts(sandbox: PsaSandbox, system: str) -> None:
    search()

    [session] = sessions_of()
    assert session.psa_ticket_id == ticket_of(sandbox, system).number
    assert session.ticket is not None
    assert session.ticket.client is not None
    assert session.ticket.client.name == "Fabrikam Dental Group"
    assert is_done()


def test_search_done_twice_opens_nothing_more(sandbox: PsaSandbox, system: str) -> None:
    another_ticket(sandbox, system)

    followed = [search(), search()]

    assert (followed, len(sessions_of())) == ([2, 2], 2)


def test_tickets_of_others_and_closed_ones_open_no_session(sandbox: PsaSandbox, system: str) -> None:
    another_ticket(sandbox, system).owner_id = 12
    sandbox.sandbox.change(system, another_ticket(sandbox, system).id, status=CLOSED, is_told=False)

    search()

    assert [one.psa_ticket_id for one in sessions_of()] == [ticket_of(sandbox, system).number]


def test_ticket_closed_by_a_status_that_the_admin_names_opens_no_session(sandbox: PsaSandbox, system: str) -> None:
    found = integrations.find(ACME, "019ab000-0000-7000-8000-0000000000f1")
    assert found
    mapping = mapping_of(system).model_copy(update={"closed_statuses": ("new",)})
    assert integrations.save(found.model_copy(update={"ticket_mapping": mapping, "version": 2}), found)

    search()

    assert (sessions_of(), is_done()) == ([], True)


@pytest.mark.parametrize("is_claimed", [False, True])
def test_ticket_with_a_handoff_that_waits_or_is_held_opens_no_session(
    sandbox: PsaSandbox, tables: None, *, is_claimed: bool
) -> None:
    case = PsaCase(sandbox, "halopsa")
    case.hand_off()
    if is_claimed:
        claim_handoff(case.session_id, case.handoff_id, by=SAM, at=minute(20))
    case.ticket.owner_id = ALEX_THERE
    sign_in(ALEX)

    search()

    assert (sessions_of(), is_done()) == ([], True)


def test_psa_in_trouble_is_asked_again_and_the_search_goes_on(sandbox: PsaSandbox, system: str) -> None:
    sandbox.sandbox.faults.switch_on(PsaFault(kind="503"))
    with pytest.raises(PsaUnavailable):
        search()
    was_done = is_done()
    sandbox.sandbox.faults.switch_off()

    search()

    assert (was_done, is_done(), len(sessions_of())) == (False, True, 1)


def test_search_without_time_goes_on_later_where_it_was(sandbox: PsaSandbox, system: str) -> None:
    with pytest.raises(PsaUnavailable, match="than there was time for"):
        search(is_time_left=False)

    assert (sessions_of(), is_done()) == ([], False)


@pytest.mark.parametrize("changes", [{"role": Role.VIEWER}, {"email": "alex@new.example"}], ids=str)
def test_search_for_somebody_who_has_changed_since_opens_nothing(system: str, changes: dict[str, object]) -> None:
    engineers.enter(ALEX.model_copy(update=changes))

    assert search() == 0
    assert (sessions_of(), is_done()) == ([], False)


def test_search_for_nobody_in_the_directory_opens_nothing(sandbox: PsaSandbox) -> None:
    link(sandbox, "halopsa")

    assert search() == 0


def test_of_very_many_tickets_the_most_recently_changed_are_opened(sandbox: PsaSandbox) -> None:
    link(sandbox, "halopsa")
    sign_in(ALEX)
    others = [another_ticket(sandbox, "halopsa", f"Ticket {number}") for number in range(MOST_TICKETS + 2)]
    for number, ticket in enumerate(others):
        ticket.updated_at = (datetime(2026, 11, 1) + timedelta(minutes=number)).isoformat(timespec="milliseconds") + "Z"

    followed = search()

    for ticket in others:
        del sandbox.sandbox.store.tickets["halopsa"][ticket.id]
    assert followed == MOST_TICKETS
    assert {"Ticket 0", "Ticket 1"}.isdisjoint(one.problem_summary for one in sessions_of())
