"""Integrations for tests: what an admin sends for each kind, and the table they are kept in."""

from collections.abc import Mapping
from typing import Any

WHSEC = "whsec_PAUUBrrUfbt7Po242Zykzqay0+nc4VRVhd9g4miLXb4="
OTHER_WHSEC = "whsec_1aPzRIkDKeTW9KPx5jPOpOy5YkwKRTKq7IzfyI9IXv4="

Body = dict[str, Any]

CONNECTWISE: Body = {
    "name": "ConnectWise",
    "base_url": "https://api-na.myconnectwise.net",
    "settings": {
        "kind": "connectwise",
        "company_id": "northwindmsp",
        "client_id": "11111111-2222-3333-4444-555555555555",
        "own_member": "EscalateApi",
    },
    "secrets": {"public_key": "PubKey123", "private_key": "PrivKey456"},
}
AUTOTASK: Body = {
    "name": "Autotask",
    "base_url": "https://webservices5.autotask.net/ATServicesRest/",
    "settings": {
        "kind": "autotask",
        "user_name": "api-user@northwind.example",
        "webhook_guids": ["7d0f7a2e-3a52-4f1f-b0a4-9b6a5f3c9d10", "1f3f0f0a-6f53-4f2b-8c55-1c0b5b7f2e44"],
        "own_resource_id": "29999999",
    },
    "secrets": {
        "api_integration_code": "ABCDEFGHIJKLMNOPQRSTUVWXYZA",
        "api_secret": "not-a-real-secret",
        "webhook_secret": "at-hook-secret-Zq8d2Lm1",
    },
}
HALOPSA: Body = {
    "name": "Halo",
    "base_url": "https://northwind.halopsa.com",
    "settings": {
        "kind": "halopsa",
        "client_id": "c0ffee00-0000-4000-8000-000000000001",
        "own_agent_id": "99",
        "webhook_username": "escalate",
    },
    "secrets": {"client_secret": "not-a-real-secret", "webhook_secret": "halo-hook-pass-3f9c"},
}
STANDARD: Body = {
    "name": "Our ticket system",
    "settings": {"kind": "standard"},
    "secrets": {"webhook_secret": WHSEC},
}
BODIES = {body["settings"]["kind"]: body for body in (CONNECTWISE, AUTOTASK, HALOPSA, STANDARD)}


def with_secrets(body: Body, **secrets: str | None) -> Body:
    """The body with these secrets in place of its own."""
    return {**body, "secrets": secrets}


def with_settings(body: Body, **changes: object) -> Body:
    """The body with some settings changed."""
    settings: Mapping[str, object] = body["settings"]
    return {**body, "settings": {**settings, **changes}}
