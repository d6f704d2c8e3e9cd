"""An alert as an e-mail: text and HTML. No text of it can become markup or a link.

The HTML has no images, no scripts and nothing from elsewhere, one link, and colors for light and dark screens. Mail
programs make links of whatever looks like an address, also in plain text; an invisible word joiner (U+2060) behind each
`.`, `:`, `/` and `@` inside a word keeps them from it.
"""

import re
from html import escape
from typing import NamedTuple

from chalicelib.domain.deliveries.alert import URGENT, WAITING, Alert
from chalicelib.domain.instants import Instant

WHY = "To change which e-mails you get, open your menu in FlowPilot, then Notifications."

_LINKING = re.compile(r"([.:/@])(?=\S)")
_JOINER = "\u2060"

_STYLE = """
:root { color-scheme: light dark; supported-color-schemes: light dark }
body { margin: 0; padding: 1.5rem .75rem; background: #f4f6fa; color: #1d2433;
  font: 16px/1.5 system-ui, -apple-system, "Segoe UI", sans-serif }
.preview { display: none; max-height: 0; overflow: hidden; mso-hide: all }
.card { max-width: 32rem; margin: 0 auto; padding: 1.5rem; background: #ffffff; border: 1px solid #d5dae3;
  border-radius: 8px }
h1 { margin: 0 0 1rem; font-size: 1.25rem; line-height: 1.35; overflow-wrap: anywhere }
dl { margin: 0 0 1.5rem } dt { color: #5a6475; font-size: .875rem } dd { margin: 0 0 .5rem; overflow-wrap: anywhere }
.list dt { float: left; line-height: 1.5rem } .list dd { margin-left: 2.25rem }
.urgent { color: #b3261e; font-weight: 600 }
a { display: inline-block; padding: .625rem 1.25rem; background: #1f5fd1; color: #ffffff; border-radius: 6px;
  font-weight: 600; text-decoration: none }
.why { margin: 1.5rem 0 0; color: #5a6475; font-size: .875rem }
@media (prefers-color-scheme: dark) {
  body { background: #12161f; color: #e8ecf4 } .card { background: #1b2130; border-color: #394257 }
  dt, .why { color: #a9b3c6 } .urgent { color: #ffb4ab } a { background: #7fb0ff; color: #0c1524 }
}
"""


class EmailMessage(NamedTuple):
    """What an e-mail says: its subject on one line, and the same as text and as HTML."""

    subject: str
    text: str
    html: str


def email_message(alert: Alert) -> EmailMessage:
    """Return `alert` as an e-mail."""
    facts = [_dated(alert, name, value) for name, value in alert.facts]
    return EmailMessage(alert.title, _text(alert, facts), _html(alert, facts))


def without_links(text: str) -> str:
    """Return `text` looking the same, with nothing in it that mail programs take for an address."""
    return _LINKING.sub(rf"\1{_JOINER}", text)


def _dated(alert: Alert, name: str, value: str) -> tuple[str, str]:
    """An e-mail may be read late: how long something waits is told with the time since when."""
    if name == WAITING and alert.waiting_since:
        return "Waiting since", f"{_moment(alert.waiting_since)} ({value} when sent)"
    return name, value


def _moment(at: Instant) -> str:
    return f"{at.day} {at:%B %Y, %H:%M} UTC"


def _text(alert: Alert, facts: list[tuple[str, str]]) -> str:
    lines = [without_links(alert.heading or alert.title)]
    if facts:
        lines += ["", *_lines(alert, facts)]
    if alert.url:
        lines += ["", "Open in FlowPilot:", alert.url]
    return "\n".join([*lines, "", "-- ", WHY, ""])


def _lines(alert: Alert, facts: list[tuple[str, str]]) -> list[str]:
    """Return the facts as lines: `Client: Acorn`, and in a list `1. Escalation from Jane`, `And 2 more`."""
    if alert.heading is None:
        return [f"{name}: {without_links(value)}" for name, value in facts]
    return [f"{name}{'.' if name.isdigit() else ''} {without_links(value)}" for name, value in facts]


def _html(alert: Alert, facts: list[tuple[str, str]]) -> str:
    button = f'<p><a href="{escape(alert.url)}">Open in FlowPilot</a></p>' if alert.url else ""
    return (
        '<!doctype html><html lang="en"><head><meta charset="utf-8">'
        '<meta name="viewport" content="width=device-width, initial-scale=1">'
        '<meta name="color-scheme" content="light dark">'
        '<meta name="format-detection" content="telephone=no, date=no, address=no, email=no, url=no">'
        f"<title>{escape(alert.title)}</title><style>{_STYLE}</style></head><body>{_preview(alert)}"
        f'<div class="card"><h1>{_shown(alert.heading or alert.title)}</h1>{_list(alert, facts)}{button}'
        f'<p class="why">{escape(WHY)}</p></div></body></html>'
    )


def _preview(alert: Alert) -> str:
    """Return the inbox preview, the first text of a mail: without this one it is the subject again."""
    lines = _lines(alert, list(alert.facts))[1 if alert.heading else 0 :]
    return f'<div class="preview">{escape(" · ".join(lines))}</div>' if lines else ""


def _list(alert: Alert, facts: list[tuple[str, str]]) -> str:
    rows = (f"<dt>{escape(name)}</dt><dd{_emphasis(alert, name, value)}>{_shown(value)}</dd>" for name, value in facts)
    kind = ' class="list"' if alert.heading else ""
    return f"<dl{kind}>{''.join(rows)}</dl>" if facts else ""


def _emphasis(alert: Alert, name: str, value: str) -> str:
    """Only a case that still waits is shown as urgent, not one that somebody has claimed."""
    return ' class="urgent"' if alert.waiting_since and (name, value) == URGENT else ""


def _shown(text: str) -> str:
    return escape(without_links(text))
