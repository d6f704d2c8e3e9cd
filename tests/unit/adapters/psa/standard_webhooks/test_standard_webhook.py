"""Standard Webhooks messages: what they name, in which forms, and what they leave alone."""

import json
from datetime import UTC, datetime
from typing import Any

import pytest

from chalicelib.adapters.psa.standard_webhooks.webhook import deliveries_in
from chalicelib.domain.integration import Integration, PsaKind, StandardSettings, TicketMapping
from chalicelib.domain.psa import PsaTicket
from chalicelib.domain.webhook_delivery import Delivery, TicketEvent
from tests.support.builders import ACME, START

PSA = Integration(
    account_id=ACME,
    id="psa",
    name="Our PSA",
    base_url=None,
    settings=StandardSettings(kind=PsaKind.STANDARD, time_zone="Europe/Brussels"),
    ticket_mapping=TicketMapping(closed_statuses=("Abgerechnet",)),
    secret_version=None,
    secrets_set_at={},
    version=1,
    reconciled_until=START,
    created_at=START,
    updated_at=START,
)


def deliveries(type_: str, data: dict[str, Any], timestamp: str = "2026-11-29T10:00:00Z") -> list[Delivery]:
    return deliveries_in(json.dumps({"type": type_, "timestamp": timestamp, "data": data}).encode(), PSA, "msg_1")


def ticket(type_: str = "ticket.updated", timestamp: str = "2026-11-29T10:00:00Z", **data: Any) -> PsaTicket:
    [found] = deliveries(type_, {"id": "5005", **data}, timestamp)
    assert found.ticket is not None
    return found.ticket


def test_standard_message_names_only_what_is_in_it() -> None:
    assert ticket().named == frozenset()
    assert ticket(status="Open", assignee=None).named == frozenset({"status", "is_closed", "owner"})


@pytest.mark.parametrize(
    "status", ["Open", {"name": "Open"}, {"id": 3, "label": "Open"}, {"name": {"x": 1}, "value": "Open"}]
)
def test_standard_status_is_read_as_text_and_as_object(status: object) -> None:
    assert ticket(status=status).status_name == "Open"


@pytest.mark.parametrize("value", [[], {}, {"id": 3}, True, {"name": None}])
def test_standard_value_that_says_nothing_names_nothing(value: object) -> None:
    assert ticket(status=value, priority=value, company=value, assignee=value).named == frozenset()


@pytest.mark.parametrize(
    ("assignee", "email", "name"),
    [
        (" joe@acme.example", "joe@acme.example", "joe@acme.example"),
        ("Joe <Joe@acme.example>", "joe@acme.example", "Joe <Joe@acme.example>"),
        ("mailto:joe@acme.example", "joe@acme.example", "mailto:joe@acme.example"),
        ({"name": "Joe", "email": "Joe <joe@acme.example>"}, "joe@acme.example", "Joe"),
        ({"email": "joe@acme.example "}, "joe@acme.example", "joe@acme.example"),
        ("Joe Park", None, "Joe Park"),
        ({"name": "Joe", "email": None}, None, "Joe"),
    ],
)
def test_standard_assignee_is_known_by_a_bare_address(assignee: object, email: str | None, name: str) -> None:
    found = ticket(assignee=assignee)

    assert (found.owner_email, found.owner_name) == (email, name)


@pytest.mark.parametrize("company", ["Fabrikam", {"name": "Fabrikam"}])
def test_standard_company_is_read_as_text_and_as_object(company: object) -> None:
    assert ticket(company=company).client == "Fabrikam"


@pytest.mark.parametrize(
    ("type_", "data"),
    [
        ("ticket.comment.created", {"id": 17, "ticket_id": 5005}),
        ("ticket.note.created", {"id": 17, "ticket_id": "5005", "status": "Closed", "title": "A note"}),
        ("note.created", {"id": 17, "ticket_id": "#5005"}),
        ("comment.created", {"id": 17, "ticket": {"id": 5005}}),
        ("ticket.comment.created", {"id": 17, "ticket": 5005}),
    ],
)
def test_standard_comment_is_an_event_of_its_ticket_and_says_no_facts(type_: str, data: dict[str, Any]) -> None:
    [found] = deliveries(type_, data)

    assert (found.event, found.ticket_id, found.ticket) == (TicketEvent.NOTE, "5005", None)


def test_standard_event_with_an_id_of_its_own_says_no_facts_of_the_ticket() -> None:
    [found] = deliveries("ticket.updated", {"id": 17, "ticket_id": 5005, "status": "Closed"})

    assert (found.event, found.ticket_id, found.ticket) == (TicketEvent.UPDATED, "5005", None)


def test_standard_comment_that_names_no_ticket_is_passed_over() -> None:
    assert deliveries("ticket.comment.created", {"id": 17}) == []


@pytest.mark.parametrize("status", ["Solved", "closed successful", ">Closed", "Geschlossen", "abgerechnet"])
def test_standard_ticket_is_closed_by_the_words_of_its_status(status: str) -> None:
    assert ticket(status=status).is_closed


def test_standard_closing_that_names_no_status_closes_and_names_nothing_else() -> None:
    found = ticket("ticket.closed")

    assert (found.is_closed, found.named) == (True, frozenset({"is_closed"}))


def test_standard_reopening_names_the_ticket_open() -> None:
    found = ticket("ticket.reopened")

    assert (found.is_closed, found.named) == (False, frozenset({"is_closed"}))


@pytest.mark.parametrize(
    ("timestamp", "utc_hour"),
    [("2026-11-29T10:00:00", 9), ("2026-11-29T10:00:00Z", 10), ("2026-11-29T10:00:00+02:00", 8)],
)
def test_standard_stamp_without_offset_is_of_the_integrations_time_zone(timestamp: str, utc_hour: int) -> None:
    assert ticket(timestamp=timestamp).updated_at == datetime(2026, 11, 29, utc_hour, tzinfo=UTC)


@pytest.mark.parametrize(
    ("due", "utc_hour"),
    [("2026-11-29T10:00:00", 9), ("2026-11-29T10:00:00Z", 10), ("2026-11-29T10:00:00+02:00", 8)],
)
def test_standard_due_time_without_offset_is_of_the_integrations_time_zone(due: str, utc_hour: int) -> None:
    assert ticket(due_at=due).due_at == datetime(2026, 11, 29, utc_hour, tzinfo=UTC)


@pytest.mark.parametrize(
    "stamp", ["0001-01-01T00:00:00", "0001-01-01T00:00:00+14:00", "9999-12-31T23:59:59-14:00", "9999-12-31T23:59:59Z"]
)
def test_standard_stamp_that_stands_for_no_time_is_none(stamp: str) -> None:
    found = ticket(timestamp=stamp, due_at=stamp, status="Open")

    assert (found.updated_at, found.due_at, found.status_name) == (None, None, "Open")


@pytest.mark.parametrize("ticket_id", [5005, "5005", "#5005", " 5005 "])
def test_standard_ticket_id_is_read_in_every_form(ticket_id: object) -> None:
    [found] = deliveries("ticket.updated", {"id": ticket_id})

    assert found.ticket_id == "5005"


def test_standard_ids_of_a_sender_keep_their_zeros_and_letters() -> None:
    [found] = deliveries("ticket.updated", {"id": "00ab"})

    assert found.ticket_id == "00ab"
