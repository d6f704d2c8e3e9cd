"""Outgoing webhooks, checked by the specification's own library."""

from datetime import UTC, datetime, timedelta, timezone

import pytest
from standardwebhooks import Webhook, WebhookVerificationError

from chalicelib.adapters.channels.webhook import signed_headers
from tests.support.channels import OTHER_SIGNING_SECRET, SIGNING_SECRET

BODY = '{"title":"Escalation from Jané"}'


def test_signature_is_accepted_by_the_official_library() -> None:
    headers = signed_headers([SIGNING_SECRET], "msg-1", BODY, datetime.now(UTC))

    assert Webhook(SIGNING_SECRET).verify(BODY, headers) == {"title": "Escalation from Jané"}


def test_during_a_rotation_both_secrets_prove_the_message() -> None:
    headers = signed_headers([OTHER_SIGNING_SECRET, SIGNING_SECRET], "msg-1", BODY, datetime.now(UTC))

    for secret in (SIGNING_SECRET, OTHER_SIGNING_SECRET):
        Webhook(secret).verify(BODY, headers)


@pytest.mark.parametrize("hours", [-8, 1, 5.75, 14])
def test_time_of_any_zone_is_signed_as_the_same_second(hours: float) -> None:
    at = datetime.now(timezone(timedelta(hours=hours)))

    headers = signed_headers([SIGNING_SECRET], "msg-1", BODY, at)

    assert headers["webhook-timestamp"] == str(int(at.timestamp()))
    Webhook(SIGNING_SECRET).verify(BODY, headers)


def test_changed_body_is_refused_by_the_official_library() -> None:
    headers = signed_headers([SIGNING_SECRET], "msg-1", BODY, datetime.now(UTC))

    with pytest.raises(WebhookVerificationError):
        Webhook(SIGNING_SECRET).verify(BODY + " ", headers)
