"""What every driver of a public client begins with: its calls reach the sandbox, and what it saw goes out as JSON.

Drivers run in the venv of the public clients, without this project. A client that builds an https address by itself is
led to the sandbox beneath its own code, in the transport of `requests`.
"""

import json
import os
from typing import Any
from urllib.parse import urlsplit

import requests

URL = os.environ["SANDBOX_URL"]
TICKET = int(os.environ["TICKET_ID"])


def lead_here(path: str) -> None:
    """Have every https call of `requests` go to the sandbox, below `path`."""
    send = requests.adapters.HTTPAdapter.send

    def led(self: Any, request: Any, **options: Any) -> Any:
        if request.url.startswith("https://"):
            address = urlsplit(request.url)
            query = f"?{address.query}" if address.query else ""
            request.url = f"{URL}{path}{address.path}{query}"
        return send(self, request, **options)

    requests.adapters.HTTPAdapter.send = led


def report(**seen: Any) -> None:
    """Print what the client saw."""
    print(json.dumps(seen))


def refusal_of(call: Any) -> str:
    """Return the error that a call ends in, in its own words."""
    try:
        call()
    except Exception as error:
        response = getattr(error, "response", None)
        return f"{type(error).__name__}: {error} {getattr(response, 'text', '')}"
    return ""
