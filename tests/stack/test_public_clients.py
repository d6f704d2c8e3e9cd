"""Clients and libraries that nobody of this project wrote do with the fakes what FlowPilot does with the systems.

So the fakes and our own clients do not share one error. A few run with all tests; all of them under `make prove`.
"""

from collections.abc import Iterator
from typing import Any

import pytest

from chalicelib.adapters.psa.standard_webhooks.signature import verify_message
from infra.local.psa_sandbox import PsaSandbox
from tests.support.builders import SUMMARY
from tests.support.public_clients.isolated import drive, python_of, run_node
from tests.support.servers.psa_sandbox import a_psa_sandbox, ticket_of

SYSTEM_OF = {
    "pyconnectwise": "connectwise",
    "connectpyse": "connectwise",
    "py_autotask": "autotask",
    "halopsa": "halopsa",
    "django_psa": "halopsa",
}
STATUS_ID = {"connectwise": "In Progress", "autotask": 8, "halopsa": 2}
SMALL = ["connectpyse", "halopsa"]
IN_PROVE = [
    pytest.param("pyconnectwise", "public-clients", marks=pytest.mark.prove),
    pytest.param("py_autotask", "public-products", marks=pytest.mark.prove),
    pytest.param("django_psa", "public-products", marks=pytest.mark.prove),
]
each_client = pytest.mark.parametrize(("client", "place"), [*((name, "public-clients") for name in SMALL), *IN_PROVE])

AT = 1787019247
BODY = '{"type":"ticket.updated","data":{"id":"5005","title":"Fällt aus 🔥"}}'
SECRETS = ["whsec_" + "A" * 32, "A" * 32, "whsec_MDEyMzQ1Njc4OWFiY2RlZg=="]
"""With and without the prefix, and one of 16 bytes."""


@pytest.fixture
def server() -> Iterator[PsaSandbox]:
    """The sandbox with four tickets in each system."""
    with a_psa_sandbox() as server:
        for system in set(SYSTEM_OF.values()):
            for number in range(3):
                server.sandbox.store.open_ticket(system, f"Other {number}")
        yield server


def seen_by(client: str, place: str, server: PsaSandbox, system: str) -> Any:
    """What a client says that it saw."""
    ticket_id = str(ticket_of(server, system).id)
    return drive(python_of(place), f"drive_{client}", {"SANDBOX_URL": server.url, "TICKET_ID": ticket_id})


@each_client
def test_public_client_lists_and_reads_what_the_sandbox_has(server: PsaSandbox, client: str, place: str) -> None:
    system = SYSTEM_OF[client]
    ids = sorted(server.sandbox.store.tickets[system])

    seen = seen_by(client, place, server, system)

    assert seen["listed"] == ids
    assert seen.get("read", SUMMARY) == SUMMARY
    assert seen["paged"] in ([ids[:2], ids[2:]], [ids[:2], True])
    assert seen.get("unchanged", []) == []


@each_client
def test_public_client_writes_an_internal_note_status_and_owner(server: PsaSandbox, client: str, place: str) -> None:
    system = SYSTEM_OF[client]
    ticket = ticket_of(server, system)

    seen = seen_by(client, place, server, system)

    [note] = ticket.notes
    assert (note.id, note.is_internal, note.text) == (seen["noted"], True, seen["found"][0])
    assert (ticket.status, ticket.owner_id) == ("In Progress", 14)
    assert (seen["status"], seen["owner"]) == (STATUS_ID[system], 14)


@each_client
def test_public_client_understands_the_refusals_of_the_sandbox(server: PsaSandbox, client: str, place: str) -> None:
    system = SYSTEM_OF[client]
    reasons = {"connectwise": "Status 999 does not exist", "autotask": "500", "halopsa": "Agent 4711 does not exist"}

    seen = seen_by(client, place, server, system)

    assert reasons[system] in seen["refused"]
    assert seen.get("missing", "404") is None or "404" in seen.get("missing", "404")


def test_public_client_that_reads_by_get_reads_a_ticket(server: PsaSandbox) -> None:
    seen = seen_by("atrest", "public-clients", server, "autotask")

    assert (seen["read"], bool(seen["refused"])) == ([SUMMARY], True)


@pytest.mark.parametrize("secret", SECRETS)
@pytest.mark.parametrize("language", ["python", pytest.param("javascript", marks=pytest.mark.prove)])
def test_public_library_signs_what_we_believe(language: str, secret: str) -> None:
    message = {"SECRET": secret, "ID": "msg_1", "AT": str(AT), "BODY": BODY}
    if language == "python":
        said = drive(python_of("public-clients"), "sign_message", message)
    else:
        said = run_node("sign-message.mjs", message)
    headers = {"webhook-id": "msg_1", "webhook-timestamp": str(AT), "webhook-signature": said["signature"]}

    assert verify_message(headers, [secret], BODY.encode(), AT) == "msg_1"
