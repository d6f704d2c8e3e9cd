"""The three clients against the sandbox: notes are written for the MSP alone and found again."""

import pytest

from chalicelib.adapters.psa.clients import connect
from chalicelib.domain.psa import PsaRefused
from infra.local.psa_sandbox import PsaSandbox
from infra.local.psa_sandbox.ticket_store import Note, Ticket
from tests.support.servers.psa_sandbox import (
    SECRETS,
    an_integration,
    base_url_of,
    client_of,
    each_system,
    shown_id,
    ticket_of,
)

LONGEST_NOTES = {"connectwise": 4_000, "autotask": 32_000, "halopsa": 30_000}


@each_system
def test_note_is_written_for_the_msps_own_people_alone(server: PsaSandbox, system: str) -> None:
    ticket = ticket_of(server, system)

    note_id = client_of(server, system).add_note(str(ticket.id), "Handed off", "Out of ideas.")

    assert [(str(note.id), note.is_internal) for note in ticket.notes] == [(note_id, True)]


@each_system
def test_note_is_found_again_by_its_trace(server: PsaSandbox, system: str) -> None:
    ticket, client = ticket_of(server, system), client_of(server, system)
    client.add_note(str(ticket.id), "Other", "[FlowPilot 0123456789ab 2/2] something else")
    note_id = client.add_note(str(ticket.id), "Handed off", "[FlowPilot 0123456789ab 1/2] Out of ideas.")

    found = client.find_note(shown_id(ticket, system), "[FlowPilot 0123456789ab 1/")

    assert found == note_id


def crowd(ticket: Ticket, count: int, text: str) -> None:
    """Have so many other notes on the ticket."""
    ticket.notes += [Note(number, "Other", text, is_internal=True, created_at="") for number in range(count)]


@each_system
def test_note_is_found_among_very_many(server: PsaSandbox, system: str) -> None:
    ticket, client = ticket_of(server, system), client_of(server, system)
    crowd(ticket, 1001, "The backup ran.")
    note_id = client.add_note(str(ticket.id), "Handed off", "[FlowPilot 0123456789ab 1/1] Out of ideas.")

    assert client.find_note(str(ticket.id), "[FlowPilot 0123456789ab 1/") == note_id


def test_answer_of_autotasks_that_goes_on_elsewhere_is_not_taken_for_the_whole(server: PsaSandbox) -> None:
    ticket = ticket_of(server, "autotask")
    crowd(ticket, 1001, "The backup ran.")
    moved = an_integration(
        server, "autotask", base_url=base_url_of(server, "autotask").replace("localhost", "127.0.0.1")
    )

    with pytest.raises(PsaRefused, match="another address"):
        connect(moved, SECRETS["autotask"]).find_note(str(ticket.id), "[FlowPilot 0123456789ab 1/")


@each_system
def test_note_is_found_among_long_ones(server: PsaSandbox, system: str) -> None:
    ticket, client = ticket_of(server, system), client_of(server, system)
    crowd(ticket, 200, "\u540d" * LONGEST_NOTES[system])
    note_id = client.add_note(str(ticket.id), "Handed off", "[FlowPilot 0123456789ab 1/1] Out of ideas.")

    assert client.find_note(str(ticket.id), "[FlowPilot 0123456789ab 1/") == note_id


@each_system
def test_note_that_was_never_written_is_not_found(server: PsaSandbox, system: str) -> None:
    ticket, client = ticket_of(server, system), client_of(server, system)
    client.add_note(str(ticket.id), "Other", "[FlowPilot ffffffffffff 1/2] something else")

    assert client.find_note(str(ticket.id), "[FlowPilot 0123456789ab 1/") is None
