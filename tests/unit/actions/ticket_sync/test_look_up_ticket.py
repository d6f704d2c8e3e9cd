"""What a ticket is, and who works on it, is seen before a session is opened for it."""

import pytest

from chalicelib.actions.handoffs.claim_handoff import claim_handoff
from chalicelib.actions.sessions.open_session import open_session
from chalicelib.actions.ticket_sync.look_up_ticket import list_ticket_sessions, look_up_ticket, same_ticket_as
from chalicelib.contracts.requests import OpenSessionRequest
from chalicelib.domain.errors import NotFound, Unavailable
from chalicelib.domain.session import SessionStatus
from chalicelib.store import sessions
from infra.local.psa_sandbox.faults import PsaFault
from tests.support.builders import ACME, GINA, JANE, JOE, SAM, SUMMARY, minute
from tests.support.scenarios.psa import PsaCase
from tests.support.servers.psa_sandbox import INTEGRATION_ID

in_one_system = pytest.mark.parametrize("case", ["connectwise"], indirect=True)


def test_ticket_is_looked_up_with_title_and_client(case: PsaCase) -> None:
    facts = look_up_ticket(INTEGRATION_ID, case.shown_id, by=JOE, clock=case.clock)

    assert (facts.number, facts.title) == (case.ticket.number, SUMMARY)
    assert facts.client is not None
    assert facts.client.name == "Fabrikam Dental Group"
    assert facts.read_at == case.now


@pytest.mark.parametrize("number", ["999999", "T20261123.9999", "no such thing", "x" * 200])
def test_ticket_that_does_not_exist_is_not_found(case: PsaCase, number: str) -> None:
    with pytest.raises(NotFound):
        look_up_ticket(INTEGRATION_ID, number, by=JOE, clock=case.clock)


@in_one_system
def test_ticket_of_another_account_is_not_found(case: PsaCase) -> None:
    with pytest.raises(NotFound):
        look_up_ticket(INTEGRATION_ID, case.shown_id, by=GINA, clock=case.clock)


@pytest.mark.parametrize("kind", ["503", "403", "html"])
def test_ticket_that_is_not_shown_now_says_why(case: PsaCase, kind: str) -> None:
    case.server.sandbox.faults.switch_on(PsaFault(kind=kind))

    with pytest.raises(Unavailable):
        look_up_ticket(INTEGRATION_ID, case.shown_id, by=JOE, clock=case.clock)


def test_live_sessions_of_a_ticket_say_whose_they_are_and_since_when(case: PsaCase) -> None:
    mine, before = sessions.load(ACME, case.session_id), list_ticket_sessions(INTEGRATION_ID, case.shown_id, by=JOE)
    case.hand_off()

    waiting = list_ticket_sessions(INTEGRATION_ID, f"#{case.shown_id}", by=JOE)
    claim_handoff(case.session_id, case.handoff_id, by=SAM, at=minute(20))
    claimed = list_ticket_sessions(INTEGRATION_ID, case.shown_id, by=JOE)

    assert [(one.id, one.holder, one.status, one.since) for one in (*before, *waiting, *claimed)] == [
        (mine.id, JANE.person, SessionStatus.ACTIVE, minute(0)),
        (mine.id, None, SessionStatus.ESCALATED, minute(10)),
        (mine.id, SAM.person, SessionStatus.ACTIVE, minute(20)),
    ]


def test_resolved_session_is_no_live_session_of_its_ticket(case: PsaCase) -> None:
    case.hand_off()
    case.claim()
    case.resolve()

    assert list_ticket_sessions(INTEGRATION_ID, case.shown_id, by=JOE) == []


@in_one_system
def test_second_session_of_a_ticket_is_told_of_the_first_and_not_refused(case: PsaCase) -> None:
    asked = OpenSessionRequest(problem_summary="Again", psa_ticket_id=case.shown_id)

    second = open_session(asked, by=JOE, at=minute(1))

    assert [(one.id, one.owner) for one in same_ticket_as(second)] == [(case.session_id, JANE.person)]
