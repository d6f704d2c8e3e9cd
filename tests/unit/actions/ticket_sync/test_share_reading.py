"""Many deliveries about one ticket at once are one reading, which serves all that came before it began."""

from contextlib import suppress
from datetime import datetime, timedelta

import pytest

from chalicelib.actions.ticket_sync.handle_delivery import handle_delivery
from chalicelib.actions.ticket_sync.share_reading import shared_reading
from chalicelib.contracts.delivery_message import DeliveryMessage
from chalicelib.domain.psa import PsaUnavailable
from chalicelib.domain.webhook_delivery import Delivery, TicketEvent
from chalicelib.store import integrations, ticket_reads
from chalicelib.store.ticket_reads import ReadTurn
from infra.local.psa_sandbox.faults import PsaFault
from infra.local.psa_sandbox.ticket_store import CLOSED
from tests.support.builders import ACME, minute
from tests.support.scenarios.psa import PsaCase
from tests.support.servers.psa_sandbox import INTEGRATION_ID

NOW = minute(40)


def a_message(case: PsaCase, *, came: datetime = NOW, event: TicketEvent = TicketEvent.UPDATED) -> DeliveryMessage:
    ticket_id = str(case.ticket.id)
    number = case.shown_id
    delivery = Delivery(event=event, external_id=ticket_id, ticket_id=ticket_id, dedupe_key=None, ticket_number=number)
    return DeliveryMessage(
        account_id=ACME, integration_id=INTEGRATION_ID, delivery=delivery, correlation_id="", received_at=came
    )


def handle(message: DeliveryMessage, *, after_s: float = 1) -> int:
    return handle_delivery(message, clock=lambda: NOW + timedelta(seconds=after_s))


def readings(case: PsaCase) -> int:
    """How often the ticket was read."""
    ticket = {"autotask": ("tickets", "query")}.get(case.system, ("tickets", str(case.ticket.id)))
    return sum(tuple(call.parts[-2:]) == ticket for _, call in case.server.sandbox.received)


def test_sixteen_deliveries_for_one_ticket_are_one_reading(case: PsaCase) -> None:
    case.server.sandbox.change(case.system, case.ticket.id, status=CLOSED)
    case.server.sandbox.received.clear()

    changed = [handle(a_message(case)) for _ in range(16)]

    assert (readings(case), changed) == (1, [1, *[0] * 15])


def test_delivery_that_came_after_the_reading_began_is_read_again(case: PsaCase) -> None:
    handle(a_message(case), after_s=1)
    case.server.sandbox.change(case.system, case.ticket.id, status=CLOSED)
    case.server.sandbox.received.clear()

    changed = handle(a_message(case, came=NOW + timedelta(seconds=1)), after_s=2)

    assert (readings(case), changed) == (1, 1)


@pytest.mark.parametrize("kind", ["503", "html", "401"])
def test_reading_that_failed_serves_nobody(case: PsaCase, kind: str) -> None:
    case.server.sandbox.change(case.system, case.ticket.id, status=CLOSED)
    case.server.sandbox.faults.switch_on(PsaFault(kind=kind))
    with suppress(PsaUnavailable):
        handle(a_message(case))
    case.server.sandbox.faults.switch_off()

    assert handle(a_message(case), after_s=3700) == 1


def test_delivery_waits_for_another_run_that_reads_the_ticket(case: PsaCase) -> None:
    message, integration = a_message(case), integrations.load(ACME, INTEGRATION_ID)

    with (
        shared_reading(integration, message, lambda: NOW) as is_needed,
        pytest.raises(PsaUnavailable, match="Another run"),
        shared_reading(integration, message, lambda: NOW, wait_s=0),
    ):
        pass

    assert is_needed


def test_reading_of_a_run_that_died_is_waited_for_no_longer_than_its_lease(case: PsaCase) -> None:
    message, place = a_message(case), (ACME, INTEGRATION_ID, str(case.ticket.id))
    ticket_reads.take(*place, since=NOW, at=NOW)
    case.server.sandbox.received.clear()

    handle(message, after_s=ticket_reads.LEASE.total_seconds() + 1)

    assert readings(case) == 1


def test_late_end_of_a_reading_leaves_the_turn_to_who_has_it(case: PsaCase) -> None:
    place, later = (ACME, INTEGRATION_ID, "1"), NOW + ticket_reads.LEASE * 2
    ticket_reads.take(*place, since=NOW, at=NOW)
    ticket_reads.take(*place, since=NOW, at=later)

    ticket_reads.end(*place, began_at=NOW, is_done=True)

    assert ticket_reads.take(*place, since=minute(0), at=later) is ReadTurn.BUSY


def test_deleted_ticket_is_told_whatever_was_read_before(case: PsaCase) -> None:
    handle(a_message(case), after_s=5)
    deletion, tickets = a_message(case, event=TicketEvent.DELETED), case.server.sandbox.store.tickets[case.system]
    gone = tickets.pop(case.ticket.id)

    changed = handle(deletion, after_s=6)

    tickets[gone.id] = gone
    assert changed == 1
