"""A ticket that was merged in a system which says so: its session goes on with the other one."""

import pytest

from chalicelib.actions.ticket_sync.follow_ticket import follow_ticket
from chalicelib.adapters.psa.clients import psa_of
from chalicelib.domain.events import EventType, events_between
from chalicelib.domain.session import Session, SessionStatus
from chalicelib.store import integrations, sessions
from infra.local.psa_sandbox import PsaSandbox
from infra.local.psa_sandbox.ticket_store import CLOSED
from tests.support.builders import ACME, minute
from tests.support.scenarios.psa import PsaCase
from tests.support.servers.psa_sandbox import INTEGRATION_ID


def follow(case: PsaCase) -> Session:
    """Read the ticket and bring the session to where it stands."""
    integration = integrations.load(ACME, INTEGRATION_ID)
    follow_ticket(integration, psa_of(integration).read_ticket(str(case.ticket.id)), at=minute(40))
    return sessions.load(ACME, case.session_id)


@pytest.mark.parametrize("system", ["connectwise", "halopsa"])
def test_escalated_session_of_a_ticket_closed_by_a_merge_goes_on_with_the_other_one(
    sandbox: PsaSandbox, system: str
) -> None:
    case = PsaCase(sandbox, system)
    case.hand_off()
    case.ticket.merged_into = 722
    sandbox.sandbox.change(system, case.ticket.id, status=CLOSED)

    session = follow(case)

    assert (session.status, session.psa_ticket_id) == (SessionStatus.ESCALATED, "722")


@pytest.mark.parametrize("system", ["connectwise", "halopsa", "autotask"])
def test_escalated_session_of_a_ticket_closed_without_a_merge_ends(sandbox: PsaSandbox, system: str) -> None:
    case = PsaCase(sandbox, system)
    case.hand_off()
    sandbox.sandbox.change(system, case.ticket.id, status=CLOSED)

    session = follow(case)

    assert session.status is SessionStatus.RESOLVED


def test_merge_is_told_to_open_pages_though_only_the_number_is_another(sandbox: PsaSandbox) -> None:
    case = PsaCase(sandbox, "connectwise")
    case.hand_off()
    before = case.handoff
    case.ticket.merged_into = 722
    sandbox.sandbox.change("connectwise", case.ticket.id, status=CLOSED)

    follow(case)

    assert case.handoff.psa_ticket_id == "722"
    assert [event.type for event in events_between(before, case.handoff)] == [EventType.TICKET_UPDATED]
