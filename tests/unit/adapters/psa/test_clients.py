"""The three clients against the sandbox: what all of them promise, and what each makes of its own system's no."""

from collections.abc import Iterator
from dataclasses import replace
from datetime import UTC, datetime, timedelta

import pytest

from chalicelib.adapters.psa import http_client
from chalicelib.adapters.psa.clients import Psa, connect
from chalicelib.domain.psa import PsaRefused, PsaUnavailable
from infra.local.psa_sandbox import PsaSandbox
from infra.local.psa_sandbox.faults import PsaFault
from infra.local.psa_sandbox.world import CLOSED, Note, Ticket, label_of
from tests.support.builders import START
from tests.support.servers.psa_sandbox import (
    NUMBER,
    SECRETS,
    SYSTEMS,
    a_psa_sandbox,
    an_integration,
    base_url_of,
    ticket_of,
)

YESTERDAY = datetime.now(UTC) - timedelta(days=1)

LONGEST_NOTES = {"connectwise": 4_000, "autotask": 32_000, "halopsa": 30_000}

each_system = pytest.mark.parametrize("system", SYSTEMS)


@pytest.fixture(scope="module")
def _serving() -> Iterator[PsaSandbox]:
    with a_psa_sandbox() as server:
        yield server


@pytest.fixture
def server(_serving: PsaSandbox) -> Iterator[PsaSandbox]:
    """The sandbox, without faults and notes."""
    yield _serving
    _serving.sandbox.faults.switch_off()
    _serving.sandbox.received.clear()
    for system in SYSTEMS:
        ticket = ticket_of(_serving, system)
        ticket.notes.clear()
        ticket.status, ticket.owner_id, ticket.custom_fields = "New", None, []


def client_of(server: PsaSandbox, system: str, **secrets: str) -> Psa:
    return connect(an_integration(server, system), {**SECRETS[system], **secrets})


def shown_id(ticket: Ticket, system: str) -> str:
    """What an engineer types: Autotask's people know tickets by number."""
    return ticket.number if system == "autotask" else str(ticket.id)


@each_system
def test_a_ticket_is_read(server: PsaSandbox, system: str) -> None:
    ticket = ticket_of(server, system)

    read = client_of(server, system).read_ticket(shown_id(ticket, system))

    assert (read.id, read.number, read.summary) == (str(ticket.id), ticket.number, ticket.summary)


@each_system
def test_a_ticket_speaks_of_status_and_owner_in_words(server: PsaSandbox, system: str) -> None:
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
def test_an_owner_whom_the_psa_does_not_show_is_a_number(server: PsaSandbox, system: str) -> None:
    ticket = ticket_of(server, system)
    ticket.owner_id = 4711

    read = client_of(server, system).read_ticket(str(ticket.id))

    assert (read.owner_id, read.owner_name) == ("4711", None)


@each_system
def test_a_note_is_written_for_the_msps_own_people_alone(server: PsaSandbox, system: str) -> None:
    ticket = ticket_of(server, system)

    note_id = client_of(server, system).add_note(str(ticket.id), "Handed off", "Out of ideas.")

    assert [(str(note.id), note.is_internal) for note in ticket.notes] == [(note_id, True)]


@each_system
def test_a_note_is_found_again_by_its_trace(server: PsaSandbox, system: str) -> None:
    ticket, client = ticket_of(server, system), client_of(server, system)
    client.add_note(str(ticket.id), "Other", "[FlowPilot 0123456789ab 2/2] something else")
    note_id = client.add_note(str(ticket.id), "Handed off", "[FlowPilot 0123456789ab 1/2] Out of ideas.")

    found = client.find_note(shown_id(ticket, system), "[FlowPilot 0123456789ab 1/")

    assert found == note_id


def crowd(ticket: Ticket, count: int, text: str) -> None:
    """Have so many other notes on the ticket."""
    ticket.notes += [Note(number, "Other", text, is_internal=True, created_at="") for number in range(count)]


@each_system
def test_a_note_is_found_among_very_many(server: PsaSandbox, system: str) -> None:
    ticket, client = ticket_of(server, system), client_of(server, system)
    crowd(ticket, 1001, "The backup ran.")
    note_id = client.add_note(str(ticket.id), "Handed off", "[FlowPilot 0123456789ab 1/1] Out of ideas.")

    assert client.find_note(str(ticket.id), "[FlowPilot 0123456789ab 1/") == note_id


def test_an_answer_of_autotasks_that_goes_on_elsewhere_is_not_taken_for_the_whole(server: PsaSandbox) -> None:
    ticket = ticket_of(server, "autotask")
    crowd(ticket, 1001, "The backup ran.")
    moved = an_integration(
        server, "autotask", base_url=base_url_of(server, "autotask").replace("localhost", "127.0.0.1")
    )

    with pytest.raises(PsaRefused, match="another address"):
        connect(moved, SECRETS["autotask"]).find_note(str(ticket.id), "[FlowPilot 0123456789ab 1/")


@each_system
def test_a_note_is_found_among_long_ones(server: PsaSandbox, system: str) -> None:
    ticket, client = ticket_of(server, system), client_of(server, system)
    crowd(ticket, 200, "\u540d" * LONGEST_NOTES[system])
    note_id = client.add_note(str(ticket.id), "Handed off", "[FlowPilot 0123456789ab 1/1] Out of ideas.")

    assert client.find_note(str(ticket.id), "[FlowPilot 0123456789ab 1/") == note_id


@each_system
def test_many_changed_tickets_with_long_descriptions_are_listed(server: PsaSandbox, system: str) -> None:
    tickets = server.sandbox.world.tickets[system]
    first = ticket_of(server, system)
    more = range(first.id + 1, first.id + 520)
    for number in more:
        tickets[number] = replace(first, id=number, number=str(number), description="\u540d" * 8_000)

    changed = client_of(server, system).list_changed_tickets(YESTERDAY)

    for number in more:
        del tickets[number]
    assert len(changed) == 520


@each_system
def test_a_note_that_was_never_written_is_not_found(server: PsaSandbox, system: str) -> None:
    ticket, client = ticket_of(server, system), client_of(server, system)
    client.add_note(str(ticket.id), "Other", "[FlowPilot ffffffffffff 1/2] something else")

    assert client.find_note(str(ticket.id), "[FlowPilot 0123456789ab 1/") is None


@each_system
def test_status_and_owner_are_set(server: PsaSandbox, system: str) -> None:
    ticket = ticket_of(server, system)

    client_of(server, system).set_status(shown_id(ticket, system), "in progress")
    client_of(server, system).set_owner(shown_id(ticket, system), "14")

    assert (ticket.status, ticket.owner_id) == ("In Progress", 14)


def test_a_ticket_with_custom_fields_is_changed_with_all_of_them_where_connectwise_asks_for_them(
    server: PsaSandbox,
) -> None:
    ticket, fields = ticket_of(server, "connectwise"), [{"id": 3, "caption": "Asset", "value": "FAB-DC01"}]
    ticket.custom_fields = list(fields)

    client_of(server, "connectwise").set_status(str(ticket.id), "In Progress")

    assert (ticket.status, ticket.custom_fields) == ("In Progress", fields)


def test_an_owner_of_connectwises_is_set_by_identifier_too(server: PsaSandbox) -> None:
    ticket = ticket_of(server, "connectwise")

    client_of(server, "connectwise").set_owner(str(ticket.id), "srivera")

    assert ticket.owner_id == 14


@each_system
def test_a_status_that_there_is_not_is_named(server: PsaSandbox, system: str) -> None:
    with pytest.raises(PsaRefused, match=r"has no (ticket )?status Escalated"):
        client_of(server, system).set_status(str(ticket_of(server, system).id), "Escalated")


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
def test_a_sound_connection_passes_the_check(server: PsaSandbox, system: str) -> None:
    client_of(server, system).check()


@pytest.mark.parametrize(
    ("system", "secrets"),
    [
        ("connectwise", {"private_key": "wrong"}),
        ("autotask", {"api_secret": "wrong"}),
        ("halopsa", {"client_secret": "wrong"}),
    ],
)
def test_wrong_credentials_are_named_for_what_they_are(
    server: PsaSandbox, system: str, secrets: dict[str, str]
) -> None:
    with pytest.raises(PsaRefused, match=r"does not accept the (credentials|client id or secret)"):
        client_of(server, system, **secrets).check()


@each_system
@pytest.mark.parametrize("status", ["400", "403", "404", "409"])
def test_what_no_repetition_mends_is_refused(server: PsaSandbox, system: str, status: str) -> None:
    server.sandbox.faults.switch_on(PsaFault(kind=status, only_notes=True))

    with pytest.raises(PsaRefused, match=status):
        client_of(server, system).add_note(str(ticket_of(server, system).id), "Handed off", "Out of ideas.")


@each_system
@pytest.mark.parametrize("kind", ["429", "500", "503", "drop", "html"])
def test_what_passes_by_itself_is_unavailable(server: PsaSandbox, system: str, kind: str) -> None:
    server.sandbox.faults.switch_on(PsaFault(kind=kind, only_notes=True))

    with pytest.raises(PsaUnavailable):
        client_of(server, system).add_note(str(ticket_of(server, system).id), "Handed off", "Out of ideas.")


@each_system
def test_a_pause_that_is_asked_for_is_passed_on(server: PsaSandbox, system: str) -> None:
    server.sandbox.faults.switch_on(PsaFault(kind="429", retry_after_s=30, only_notes=True))

    with pytest.raises(PsaUnavailable) as refusal:
        client_of(server, system).add_note(str(ticket_of(server, system).id), "Handed off", "Out of ideas.")

    assert refusal.value.retry_after_s == 30


def test_autotasks_500_with_errors_is_a_refusal_in_its_own_words(server: PsaSandbox) -> None:
    server.sandbox.faults.switch_on(PsaFault(kind="errors", only_notes=True))

    with pytest.raises(PsaRefused, match="forbids notes of this type"):
        client_of(server, "autotask").add_note(str(ticket_of(server, "autotask").id), "Handed off", "Out of ideas.")


@each_system
def test_a_redirect_is_not_followed(server: PsaSandbox, system: str) -> None:
    server.sandbox.faults.switch_on(PsaFault(kind="redirect"))

    with pytest.raises(PsaRefused, match="redirect"):
        client_of(server, system).check()


@each_system
@pytest.mark.parametrize("ticket_id", ["../companies/1", "48213/../1", "-1", "٤٧", "x"])
def test_a_ticket_id_cannot_lead_elsewhere(server: PsaSandbox, system: str, ticket_id: str) -> None:
    with pytest.raises(PsaRefused):
        client_of(server, system).read_ticket(ticket_id)


def test_a_token_that_was_withdrawn_is_asked_for_anew(server: PsaSandbox) -> None:
    client = client_of(server, "halopsa")
    client.check()
    server.sandbox.faults.switch_on(PsaFault(kind="401", count=1))

    client.check()

    assert [request.path for _, request in server.sandbox.received].count("/auth/token") == 2


@each_system
def test_a_slow_psa_is_not_waited_for(server: PsaSandbox, system: str, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(http_client, "TIME_LIMIT_S", 0.2)
    server.sandbox.faults.switch_on(PsaFault(kind="slow", delay_s=1))

    with pytest.raises(PsaUnavailable, match="did not answer"):
        client_of(server, system).check()


def test_what_a_psa_says_is_cut_short_and_masked() -> None:
    said = http_client.quoted("password: Sommer-2024! " + "word " * 100)

    assert "Sommer" not in said
    assert len(said) == http_client.LONGEST_QUOTE
