"""The sandbox's page: tickets, their notes, and what is made to go wrong. It looks for news every three seconds."""

import re
from html import escape, unescape

from infra.local.psa_sandbox.faults import PsaFault
from infra.local.psa_sandbox.ticket_store import STATUS_IDS, Note, Ticket, TicketStore

NAMES = {"connectwise": "ConnectWise", "autotask": "Autotask", "halopsa": "HaloPSA"}
FAULTS = ("slow", "401", "404", "409", "429", "500", "errors", "drop", "drop_after_accept")

_STYLE = """
body { font: 15px/1.5 system-ui, sans-serif; max-width: 60rem; margin: 2rem auto; padding: 0 1rem; color: #1d2433 }
h2 { margin: 2rem 0 .5rem } form { display: inline } small { color: #5a6475 }
article { border: 1px solid #d5dae3; border-radius: 8px; padding: .75rem 1rem; margin: .5rem 0 }
pre { white-space: pre-wrap; background: #f4f6fa; border-left: 3px solid #5b7bd5; padding: .5rem; margin: .5rem 0 }
pre.customer { border-color: #c62828; background: #fdecea }
"""


def page(store: TicketStore, fault: PsaFault | None) -> str:
    """The whole page."""
    systems = "".join(_system(system, store.all(system)) for system in NAMES)
    state = f"<b>{escape(fault.kind)}</b>" if fault else "nothing"
    return (
        '<!doctype html><html lang="en"><meta charset="utf-8"><meta http-equiv="refresh" content="3">'
        f"<title>PSA sandbox</title><style>{_STYLE}</style><h1>PSA sandbox</h1>"
        f"<p>A stand-in for three PSAs. Going wrong now: {state}. {_fault_buttons()}</p>{systems}</html>"
    )


def _fault_buttons() -> str:
    buttons = "".join(f'<button name="kind" value="{kind}">{kind}</button> ' for kind in FAULTS)
    return f'<form method="post" action="/page/fault">{buttons}<button name="kind" value="">none</button></form>'


def _system(system: str, tickets: list[Ticket]) -> str:
    busy_first = sorted(tickets, key=lambda ticket: (not ticket.notes, -ticket.id))
    return f"<h2>{NAMES[system]}</h2>" + "".join(_ticket(system, ticket) for ticket in busy_first)


def _ticket(system: str, ticket: Ticket) -> str:
    owner = f", owner {ticket.owner_id}" if ticket.owner_id else ""
    buttons = "".join(f'<button name="status" value="{name}">{name}</button> ' for name in STATUS_IDS[system])
    return (
        f"<article><b>#{escape(ticket.number)}</b> {escape(ticket.summary)}<br>"
        f"<small>{escape(ticket.status)}{owner}, {escape(ticket.updated_at)}</small> "
        f'<form method="post" action="/page/{system}/{ticket.id}">{buttons}</form>'
        + "".join(_note(note) for note in ticket.notes)
        + "</article>"
    )


def _note(note: Note) -> str:
    seen = "internal" if note.is_internal else "CUSTOMER-VISIBLE"
    text = unescape(re.sub(r"<[^>]*>", "", note.text)) if note.text.startswith("<") else note.text
    title = f"{escape(note.title)} " if note.title else ""
    frame = "internal" if note.is_internal else "customer"
    return f'<pre class="{frame}"><small>{title}{seen}, {escape(note.created_at)}</small>\n{escape(text)}</pre>'
