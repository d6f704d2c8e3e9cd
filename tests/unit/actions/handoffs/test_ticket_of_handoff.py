"""Whom a handed off case is for: frozen with it, and named in the queue."""

import pytest

from chalicelib.actions.handoffs.list_escalations import list_escalations
from chalicelib.domain.documentation import document
from chalicelib.domain.pagination import PageRequest
from chalicelib.domain.session import Session
from chalicelib.domain.ticket_facts import TicketFacts
from chalicelib.store import sessions, ticket_updates
from tests.support.builders import ACME, JANE, SAM, minute
from tests.support.scenarios.actions import hand_off, now, open_case
from tests.support.ticket_facts import ticket_facts


def case_of(facts: TicketFacts | None) -> Session:
    session = open_case()
    if facts:
        ticket_updates.refresh(sessions.load(ACME, session.id), facts)
    return session


def test_handoff_keeps_the_ticket_as_it_was_known(tables: None) -> None:
    session = case_of(ticket_facts())

    handoff = hand_off(session.id)
    ticket_updates.refresh(sessions.load(ACME, session.id), ticket_facts(status="Closed", read_at=minute(30)))

    assert now(handoff).snapshot.ticket == ticket_facts()


def test_queue_names_client_and_contact(tables: None) -> None:
    hand_off(case_of(ticket_facts()).id)

    item = list_escalations(PageRequest(25, None), by=SAM).items[0]

    assert (item.client, item.contact) == ("Northwind", "Dana Okafor")


@pytest.mark.parametrize("facts", [None, ticket_facts(client=None, contact=None)], ids=["never read", "of nobody"])
def test_handoff_without_a_client_names_none(tables: None, facts: TicketFacts | None) -> None:
    handoff = hand_off(case_of(facts).id)

    item = list_escalations(PageRequest(25, None), by=SAM).items[0]
    assert (item.client, item.contact, now(handoff).client) == (None, None, None)


def test_documentation_names_client_and_contact_before_the_ticket(tables: None) -> None:
    handoff = hand_off(case_of(ticket_facts()).id, by=JANE)

    assert "- Client: Northwind\n- Contact: Dana Okafor\n- Ticket: \\#4711\n" in document(handoff)
