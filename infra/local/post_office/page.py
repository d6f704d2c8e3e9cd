"""The post office's page: what arrived, newest first, and what is made to go wrong. It reloads every three seconds."""

from html import escape

from infra.local.post_office.faults import DeliveryFault
from infra.local.post_office.mail_events import MAIL_EVENTS
from infra.local.post_office.mailbox import PostedMessage

FAULTS = (
    "slow",
    "400",
    "403",
    "404",
    "410",
    "413",
    "429",
    "500",
    "redirect",
    "drop",
    "drop_after_accept",
    *MAIL_EVENTS,
)

_STYLE = """
body { font: 15px/1.5 system-ui, sans-serif; max-width: 60rem; margin: 2rem auto; padding: 0 1rem; color: #1d2433 }
form { display: inline } small { color: #5a6475 }
article { border: 1px solid #d5dae3; border-radius: 8px; padding: .75rem 1rem; margin: .5rem 0 }
pre { white-space: pre-wrap; overflow-wrap: anywhere; background: #f4f6fa; padding: .5rem; margin: .5rem 0 }
.refused { border-color: #c62828; background: #fdecea }
"""


def page(messages: list[PostedMessage], refused: list[str], fault: DeliveryFault | None) -> str:
    """The whole page. HTML of messages is shown as its source, so that nothing of it runs."""
    state = f"<b>{escape(fault.kind)}</b>" if fault else "nothing"
    arrived = "".join(map(_message, reversed(messages))) or "<p>Nothing has arrived.</p>"
    turned_away = "".join(f'<article class="refused">Refused: {escape(why)}</article>' for why in reversed(refused))
    return (
        '<!doctype html><html lang="en"><meta charset="utf-8"><meta http-equiv="refresh" content="3">'
        f"<title>Post office</title><style>{_STYLE}</style><h1>Post office</h1>"
        f"<p>All that left FlowPilot. Going wrong now: {state}. {_fault_buttons()}</p>{arrived}{turned_away}</html>"
    )


def _fault_buttons() -> str:
    buttons = "".join(f'<button name="kind" value="{kind}">{kind}</button> ' for kind in FAULTS)
    return f'<form method="post" action="/page/fault">{buttons}<button name="kind" value="">none</button></form>'


def _message(message: PostedMessage) -> str:
    headers = "\n".join(f"{name}: {value}" for name, value in message.headers.items())
    return (
        f"<article><b>{escape(message.title)}</b><br><small>{escape(message.kind)} to {escape(message.to)}, "
        f"{escape(message.at)}</small><pre>{escape(message.text)}</pre><pre><small>{escape(headers)}</small></pre>"
        "</article>"
    )
