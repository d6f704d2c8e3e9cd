"""Autotask's answers: lists of fields that are kept, absent values, and what is no answer."""

from collections.abc import Iterator
from datetime import UTC, datetime
from typing import Any

import pytest

from chalicelib.adapters.psa.autotask.client import Autotask
from chalicelib.adapters.psa.autotask.field_lists import FRESH_S, FieldLists, Labels, picklist_in
from chalicelib.domain.integration import AutotaskSettings, PsaKind
from chalicelib.domain.psa import PsaUnavailable
from infra.local.fake_http import Answer
from tests.support.servers.scripted_server import ScriptedServer, a_scripted_server

FIELDS = "GET /v1.0/tickets/entityinformation/fields"
QUERY = "POST /v1.0/tickets/query"
TICKET = {"id": 7, "ticketNumber": "T20261129.0001", "title": "VPN", "status": 1, "priority": 4}


def picklist(name: str, **values: str) -> dict[str, Any]:
    return {"name": name, "picklistValues": [{"value": value[1:], "label": label} for value, label in values.items()]}


@pytest.fixture
def server() -> Iterator[ScriptedServer]:
    fields = {"fields": [picklist("status", _1="New", _8="In Progress"), picklist("priority", _4="Critical")]}
    answers = {FIELDS: fields, QUERY: {"items": [TICKET], "pageDetails": {}}, "PATCH /v1.0/tickets": {"itemId": 7}}
    with a_scripted_server(answers) as server:
        yield server


@pytest.fixture
def autotask(server: ScriptedServer) -> Autotask:
    settings = AutotaskSettings(kind=PsaKind.AUTOTASK, user_name="u", owner_role_id="3")
    return Autotask(server.url, settings, {"api_secret": "s", "api_integration_code": "c"})


def test_autotask_fields_are_read_once_for_many_tickets(server: ScriptedServer, autotask: Autotask) -> None:
    names = {autotask.read_ticket("7").status_name for _ in range(5)}
    autotask.set_status("7", "In Progress")

    assert names == {"New"}
    assert len(server.queries(FIELDS)) == 1


def test_autotask_fields_are_read_once_more_for_an_unknown_value() -> None:
    now, read = [0.0], list[str]()

    def fetch(entity: str) -> Labels:
        read.append(entity)
        return {"1": "New"}

    lists = FieldLists(fetch, lambda: now[0])

    for moment in (0.0, 1.0, FRESH_S + 1, FRESH_S + 2):
        now[0] = moment
        lists.read("Tickets", dict, lambda labels: "99" in labels)

    assert read == ["Tickets", "Tickets"]


def test_autotask_fields_that_cannot_be_understood_are_not_kept(server: ScriptedServer, autotask: Autotask) -> None:
    good = server.answers[FIELDS]
    server.answers[FIELDS] = Answer(200, b"<html>Maintenance</html>")
    with pytest.raises(PsaUnavailable):
        autotask.read_ticket("7")

    server.answers[FIELDS] = good

    assert autotask.read_ticket("7").status_name == "New"


def test_autotask_field_is_found_in_any_letter_case() -> None:
    assert picklist_in({"fields": [picklist("Status", _1="New")]}, "status", is_past_too=False) == {"1": "New"}


def test_autotask_null_is_absent(server: ScriptedServer, autotask: Autotask) -> None:
    nothing = {"status": None, "priority": None, "assignedResourceID": None}
    server.answers[QUERY] = {"items": [{**TICKET, **nothing}], "pageDetails": {}}

    ticket = autotask.read_ticket("7")

    assert (ticket.status_id, ticket.priority, ticket.owner_id) == ("", None, None)


@pytest.mark.parametrize("body", [b"<html>Maintenance</html>", b"", b"{}", b'{"itemId": null}', b"[7]"])
def test_autotask_answer_in_another_form_to_a_change_is_an_outage(
    server: ScriptedServer, autotask: Autotask, body: bytes
) -> None:
    server.answers["PATCH /v1.0/tickets"] = Answer(200, body)

    with pytest.raises(PsaUnavailable):
        autotask.set_owner("7", "14")


@pytest.mark.parametrize("shown", ["t20261129.0001", "#T20261129.0001", " T20261129.0001 "])
def test_autotask_number_is_asked_for_as_autotask_writes_it(
    server: ScriptedServer, autotask: Autotask, shown: str
) -> None:
    autotask.read_ticket(shown)

    [asked] = server.bodies(QUERY)
    assert asked["filter"] == [{"op": "eq", "field": "ticketNumber", "value": "T20261129.0001"}]


def test_autotask_page_that_leads_to_itself_ends_the_list(server: ScriptedServer, autotask: Autotask) -> None:
    following = f"{server.url}/V1.0/Tickets/query/next"
    page = {
        "items": [{**TICKET, "lastActivityDate": "2026-11-29T10:00:00Z"}],
        "pageDetails": {"nextPageUrl": following},
    }
    server.answers |= {QUERY: page, QUERY + "/next": page}

    found = autotask.list_changed_tickets(datetime(2026, 11, 29, 9, tzinfo=UTC))

    assert [ticket.id for ticket in found] == ["7"]
    assert len(server.queries(QUERY + "/next")) == 1
