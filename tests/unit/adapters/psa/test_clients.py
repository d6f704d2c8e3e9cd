"""The three clients against the sandbox: tickets, statuses and owners, in the form that all of them promise."""

from dataclasses import replace
from datetime import UTC, datetime, timedelta

import pytest

from chalicelib.domain.psa import PsaRefused
from infra.local.psa_sandbox import PsaSandbox
from infra.local.psa_sandbox.ticket_store import CLOSED, label_of
from tests.support.builders import START
from tests.support.servers.psa_sandbox import (
    NUMBER,
    client_of,
    each_system,
    shown_id,
    ticket_of,
)

YESTERDAY = datetime.now(UTC) - timedelta(days=1)


@each_system
def test_ticket_is_read(server: PsaSandbox, system: str) -> None:
    ticket = ticket_of(server, system)

    read = client_of(server, system).read_ticket(shown_id(ticket, system))

    assert (read.id, read.number, read.title) == (str(ticket.id), ticket.number, ticket.summary)


@each_system
def test_ticket_speaks_of_status_and_owner_in_words(server: PsaSandbox, system: str) -> None:
    ticket = ticket_of(server, system)
    ticket.status, ticket.owner_id = "In Progress", 14

    read = client_of(server, system).read_ticket(str(ticket.id))

    assert (read.status_name, read.owner_name) == ("In Progress", "Sam Rivera")


@each_system
def test_words_are_asked_for_once(server: PsaSandbox, system: str) -> None:
    client, ticket = client_of(server, system), ticket_of(server, system)
    ticket.status, ticket.owner_id = "In Progress", 14
    client.read_ticket(str(ticket.id))
    server.sandbox.received.clear()

    client.read_ticket(str(ticket.id))
    client.list_changed_tickets(START)

    assert len(server.sandbox.received) == 2


def test_autotasks_priority_is_a_word_too(server: PsaSandbox) -> None:
    assert client_of(server, "autotask").read_ticket(NUMBER).priority == "Critical"


@pytest.mark.parametrize("system", ["autotask", "halopsa"])
def test_owner_whom_the_psa_does_not_show_is_a_number(server: PsaSandbox, system: str) -> None:
    ticket = ticket_of(server, system)
    ticket.owner_id = 4711

    read = client_of(server, system).read_ticket(str(ticket.id))

    assert (read.owner_id, read.owner_name) == ("4711", None)


@each_system
def test_many_changed_tickets_with_long_descriptions_are_listed(server: PsaSandbox, system: str) -> None:
    tickets = server.sandbox.store.tickets[system]
    first = ticket_of(server, system)
    more = range(first.id + 1, first.id + 520)
    for number in more:
        tickets[number] = replace(first, id=number, number=str(number), description="\u540d" * 8_000)

    changed = client_of(server, system).list_changed_tickets(YESTERDAY)

    for number in more:
        del tickets[number]
    assert len(changed) == 520


@each_system
def test_status_and_owner_are_set(server: PsaSandbox, system: str) -> None:
    ticket = ticket_of(server, system)

    client_of(server, system).set_status(shown_id(ticket, system), "in progress")
    client_of(server, system).set_owner(shown_id(ticket, system), "14")

    assert (ticket.status, ticket.owner_id) == ("In Progress", 14)


def test_ticket_with_custom_fields_is_changed_with_all_of_them_where_connectwise_asks_for_them(
    server: PsaSandbox,
) -> None:
    ticket, fields = ticket_of(server, "connectwise"), [{"id": 3, "caption": "Asset", "value": "FAB-DC01"}]
    ticket.custom_fields = list(fields)

    client_of(server, "connectwise").set_status(str(ticket.id), "In Progress")

    assert (ticket.status, ticket.custom_fields) == ("In Progress", fields)


def test_owner_of_connectwises_is_set_by_identifier_too(server: PsaSandbox) -> None:
    ticket = ticket_of(server, "connectwise")

    client_of(server, "connectwise").set_owner(str(ticket.id), "srivera")

    assert ticket.owner_id == 14


@each_system
def test_status_that_there_is_not_is_named(server: PsaSandbox, system: str) -> None:
    with pytest.raises(PsaRefused, match=r"has no (ticket )?status Escalated"):
        client_of(server, system).set_status(str(ticket_of(server, system).id), "Escalated")


def test_status_of_a_ticket_that_moved_to_another_board_is_set_by_name(server: PsaSandbox) -> None:
    ticket = ticket_of(server, "connectwise")
    ticket.board_id = 14

    client_of(server, "connectwise").set_status(str(ticket.id), "In Progress")

    assert ticket.status == "In Progress"


def test_status_of_the_board_that_a_ticket_has_left_is_refused(server: PsaSandbox) -> None:
    ticket = ticket_of(server, "connectwise")
    ticket.board_id = 14

    with pytest.raises(PsaRefused, match="board in ConnectWise has no status 305"):
        client_of(server, "connectwise").set_status(str(ticket.id), "305")

    assert ticket.status == "New"


@each_system
def test_changed_tickets_are_listed(server: PsaSandbox, system: str) -> None:
    client = client_of(server, system)

    changed = [ticket.id for ticket in client.list_changed_tickets(YESTERDAY)]
    later = client.list_changed_tickets(datetime.now(UTC) + timedelta(minutes=1))

    assert (changed, later) == ([str(ticket_of(server, system).id)], [])


@each_system
def test_closing_is_seen(server: PsaSandbox, system: str) -> None:
    ticket, client = ticket_of(server, system), client_of(server, system)

    client.set_status(str(ticket.id), label_of(system, CLOSED))

    assert client.read_ticket(str(ticket.id)).is_closed


@each_system
def test_sound_connection_passes_the_check(server: PsaSandbox, system: str) -> None:
    client_of(server, system).check()


@each_system
def test_choices_are_the_systems_own_active_statuses_and_people(server: PsaSandbox, system: str) -> None:
    choices = client_of(server, system).list_choices()

    assert [status.name for status in choices.statuses] == [label_of(system, CLOSED), "In Progress", "New"]
    assert [(one.id, one.name, one.email) for one in choices.owners if one.id == "14"] == [
        ("14", "Sam Rivera", "sam@acme.example")
    ]
    assert len(choices.owners) == 4
