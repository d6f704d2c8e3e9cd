"""The body of an outgoing webhook: the event as the feed has it, secrets masked."""

import json
from typing import Any

from chalicelib.domain.display_text import one_line
from chalicelib.domain.events import Event
from chalicelib.domain.redaction import redact


def webhook_body(event: Event) -> str:
    """Return the JSON of `event` as receivers get it. Titles and texts are masked; ids and times are as they are."""
    document: dict[str, Any] = event.model_dump(mode="json")
    return json.dumps(_masked(document), ensure_ascii=False, separators=(",", ":"))


def _masked(content: Any, name: str = "") -> Any:
    if isinstance(content, dict):
        return {key: _masked(value, key) for key, value in content.items()}
    if isinstance(content, list):
        return [_masked(one, name) for one in content]
    if isinstance(content, str) and not _is_identifier(name):
        return redact(one_line(content)) if name == "title" else redact(content)
    return content


def _is_identifier(name: str) -> bool:
    return name in ("id", "type", "occurred_at") or name.endswith(("_id", "_at", "_until"))
