"""An alert as a Slack message (Block Kit). No text of it can become markup, a mention, a link or a preview.

Source: Slack's developer pages, "Formatting message text" (`&`, `<` and `>` are escaped, and nothing else needs to be
in `plain_text`), "Incoming webhooks", and the reference of blocks (a section's text has at most 3,000 characters, a
field's 2,000, a header's 150).
"""

from typing import Any

from chalicelib.domain.deliveries.alert import Alert

LONGEST_HEADER = 150
"""The most that Slack takes as a header, in characters."""

_ESCAPED = {ord("&"): "&amp;", ord("<"): "&lt;", ord(">"): "&gt;"}
_NO_MARKUP = {ord("*"): "∗", ord("_"): "＿", ord("~"): "∼", ord("`"): "ˋ"}


def slack_message(alert: Alert) -> dict[str, Any]:
    """Return the JSON of an incoming webhook: blocks of plain text, and a text for notifications."""
    blocks = [_heading(_plain(alert.title))]
    if alert.facts:
        fields = [_plain(f"{name}: {value}") for name, value in alert.facts]
        blocks.append({"type": "section", "fields": fields})
    if alert.url:
        button = {"type": "button", "text": _plain("Open in FlowPilot"), "url": alert.url, "action_id": "open"}
        blocks.append({"type": "actions", "elements": [button]})
    text = escape_slack(alert.title).translate(_NO_MARKUP)
    return {"text": text, "blocks": blocks, "mrkdwn": False, "unfurl_links": False, "unfurl_media": False}


def _heading(text: dict[str, Any]) -> dict[str, Any]:
    """A header is bold. What is too long for one is shown whole instead."""
    return {"type": "header" if len(text["text"]) <= LONGEST_HEADER else "section", "text": text}


def escape_slack(text: str) -> str:
    """Return `text` as Slack shows it literally."""
    return text.translate(_ESCAPED)


def _plain(text: str) -> dict[str, Any]:
    return {"type": "plain_text", "text": escape_slack(text), "emoji": False}
