"""A session opened with a ticket number knows the ticket from the first, whatever state the PSA is in."""

from collections.abc import Iterator
from datetime import UTC, datetime

import pytest

from chalicelib.actions.sessions.open_session import open_session
from chalicelib.actions.ticket_sync import read_named_ticket
from chalicelib.actions.ticket_sync.handle_delivery import handle_delivery
from chalicelib.contracts.delivery_message import DeliveryMessage
from chalicelib.contracts.requests import OpenSessionRequest
from chalicelib.domain.session import Session, SessionStatus
from chalicelib.domain.ticket_facts import TicketContact
from chalicelib.domain.webhook_delivery import Delivery, TicketEvent
from chalicelib.store import sessions
from infra.local.psa_sandbox import PsaSandbox
from infra.local.psa_sandbox.faults import PsaFault
from tests.support.builders import ACME, JANE, SUMMARY, minute
from tests.support.scenarios.psa import forget_process, link
from tests.support.servers.psa_sandbox import INTEGRATION_ID, a_psa_sandbox, each_system, mapping_of, ticket_of

CLIENT_IDS = {"connectwise": "250", "autotask": "174", "halopsa": "37"}


@pytest.fixture
def server(tables: None) -> Iterator[PsaSandbox]:
    forget_process()
    with a_psa_sandbox() as server:
        yield server


@pytest.fixture
def queued(monkeypatch: pytest.MonkeyPatch) -> list[DeliveryMessage]:
    """What would be put into the queue."""
    from chalicelib.adapters.aws import deliveries_queue

    messages: list[DeliveryMessage] = []
    monkeypatch.setattr(deliveries_queue, "put", messages.extend)
    return messages


def opened(ticket_id: str) -> Session:
    return open_session(OpenSessionRequest(problem_summary=SUMMARY, psa_ticket_id=ticket_id), by=JANE, at=minute(0))


@each_system
def test_session_opened_with_a_ticket_knows_it(server: PsaSandbox, queued: list[DeliveryMessage], system: str) -> None:
    link(server, system)
    ticket = ticket_of(server, system)
    ticket.owner_id, ticket.due_at = 14, "2026-11-30T16:00:00.000Z"

    facts = opened(ticket.number).ticket

    assert facts is not None
    assert (facts.title, facts.status, facts.owner) == (SUMMARY, "New", "Sam Rivera")
    assert facts.client is not None
    assert (facts.client.name, facts.client.id) == ("Fabrikam Dental Group", CLIENT_IDS[system])
    assert facts.contact == TicketContact(name="Dana Okafor", phone="+1 206 555 0142", email="dana@fabrikam.example")
    assert (facts.number, facts.type, facts.contract) == (ticket.number, "Incident", "Managed Workplace")
    assert facts.due_at == datetime(2026, 11, 30, 16, tzinfo=UTC)
    assert queued == []
    assert facts.priority in ("Critical", "Priority 1 - Emergency Response")


@each_system
@pytest.mark.parametrize("shown", ["#{}", " {}", "00{}"])
def test_session_names_a_ticket_in_one_form(
    server: PsaSandbox, queued: list[DeliveryMessage], system: str, shown: str
) -> None:
    link(server, system)
    ticket_id = str(ticket_of(server, system).id)

    assert opened(shown.format(ticket_id)).psa_ticket_id == ticket_id


@each_system
def test_session_of_a_ticket_that_does_not_exist_opens_without_facts(
    server: PsaSandbox, queued: list[DeliveryMessage], system: str
) -> None:
    link(server, system)

    assert (opened("4711").ticket, queued) == (None, [])


@each_system
@pytest.mark.parametrize("kind", ["503", "429", "html", "slow"])
def test_session_opens_in_time_while_the_psa_is_in_trouble_and_the_ticket_is_read_later(
    server: PsaSandbox, queued: list[DeliveryMessage], monkeypatch: pytest.MonkeyPatch, system: str, kind: str
) -> None:
    link(server, system)
    monkeypatch.setattr(read_named_ticket, "TIME_LIMIT_S", 0.5)
    server.sandbox.faults.switch_on(PsaFault(kind=kind, delay_s=5))

    session = opened(ticket_of(server, system).number)

    assert session.ticket is None
    assert [message.delivery.ticket_id for message in queued] == [session.psa_ticket_id]


@each_system
def test_ticket_that_the_mapping_says_was_closed_before_does_not_end_the_session_opened_for_it(
    server: PsaSandbox, queued: list[DeliveryMessage], system: str
) -> None:
    link(server, system, ticket_mapping=mapping_of(system).model_copy(update={"closed_statuses": ("New",)}))
    ticket = ticket_of(server, system)
    session = opened(ticket.number)

    ticket_id = str(ticket.id)
    read = Delivery(event=TicketEvent.UPDATED, external_id=ticket_id, ticket_id=ticket_id, dedupe_key=None)
    message = DeliveryMessage(account_id=ACME, integration_id=INTEGRATION_ID, delivery=read, correlation_id="")
    handle_delivery(message, clock=lambda: minute(5))

    assert session.ticket is not None
    assert session.ticket.is_closed
    assert sessions.load(ACME, session.id).status is SessionStatus.ACTIVE
