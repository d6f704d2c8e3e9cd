"""The post office takes from Slack messages what Slack takes: the limits of its blocks."""

from typing import Any

import pytest
from pydantic import ValidationError

from infra.local.post_office.chat_shapes import SlackBlock


def plain(text: str, kind: str = "plain_text") -> dict[str, Any]:
    return {"type": kind, "text": text}


@pytest.mark.parametrize(
    "block",
    [
        {"type": "header", "text": plain("x" * 150)},
        {"type": "section", "text": plain("x" * 3000)},
        {"type": "section", "fields": [plain("x")]},
    ],
)
def test_slack_block_within_its_limits_is_taken(block: dict[str, Any]) -> None:
    SlackBlock.model_validate(block)


@pytest.mark.parametrize(
    ("block", "reason"),
    [
        ({"type": "header", "text": plain("x" * 151)}, "at most 150 characters"),
        ({"type": "header", "text": plain("x", "mrkdwn")}, "one plain text"),
        ({"type": "header"}, "one plain text"),
        ({"type": "header", "text": plain("x"), "fields": [plain("x")]}, "one plain text"),
        ({"type": "section"}, "a text or fields"),
    ],
)
def test_slack_block_beyond_its_limits_is_refused(block: dict[str, Any], reason: str) -> None:
    with pytest.raises(ValidationError, match=reason):
        SlackBlock.model_validate(block)
