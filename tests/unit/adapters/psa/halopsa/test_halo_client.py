"""HaloPSA's answers, as its public clients and its OpenAPI document have them."""

from collections.abc import Iterator
from datetime import UTC, datetime
from typing import Any

import pytest

from chalicelib.adapters.psa.halopsa.client import HaloPsa
from chalicelib.domain.integration import HaloSettings, PsaKind
from chalicelib.domain.psa import PsaRefused, PsaUnavailable
from chalicelib.domain.ticket_facts import TicketFacts
from infra.local.fake_http import Answer, Request
from tests.support.servers.scripted_server import HALO_LOGIN, ScriptedServer, a_scripted_server

SINCE = datetime(2026, 11, 29, 9, 0, tzinfo=UTC)
STATUSES = [
    {"id": 40, "name": "In Progress", "type": 3},
    {"id": 1, "name": "New", "type": 0},
    {"id": 2, "name": "In Progress", "type": 0},
    {"id": 41, "name": "In Progress", "type": 3},
    {"id": 1, "name": "Planned", "type": 3},
    {"id": 43, "name": "Planned", "type": 3},
]
TICKET = {
    "id": 2818,
    "summary": "VPN down",
    "status_id": 2,
    "agent_id": 14,
    "lastactiondate": "2026-11-29T09:01:00",
    "last_update": "2026-11-29T09:05:00",
    "dateclosed": "1900-01-01T00:00:00",
}


@pytest.fixture
def server() -> Iterator[ScriptedServer]:
    answers = HALO_LOGIN | {
        "GET /api/status": STATUSES,
        "GET /api/tickets/2818": TICKET,
        "GET /api/agent/14": {"id": 14, "name": "Sam Rivera"},
        "POST /api/tickets": [{"id": 2818}],
    }
    with a_scripted_server(answers) as server:
        yield server


@pytest.fixture
def halo(server: ScriptedServer) -> HaloPsa:
    return HaloPsa(server.url, HaloSettings(kind=PsaKind.HALOPSA, client_id="c"), {"client_secret": "s"})


def tickets_of(server: ScriptedServer, *rows: dict[str, Any]) -> None:
    server.answers["GET /api/tickets"] = {"record_count": len(rows), "tickets": list(rows)}


def test_halo_is_asked_for_tickets_changed_since_by_the_filter_it_knows(server: ScriptedServer, halo: HaloPsa) -> None:
    tickets_of(server)

    halo.list_changed_tickets(SINCE)

    [query] = server.queries("GET /api/tickets")
    assert query["lastupdatefromdate"] == "2026-11-29T09:00:00"
    assert "datesearch" not in query


def test_halo_tickets_that_did_not_change_since_are_dropped_whatever_it_answers(
    server: ScriptedServer, halo: HaloPsa
) -> None:
    old = {"lastactiondate": "2025-01-01T00:00:00", "last_update": "2025-01-02T00:00:00"}
    tickets_of(
        server, {**TICKET, "id": 1, **old}, TICKET, {**TICKET, "id": 2, "last_update": None, "lastactiondate": ""}
    )

    assert [ticket.id for ticket in halo.list_changed_tickets(SINCE)] == ["2818"]


def test_halo_page_that_repeats_itself_ends_the_list(server: ScriptedServer, halo: HaloPsa) -> None:
    tickets_of(server, *({**TICKET, "id": number} for number in range(100)))

    assert len(halo.list_changed_tickets(SINCE)) == 100
    assert len(server.queries("GET /api/tickets")) == 2


def test_halo_ticket_changed_at_the_later_of_its_two_times(halo: HaloPsa) -> None:
    assert halo.read_ticket("2818").updated_at == datetime(2026, 11, 29, 9, 5, tzinfo=UTC)


def test_halo_status_of_another_kind_is_not_set_on_a_ticket(server: ScriptedServer, halo: HaloPsa) -> None:
    halo.set_status("2818", "In Progress")

    assert server.bodies("POST /api/tickets") == [[{"id": 2818, "status_id": 2}]]


def test_halo_status_of_another_kind_does_not_name_that_of_a_ticket(server: ScriptedServer, halo: HaloPsa) -> None:
    server.answers["GET /api/tickets/2818"] = {**TICKET, "status_id": 1}

    assert halo.read_ticket("2818").status_name == "New"


def test_halo_status_that_only_another_kind_has_is_refused(halo: HaloPsa) -> None:
    with pytest.raises(PsaRefused, match="no ticket status Planned"):
        halo.set_status("2818", "Planned")


@pytest.mark.parametrize(
    ("dateclosed", "status_id", "is_closed"),
    [
        ("2026-11-29T09:04:00.12", 27, True),
        ("1900-01-01T00:00:00", 9, False),
        ("0001-01-01T00:00:00", 27, False),
        (None, 27, False),
    ],
)
def test_halo_ticket_is_closed_by_its_date_of_closing(
    server: ScriptedServer, halo: HaloPsa, dateclosed: str | None, status_id: int, *, is_closed: bool
) -> None:
    server.answers["GET /api/tickets/2818"] = {**TICKET, "dateclosed": dateclosed, "status_id": status_id}

    assert halo.read_ticket("2818").is_closed is is_closed


@pytest.mark.parametrize("agent_id", [None, 0, 1, ""])
def test_halo_agent_that_is_nobody_owns_nothing(server: ScriptedServer, halo: HaloPsa, agent_id: object) -> None:
    server.answers["GET /api/tickets/2818"] = {**TICKET, "agent_id": agent_id, "status_id": None}

    ticket = halo.read_ticket("2818")

    assert (ticket.owner_id, ticket.status_id, ticket.status_name) == (None, "", None)


@pytest.mark.parametrize(
    "body",
    [
        {"some_key": "The SLA forbids this."},
        {"error": {"message": "The SLA forbids this."}},
        {"error": {"details": {"why": "The SLA forbids this."}}},
        [{"message": "The SLA forbids this."}],
        {"ClassName": "System.Exception", "Message": "The SLA forbids this."},
        "The SLA forbids this.",
    ],
)
def test_halo_refusal_quotes_the_reason_in_whichever_form(server: ScriptedServer, halo: HaloPsa, body: object) -> None:
    server.answers["POST /api/actions"] = Answer.of_json(400, body)

    with pytest.raises(PsaRefused, match=r"400.*The SLA forbids this\.$"):
        halo.add_note("2818", "Handed off", "Out of ideas.")


@pytest.mark.parametrize("body", [b"<!doctype html><title>Maintenance</title>", b"", b"{}", b"[]", b'{"error":"x"}'])
def test_halo_answer_in_another_form_to_a_look_for_a_note_is_an_outage(
    server: ScriptedServer, halo: HaloPsa, body: bytes
) -> None:
    server.answers["GET /api/actions"] = Answer(200, body)

    if body == b"[]":
        assert halo.find_note("2818", "trace") is None
        return
    with pytest.raises(PsaUnavailable):
        halo.find_note("2818", "trace")


def test_halo_note_is_found_by_its_html_which_halo_returns_only_on_request(
    server: ScriptedServer, halo: HaloPsa
) -> None:
    def actions(request: Request) -> list[dict[str, object]]:
        is_asked = request.query.get("includehtmlnote") == "true"
        return [{"id": 5, "note": "", **({"note_html": "<p>[FlowPilot abc 1/1]</p>"} if is_asked else {})}]

    server.answers["GET /api/actions"] = actions

    assert halo.find_note("2818", "FlowPilot abc 1/1") == "5"


@pytest.mark.parametrize("shown", ["2818", "#2818", " 2818 ", "0002818", "# 0002818"])
def test_halo_ticket_id_is_read_in_every_form(halo: HaloPsa, shown: str) -> None:
    assert halo.read_ticket(shown).id == "2818"


@pytest.mark.parametrize(
    ("merged_into_id", "merged_into"), [(722, "722"), ("722", "722"), (0, None), (None, None), (-1, None), ("", None)]
)
def test_halo_merged_ticket_names_the_one_that_it_goes_on_in(
    server: ScriptedServer, halo: HaloPsa, merged_into_id: object, merged_into: str | None
) -> None:
    server.answers["GET /api/tickets/2818"] = {**TICKET, "merged_into_id": merged_into_id}

    assert halo.read_ticket("2818").merged_into == merged_into


@pytest.mark.parametrize("priority", [{"priorityid": 1, "name": "Critical"}, "Critical"])
def test_halo_priority_is_read_as_object_and_as_text(server: ScriptedServer, halo: HaloPsa, priority: object) -> None:
    server.answers["GET /api/tickets/2818"] = {**TICKET, "priority": priority}

    assert halo.read_ticket("2818").priority == "Critical"


LONG_ROW = {
    **TICKET,
    "client_name": "Acorn",
    "user": {"name": "Dana"},
    "priority_name": "Low",
    "tickettype_name": "Incident",
    "fixbydate": "2026-11-30T09:00:00",
    "contract_ref": None,
    "lastincomingemail": None,
}


@pytest.mark.parametrize("lacking", ["user", "priority_name", "tickettype_name", "contract_ref", "lastincomingemail"])
def test_halo_row_of_a_list_tells_nothing_of_what_it_lacks(server: ScriptedServer, halo: HaloPsa, lacking: str) -> None:
    tickets_of(server, LONG_ROW, {**{name: LONG_ROW[name] for name in LONG_ROW if name != lacking}, "id": 2})

    whole, short = halo.list_changed_tickets(SINCE)

    unnamed = TicketFacts.model_fields.keys() - (short.named or set()) - {"changed_at", "read_at"}
    assert whole.named is None
    assert len(unnamed) == 1
