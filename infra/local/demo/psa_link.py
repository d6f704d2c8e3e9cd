"""Links an account to the PSA sandbox, as its admin would: settings and secrets over the API, webhooks in the PSA."""

from typing import Any

import httpx2

from infra.local.deployed import DeployedStack
from infra.local.psa_sandbox import autotask, connectwise, halopsa
from infra.local.psa_sandbox.autotask import WEBHOOK_GUID
from infra.local.psa_sandbox.ticket_store import CLOSED, label_of
from infra.local.site import Site

SYSTEM = "autotask"
"""Whose tickets the demo's cases are; their numbers are Autotask's."""

ADMIN = "olga"
WEBHOOK_SECRET = "sandbox-hook-secret-1"  # noqa: S105  opens the sandbox alone
OWNERS = {"jane@acme.example": "12", "joe@acme.example": "13", "sam@acme.example": "14", "alex@acme.example": "15"}

_SETTINGS: dict[str, dict[str, Any]] = {
    "connectwise": {
        "company_id": connectwise.COMPANY,
        "client_id": connectwise.CLIENT_ID,
        "own_member": connectwise.MEMBER,
    },
    "autotask": {
        "user_name": autotask.USER_NAME,
        "owner_role_id": autotask.ROLE_ID,
        "webhook_guids": [WEBHOOK_GUID],
        "own_resource_id": autotask.OWN_RESOURCE,
    },
    "halopsa": {"client_id": halopsa.CLIENT_ID, "own_agent_id": halopsa.OWN_AGENT},
}
_SECRETS = {
    "connectwise": connectwise.SECRETS,
    "autotask": {**autotask.SECRETS, "webhook_secret": WEBHOOK_SECRET},
    "halopsa": {**halopsa.SECRETS, "webhook_secret": WEBHOOK_SECRET},
}


def link_psa(stack: DeployedStack, site: Site, system: str = SYSTEM) -> None:
    """Connect the demo's account and the sandbox in both directions: ticket notes and webhooks. Idempotent."""
    with stack.api(ADMIN) as api:
        made = api.put(f"/integrations/{system}", body_of(system, site.psa_url))
    hook = {"url": stack.api_url + made["webhook_path"], "secret": WEBHOOK_SECRET}
    httpx2.put(f"{site.psa_url}/hooks/{system}", json=hook, timeout=10).raise_for_status()


def body_of(system: str, sandbox_url: str) -> dict[str, Any]:
    """The integration with one of the sandbox's systems, as an admin saves it."""
    path = "/ATServicesRest" if system == "autotask" else ""
    return {
        "name": f"PSA sandbox ({system})",
        "base_url": f"{sandbox_url}/{system}{path}",
        "settings": {"kind": system, **_SETTINGS[system]},
        "ticket_mapping": {
            "status_on_claim": "In Progress",
            "status_on_resolve": label_of(system, CLOSED),
            "owner_ids": OWNERS,
        },
        "secrets": _SECRETS[system],
    }
