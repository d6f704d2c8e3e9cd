"""HaloPSA's webhooks: signed or with a header, and told apart by all that changed."""

import base64
import hashlib
import hmac
import json

import pytest

from chalicelib.adapters.psa.halopsa.signature import ConfiguredHeader, verify_webhook
from chalicelib.adapters.psa.halopsa.webhook import deliveries_in
from chalicelib.domain.integration import HaloSettings, Integration, PsaKind
from chalicelib.domain.webhook_delivery import Delivery, RejectionReason, WebhookRejected
from tests.support.builders import ACME, START

SECRET = "halo-hook-pass-3f9c"
BEARER = ConfiguredHeader("authorization", None)
TICKET = {"id": 2818, "status_id": 2, "lastactiondate": "2026-11-29T09:01:00", "last_update": "2026-11-29T09:01:00"}

HALO = Integration(
    account_id=ACME,
    id="psa",
    name="Halo",
    base_url="https://northwind.halopsa.com",
    settings=HaloSettings(kind=PsaKind.HALOPSA, client_id="c"),
    ticket_mapping={},
    secret_version=None,
    secrets_set_at={},
    version=1,
    reconciled_until=START,
    created_at=START,
    updated_at=START,
)


def signature_of(body: bytes, secret: str = SECRET) -> str:
    return base64.b64encode(hmac.new(secret.encode(), body, hashlib.sha256).digest()).decode()


def refusal(headers: dict[str, str], configured: ConfiguredHeader, body: bytes) -> RejectionReason | None:
    try:
        verify_webhook(headers, configured, ["old-secret-12", SECRET], body)
    except WebhookRejected as rejected:
        return rejected.reason
    return None


@pytest.mark.parametrize(
    "configured", [BEARER, ConfiguredHeader("token", None), ConfiguredHeader("authorization", "u")]
)
def test_halo_signature_proves_a_webhook(configured: ConfiguredHeader) -> None:
    assert refusal({"token": signature_of(b"{}")}, configured, b"{}") is None


@pytest.mark.parametrize("token", ["", "AAAA", signature_of(b"[]"), signature_of(b"{}", "other-secret-1")])
def test_halo_signature_of_another_body_or_secret_proves_nothing(token: str) -> None:
    assert refusal({"token": token}, BEARER, b"{}") in (RejectionReason.AUTH_MISMATCH, RejectionReason.MISSING_AUTH)


def test_halo_header_that_was_configured_proves_a_webhook_as_before() -> None:
    assert refusal({"authorization": f"Bearer {SECRET}"}, BEARER, b"{}") is None


def delivery(**changes: object) -> Delivery:
    body = json.dumps({"event": "Ticket Updated", "ticket": {**TICKET, **changes}}).encode()
    [found] = deliveries_in(body, HALO, "")
    return found


@pytest.mark.parametrize(
    "changes", [{"last_update": "2026-11-29T09:05:00"}, {"agent_id": 12}, {"lastactiondate": "2026-11-29T09:02:00"}]
)
def test_halo_event_of_another_time_or_agent_is_no_duplicate(changes: dict[str, object]) -> None:
    assert delivery().dedupe_key == delivery().dedupe_key
    assert delivery(**changes).dedupe_key != delivery().dedupe_key


@pytest.mark.parametrize("ticket_id", ["0002818", "#2818", " 2818", 2818])
def test_halo_custom_payload_names_a_ticket_in_every_form(ticket_id: object) -> None:
    [found] = deliveries_in(json.dumps({"event": "ticket.updated", "ticket_id": ticket_id}).encode(), HALO, "")

    assert found.ticket_id == "2818"


def test_halo_names_are_read_in_any_letter_case() -> None:
    body = json.dumps({"Event": "Ticket Closed", "Ticket": {"Id": 2818}}).encode()

    assert [(found.event.value, found.ticket_id) for found in deliveries_in(body, HALO, "")] == [
        ("ticket.closed", "2818")
    ]
