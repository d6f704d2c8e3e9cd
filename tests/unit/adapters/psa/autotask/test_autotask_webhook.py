"""Autotask's callouts, as public clients have recorded them."""

import json

import pytest

from chalicelib.adapters.psa.autotask.webhook import deliveries_in
from chalicelib.domain.integration import AutotaskSettings, Integration, PsaKind
from chalicelib.domain.webhook_delivery import TicketEvent
from tests.support.builders import ACME, START

AUTOTASK = Integration(
    account_id=ACME,
    id="psa",
    name="Autotask",
    base_url="https://webservices5.autotask.net/ATServicesRest/",
    settings=AutotaskSettings(kind=PsaKind.AUTOTASK, user_name="u", own_resource_id="29999999"),
    ticket_mapping={},
    secret_version=None,
    secrets_set_at={},
    version=1,
    reconciled_until=START,
    created_at=START,
    updated_at=START,
)
CALLOUT = {"Action": "Update", "Guid": "g", "EntityType": "Ticket", "Id": 128926, "EventTime": "2026-11-29T09:00:00Z"}


@pytest.mark.parametrize("name", ["PersonId", "PersonID", "personId"])
def test_autotask_echo_is_known_by_its_actor_in_any_letter_case(name: str) -> None:
    [found] = deliveries_in(json.dumps({**CALLOUT, name: 29999999}).encode(), AUTOTASK, "")

    assert found.is_echo


@pytest.mark.parametrize("fields", [{"Status": "5"}, {"status": 5}])
def test_autotask_closing_is_known_by_its_status_in_any_letter_case(fields: dict[str, object]) -> None:
    [found] = deliveries_in(json.dumps({**CALLOUT, "Fields": fields}).encode(), AUTOTASK, "")

    assert found.event is TicketEvent.CLOSED


def test_autotask_note_names_its_ticket_as_the_rest_api_does() -> None:
    fields = {"ticketID": 128926, "ticketNumber": "T20261129.0001"}
    body = json.dumps({**CALLOUT, "EntityType": "TicketNote", "Id": 5, "Fields": fields}).encode()

    [found] = deliveries_in(body, AUTOTASK, "")

    assert (found.event, found.ticket_id, found.ticket_number) == (TicketEvent.NOTE, "128926", "T20261129.0001")


@pytest.mark.parametrize("wrapped", [b"\xef\xbb\xbf%s", b"[%s]"])
def test_autotask_callout_is_read_after_a_byte_order_mark_and_in_an_array(wrapped: bytes) -> None:
    found = deliveries_in(wrapped % json.dumps(CALLOUT).encode(), AUTOTASK, "")

    assert [one.ticket_id for one in found] == ["128926"]
