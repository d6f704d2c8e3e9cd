import json

import pytest

from chalicelib.domain.deliveries.signing_secret import require_signing_secret
from chalicelib.domain.deliveries.webhook_message import webhook_body
from chalicelib.domain.errors import InvalidRequest
from chalicelib.domain.events import EventType
from tests.support.builders import an_event
from tests.support.channels import SIGNING_SECRET


def test_body_is_the_event_as_the_feed_has_it() -> None:
    event = an_event(EventType.CREATED, data={"priority": "high", "claimed_by": {"id": "sub-sam", "name": "Sam"}})

    assert json.loads(webhook_body(event)) == event.model_dump(mode="json")


def test_title_and_texts_are_masked_and_ids_are_not() -> None:
    token = "AKIAIOSFODNN7EXAMPLE"
    event = an_event(title="Escalation: password: Sommer2024!", data={"reason": f"key {token}", "note_id": token})

    body = webhook_body(event)

    assert "Sommer2024!" not in body
    assert json.loads(body)["data"]["note_id"] == token
    assert token not in json.loads(body)["data"]["reason"]


@pytest.mark.parametrize("title", ["a\r\nb", "a\u202eb", "<script>alert(1)</script>", "🧯 حريق"])
def test_title_is_one_readable_line_of_text(title: str) -> None:
    sent = json.loads(webhook_body(an_event(title=title)))["title"]

    assert sent.splitlines() == [sent]
    assert "\u202e" not in sent


@pytest.mark.parametrize(
    "secret",
    [
        "",
        "whsec_",
        "whsec_c2hvcnQ=",
        "whsec_not base64!",
        "plain-text-secret-that-is-long-enough",
        "whsec_" + "A" * 200,
    ],
)
def test_secret_that_is_too_weak_or_no_secret_is_refused_without_repeating_it(secret: str) -> None:
    with pytest.raises(InvalidRequest) as refused:
        require_signing_secret(secret)

    assert not secret or secret == "whsec_" or secret not in str(refused.value)


def test_secret_of_24_bytes_and_more_is_accepted() -> None:
    require_signing_secret(SIGNING_SECRET)
    require_signing_secret("whsec_" + "A" * 32)
