"""The routing table of the API, made from the modules of its routes: see `chalicelib/entry/routing.py`."""

import json
from pathlib import Path

from chalicelib.entry.api import Api
from chalicelib.entry.routing import api_of

TABLE = Path(__file__).parent.parent / "chalicelib" / "routes.json"

MODULES = (
    "meta",
    "people",
    "devices",
    "phones",
    "start",
    "refresh",
    "sessions",
    "handoffs",
    "handoff_updates",
    "history",
    "corrections",
    "assessments",
    "documentation",
    "redaction",
    "notifications",
    "policy",
    "rotas",
    "integrations",
    "tickets",
    "webhooks",
    "live",
    "ticket_notes",
    "deliveries",
    "outgoing_webhooks",
    "channels",
    "unsubscribes",
    "readiness",
)
"""The modules of `chalicelib.entry` that have routes, in the order of the OpenAPI document."""


def apis() -> dict[str, Api]:
    """Return the routes of every module."""
    return {module: api_of(module) for module in MODULES}


def render() -> str:
    """Return the table as JSON."""
    table = {
        module: {operation.name: f"{operation.method} {operation.path}" for operation in api.operations}
        for module, api in apis().items()
    }
    return json.dumps(table, indent=1) + "\n"
