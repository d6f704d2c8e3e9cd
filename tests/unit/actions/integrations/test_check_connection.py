"""The connection test says what it did: it read a ticket, wrote nothing, and when the webhook was last seen."""

import pytest

from chalicelib.actions.integrations.check_connection import check_connection
from chalicelib.domain.integration import TicketMapping
from chalicelib.domain.webhook_delivery import TicketEvent
from chalicelib.store import integrations, webhook_events
from infra.local.psa_sandbox.faults import PsaFault
from tests.support.builders import ACME, JANE, OLGA, minute
from tests.support.scenarios.psa import PsaCase
from tests.support.servers.psa_sandbox import INTEGRATION_ID


def map_tickets(case: PsaCase, **changes: object) -> None:
    found = integrations.load(ACME, INTEGRATION_ID)
    mapping = TicketMapping.model_validate({**found.ticket_mapping.model_dump(), **changes})
    assert integrations.save(found.model_copy(update={"ticket_mapping": mapping, "version": found.version + 1}), found)


def test_connection_test_names_the_ticket_that_it_read(case: PsaCase) -> None:
    check = check_connection(INTEGRATION_ID, by=OLGA, clock=case.clock)

    assert (check.trouble, check.ticket_number, check.warnings) == (None, case.ticket.number, ())


def test_connection_test_writes_nothing(case: PsaCase) -> None:
    before = (case.ticket.updated_at, len(case.notes))
    case.server.sandbox.received.clear()

    check_connection(INTEGRATION_ID, by=OLGA, clock=case.clock)

    methods = [(request.method, request.parts[-1]) for _, request in case.server.sandbox.received]
    assert [one for one in methods if one[0] != "GET" and one[1] not in ("query", "token")] == []
    assert (case.ticket.updated_at, len(case.notes)) == before


def test_connection_test_of_a_system_without_tickets_works(case: PsaCase) -> None:
    tickets = case.server.sandbox.store.tickets[case.system]
    kept = dict(tickets)
    tickets.clear()

    check = check_connection(INTEGRATION_ID, by=OLGA, clock=case.clock)

    tickets.update(kept)
    assert (check.trouble, check.ticket_number) == (None, None)


def test_connection_test_says_when_the_webhook_was_last_seen(case: PsaCase) -> None:
    webhook_events.mark(ACME, INTEGRATION_ID, TicketEvent.CREATED, minute(3))
    webhook_events.mark(ACME, INTEGRATION_ID, TicketEvent.UPDATED, minute(9))

    assert check_connection(INTEGRATION_ID, by=OLGA, clock=case.clock).webhook_last_at == minute(9)


def test_connection_test_warns_of_choices_that_are_gone(case: PsaCase) -> None:
    map_tickets(case, status_on_claim="In Prüfung", owner_ids={JANE.email: "4711"})

    check = check_connection(INTEGRATION_ID, by=OLGA, clock=case.clock)

    assert check.trouble is None
    assert check.warnings == (
        "The status “In Prüfung” no longer exists there.",
        f"The owner 4711 of {JANE.email} no longer exists there.",
    )


@pytest.mark.parametrize("kind", ["401", "503", "html"])
def test_connection_that_does_not_work_names_no_ticket(case: PsaCase, kind: str) -> None:
    case.server.sandbox.faults.switch_on(PsaFault(kind=kind))

    check = check_connection(INTEGRATION_ID, by=OLGA, clock=case.clock)

    assert check.trouble
    assert (check.ticket_number, check.warnings) == (None, ())
