"""An alert as an Adaptive Card for Microsoft Teams. No text of it can become Markdown, a mention or a date function.

Source: learn.microsoft.com, "Create incoming webhooks with Workflows" and "Format cards in Microsoft Teams" (Markdown
is live in TextBlock and FactSet), and the schema of Adaptive Cards 1.5 (`{{DATE(…)}}` and `{{TIME(…)}}` are replaced).
"""

import re
from typing import Any

from chalicelib.domain.deliveries.alert import Alert

LARGEST_CARD = 28 * 1024
"""The most that Teams takes, in bytes."""

_MARKDOWN = re.compile(r"([\\`*_{}\[\]()<>#+\-.!|~&@:/])")


def teams_message(alert: Alert) -> dict[str, Any]:
    """Return the JSON of a Workflows webhook: one card with the title, the facts and one button."""
    title = {"type": "TextBlock", "text": escape_teams(alert.title), "wrap": True, "weight": "Bolder", "size": "Medium"}
    body: list[dict[str, Any]] = [title]
    if alert.facts:
        facts = [{"title": escape_teams(name), "value": escape_teams(value)} for name, value in alert.facts]
        body.append({"type": "FactSet", "facts": facts})
    card: dict[str, Any] = {
        "$schema": "http://adaptivecards.io/schemas/adaptive-card.json",
        "type": "AdaptiveCard",
        "version": "1.5",
        "body": body,
    }
    if alert.url:
        card["actions"] = [{"type": "Action.OpenUrl", "title": "Open in FlowPilot", "url": alert.url}]
    attachment = {"contentType": "application/vnd.microsoft.card.adaptive", "contentUrl": None, "content": card}
    return {"type": "message", "attachments": [attachment]}


def escape_teams(text: str) -> str:
    """Return `text` as Teams shows it literally: each character that Markdown or a card's functions use is escaped."""
    return _MARKDOWN.sub(r"\\\1", text)
