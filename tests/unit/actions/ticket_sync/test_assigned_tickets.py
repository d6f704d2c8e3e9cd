"""An assigned ticket opens one session for its engineer."""

import pytest

from chalicelib.actions.sessions.resolve_session import resolve_session
from chalicelib.contracts.requests import ResolveRequest
from chalicelib.domain.pagination import PageRequest
from chalicelib.domain.people import Caller
from chalicelib.store import sessions
from tests.support.builders import ACME, JANE, JOE, SAM, SUMMARY, VIC, minute
from tests.support.scenarios.followed_tickets import follow, messages_of_psa, opened

pytestmark = pytest.mark.usefixtures("linked_psa")


def test_assignment_opens_a_session_for_the_engineer() -> None:
    follow(owner_email=JOE.email.upper(), owner_name="Joe")

    [line] = sessions.list_mine(ACME, JOE.id, None, PageRequest(10)).items
    session = sessions.load(ACME, line.id)
    assert (session.owner, session.holder, session.psa_ticket_id) == (JOE.person, JOE.person, "4711")
    assert (session.problem_summary, session.integration_id) == (SUMMARY, "psa")
    assert session.ticket is not None
    assert session.ticket.owner == "Joe"


def test_map_of_owners_names_an_engineer_too() -> None:
    follow(owner_id="15")

    assert len(sessions.list_mine(ACME, JOE.id, None, PageRequest(10)).items) == 1


def test_same_assignment_many_times_opens_one_session() -> None:
    for number in range(2, 30):
        follow(number, owner_email=JOE.email)

    assert len(sessions.list_mine(ACME, JOE.id, None, PageRequest(10)).items) == 1


@pytest.mark.parametrize("email", ["nobody@acme.example", VIC.email, ""])
def test_owner_without_a_role_to_work_gets_no_session(email: str) -> None:
    assert follow(owner_email=email) == 0


def test_session_the_owner_has_already_is_enough() -> None:
    opened()

    follow(owner_email=JANE.email)

    assert len(sessions.list_mine(ACME, JANE.id, None, PageRequest(10)).items) == 1


def test_ticket_that_goes_to_somebody_else_opens_a_session_for_them_and_tells_the_first() -> None:
    session = opened()
    follow(2)

    follow(3, owner_email=JOE.email, owner_name="Joe")

    assert len(sessions.list_mine(ACME, JOE.id, None, PageRequest(10)).items) == 1
    assert messages_of_psa(session)[-1] == "Ticket #4711: owner is now Joe."


def test_session_resolved_here_is_not_opened_again() -> None:
    session = opened()
    body = ResolveRequest(resolution="The clock was wrong.", epoch=1)
    resolve_session(session.id, body, by=JANE, at=minute(3))

    follow(4, owner_email=JANE.email)

    assert statuses_of(JANE) == ["resolved"]


IN_MINUTES = 24 * 60


@pytest.mark.parametrize("owner", [JOE, SAM])
def test_reopened_ticket_gets_no_session_while_one_can_be_reopened(owner: Caller) -> None:
    follow(2, owner_email=JOE.email)
    follow(3, owner_email=JOE.email, is_closed=True)

    for minutes in (4, 5, 29 * IN_MINUTES):
        follow(minutes, owner_email=owner.email)

    assert (statuses_of(JOE), statuses_of(SAM)) == (["resolved"], [])


@pytest.mark.parametrize("reopened_after_days", [29, 31])
def test_reopened_ticket_gets_a_session_of_its_own_after_thirty_days(reopened_after_days: int) -> None:
    follow(2, owner_email=JOE.email)
    follow(3, owner_email=JOE.email, is_closed=True)

    follow(reopened_after_days * IN_MINUTES, owner_email=JOE.email)
    follow(32 * IN_MINUTES, owner_email=JOE.email)
    follow(33 * IN_MINUTES, owner_email=JOE.email)

    assert statuses_of(JOE) == ["active", "resolved"]


def statuses_of(who: Caller) -> list[str]:
    lines = sessions.list_mine(ACME, who.id, None, PageRequest(10)).items
    return sorted(line.status.value for line in lines)
