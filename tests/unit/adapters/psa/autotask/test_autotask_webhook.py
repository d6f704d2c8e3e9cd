"""Autotask's callouts, as public clients have recorded them."""

import json

import pytest

from chalicelib.adapters.psa.autotask.webhook import deliveries_in, verify
from chalicelib.adapters.psa.proofs import hmac_in_base64
from chalicelib.adapters.psa.webhook_reader import WebhookRequest
from chalicelib.domain.integration import AutotaskSettings, Integration, PsaKind
from chalicelib.domain.webhook_delivery import TicketEvent, WebhookRejected
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


NOTICE = b'{"Action": "Deactivated", "Guid": "7d0f7a2e-3a52-4f1f-b0a4-9b6a5f3c9d10"}'


def test_autotask_signed_deactivation_is_proven() -> None:
    signature = "sha1=" + hmac_in_base64(b"secret", NOTICE, "sha1")

    proof = verify(WebhookRequest({"x-hook-signature": signature}, NOTICE, 0), AUTOTASK, lambda: ["secret"])

    [found] = deliveries_in(NOTICE, AUTOTASK, proof)
    assert (found.event, found.is_proven) == (TicketEvent.DEACTIVATED, True)


def test_autotask_unsigned_deactivations_of_ten_minutes_are_one_reason_to_look() -> None:
    proofs = [verify(WebhookRequest({}, NOTICE, second), AUTOTASK, lambda: ["secret"]) for second in (1, 599, 600)]

    found = [deliveries_in(NOTICE, AUTOTASK, proof)[0] for proof in proofs]

    assert [one.is_proven for one in found] == [False] * 3
    assert found[0].dedupe_key == found[1].dedupe_key != found[2].dedupe_key


def test_autotask_unsigned_callout_of_anything_else_is_rejected() -> None:
    with pytest.raises(WebhookRejected):
        verify(WebhookRequest({}, json.dumps(CALLOUT).encode(), 0), AUTOTASK, lambda: ["secret"])
