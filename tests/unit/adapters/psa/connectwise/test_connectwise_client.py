"""ConnectWise's answers: absent values, refusals in detail, and what is no answer."""

from collections.abc import Iterator
from datetime import UTC, datetime, timedelta
from typing import Any

import pytest

from chalicelib.adapters.psa.connectwise.client import API_PATH, PAGE_SIZE, ConnectWise
from chalicelib.domain.integration import ConnectWiseSettings, PsaKind
from chalicelib.domain.psa import PsaRefused, PsaTicketAbsent, PsaUnavailable
from infra.local.fake_http import Answer, Request
from infra.local.psa_sandbox.conditions import ordered, selected
from tests.support.servers.scripted_server import ScriptedServer, a_scripted_server

TICKETS = f"{API_PATH}/service/tickets"
TICKET = {
    "id": 48213,
    "summary": "VPN down",
    "board": {"id": 12},
    "status": {"id": 301, "name": "New"},
    "owner": {"id": 14, "name": "Sam Rivera"},
    "closedFlag": False,
    "_info": {"lastUpdated": "2026-11-29T09:01:00Z"},
}
SINCE = datetime(2026, 11, 29, 9, 0, tzinfo=UTC)


@pytest.fixture
def server() -> Iterator[ScriptedServer]:
    answers = {
        f"GET {TICKETS}/48213": TICKET,
        f"PATCH {TICKETS}/48213": TICKET,
        f"GET {API_PATH}/service/boards/12/statuses": [{"id": 305, "name": "In Prüfung"}],
    }
    with a_scripted_server(answers) as server:
        yield server


@pytest.fixture
def connectwise(server: ScriptedServer) -> ConnectWise:
    settings = ConnectWiseSettings(kind=PsaKind.CONNECTWISE, company_id="c", client_id="i")
    return ConnectWise(server.url, settings, {"public_key": "p", "private_key": "k"})


def test_connectwise_null_is_absent(server: ScriptedServer, connectwise: ConnectWise) -> None:
    server.answers[f"GET {TICKETS}/48213"] = {**TICKET, "status": {"id": None}, "owner": {"id": None}}

    ticket = connectwise.read_ticket("48213")

    assert (ticket.status_id, ticket.owner_id) == ("", None)


def test_connectwise_tickets_that_did_not_change_since_are_dropped(
    server: ScriptedServer, connectwise: ConnectWise
) -> None:
    old = {**TICKET, "id": 1, "_info": {"lastUpdated": "2025-01-01T00:00:00Z"}}
    server.answers[f"GET {TICKETS}"] = [old, TICKET, {**TICKET, "id": 2, "_info": {}}]

    assert [ticket.id for ticket in connectwise.list_changed_tickets(SINCE)] == ["48213"]


def test_connectwise_ticket_that_is_none_is_absent_for_a_member_without_the_project_module(
    server: ScriptedServer, connectwise: ConnectWise
) -> None:
    refusal = {"code": "ForbiddenError", "message": "You do not have security permission.", "errors": None}
    server.answers[f"GET {API_PATH}/project/tickets/48214"] = Answer.of_json(403, refusal)

    with pytest.raises(PsaTicketAbsent):
        connectwise.read_ticket("48214")


@pytest.mark.parametrize("status", ["in prüfung", "In Pru\u0308fung", " In Prüfung "])
def test_connectwise_status_is_found_in_another_language(
    server: ScriptedServer, connectwise: ConnectWise, status: str
) -> None:
    connectwise.set_status("48213", status)

    assert server.bodies(f"PATCH {TICKETS}/48213") == [[{"op": "replace", "path": "status", "value": {"id": 305}}]]


def test_connectwise_refusal_quotes_the_details(server: ScriptedServer, connectwise: ConnectWise) -> None:
    detail = {"code": "InvalidField", "message": "Member 14 is inactive", "resource": "ticket", "field": "owner"}
    document = {"code": "InvalidObject", "message": "ticket object is invalid", "errors": [detail]}
    server.answers[f"PATCH {TICKETS}/48213"] = Answer.of_json(400, document)

    with pytest.raises(PsaRefused, match="ticket object is invalid Member 14 is inactive"):
        connectwise.set_owner("48213", "14")


@pytest.mark.parametrize("body", [b"<html>Maintenance</html>", b"", b"{}", b"[]", b'{"code":"Security","message":"x"}'])
def test_connectwise_answer_in_another_form_to_a_change_is_an_outage(
    server: ScriptedServer, connectwise: ConnectWise, body: bytes
) -> None:
    server.answers[f"PATCH {TICKETS}/48213"] = Answer(200, body)

    with pytest.raises(PsaUnavailable):
        connectwise.set_owner("48213", "14")


@pytest.mark.parametrize("body", [b"<html>Maintenance</html>", b"", b"{}", b'{"code":"Security"}', b"[7]"])
def test_connectwise_answer_in_another_form_to_a_look_for_a_note_is_an_outage(
    server: ScriptedServer, connectwise: ConnectWise, body: bytes
) -> None:
    server.answers[f"GET {TICKETS}/48213/notes"] = Answer(200, body)

    with pytest.raises(PsaUnavailable):
        connectwise.find_note("48213", "trace")


@pytest.mark.parametrize("body", [b"<html>Maintenance</html>", b"", b"[]", b"null"])
def test_connectwise_answer_in_another_form_to_a_look_for_a_member_is_an_outage(
    server: ScriptedServer, connectwise: ConnectWise, body: bytes
) -> None:
    server.answers[f"GET {API_PATH}/system/members/14"] = Answer(200, body)

    with pytest.raises(PsaUnavailable):
        connectwise.read_email("14")


def test_connectwise_page_that_repeats_itself_ends_the_list(server: ScriptedServer, connectwise: ConnectWise) -> None:
    server.answers[f"GET {TICKETS}"] = [TICKET] * PAGE_SIZE

    found = connectwise.list_changed_tickets(SINCE)

    assert [ticket.id for ticket in found] == ["48213"]
    assert len(server.queries(f"GET {TICKETS}")) == 2


class ChangingTickets:
    """Tickets changed a second apart, or all in one second; with `is_busy` each page's first one then changes again."""

    def __init__(self, count: int, *, seconds_apart: int, is_busy: bool) -> None:
        self._last, self._is_busy = SINCE + timedelta(hours=1), is_busy
        self._rows = [
            _changed(number, SINCE + timedelta(seconds=1 + number * seconds_apart)) for number in range(count)
        ]

    def __call__(self, request: Request) -> list[dict[str, Any]]:
        found = ordered(selected(self._rows, request.query["conditions"]), request.query["orderBy"])
        page = int(request.query["page"]) - 1
        given = found[page * PAGE_SIZE : (page + 1) * PAGE_SIZE]
        self._last += timedelta(seconds=1)
        again = {row["id"] for row in given[:1]} if self._is_busy else set()
        self._rows = [_changed(row["id"], self._last) if row["id"] in again else row for row in self._rows]
        return given


def _changed(number: int, at: datetime) -> dict[str, Any]:
    return {**TICKET, "id": number, "_info": {"lastUpdated": f"{at:%Y-%m-%dT%H:%M:%SZ}"}}


@pytest.mark.parametrize(("seconds_apart", "is_busy"), [(1, True), (1, False), (0, False)])
def test_connectwise_ticket_that_changes_between_pages_hides_no_other(
    server: ScriptedServer, connectwise: ConnectWise, seconds_apart: int, *, is_busy: bool
) -> None:
    count = PAGE_SIZE * 2 + 1
    server.answers[f"GET {TICKETS}"] = ChangingTickets(count, seconds_apart=seconds_apart, is_busy=is_busy)

    found = connectwise.list_changed_tickets(SINCE)

    assert {int(ticket.id) for ticket in found} == set(range(count))
