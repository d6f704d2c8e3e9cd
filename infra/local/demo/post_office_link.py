"""Has what leaves the demo's account arrive at the post office, as its people would set it up: over the API."""

import httpx2

from infra.local.api import Json
from infra.local.deployed import DeployedStack

ADMIN, AWAY = "olga", "sam"
RECEIVER = "acme"
SECRET = "whsec_cG9zdC1vZmZpY2Utc2lnbmluZy1zZWNyZXQ="  # noqa: S105  signs for the post office alone
PHONE = "Phone at the post office"


def link_post_office(stack: DeployedStack) -> None:
    """Set up the webhook of every event, a Slack and a Teams channel, and Sam's phone; again is the same."""
    place = f"{stack.post_office_url}/receivers/{RECEIVER}"
    httpx2.put(place, json={"secrets": [SECRET]}, timeout=10).raise_for_status()
    body = {"name": "Post office", "url": f"{stack.post_office_url}/webhook/{RECEIVER}", "secret": SECRET}
    with stack.api(ADMIN) as api:
        api.put("/webhooks/post-office", body)
        for kind in ("slack", "teams"):
            channel = {"kind": kind, "name": "Escalations", "url": f"{stack.post_office_url}/{kind}/{RECEIVER}"}
            api.put(f"/channels/post-office-{kind}", channel)
    _subscribe_phone(stack)


def _subscribe_phone(stack: DeployedStack) -> None:
    """Subscribe again, as the post office forgets its subscriptions when it stops."""
    with stack.api(AWAY) as api:
        settings = api.get("/me/notifications")
        for device in settings["devices"]:
            if device["name"] == PHONE:
                api.delete(f"/me/devices/{device['id']}")
        order = {"application_server_key": settings["push_public_key"]}
        answer = httpx2.post(f"{stack.post_office_url}/push/subscriptions", json=order, timeout=10)
        subscription: Json = answer.raise_for_status().json()
        api.post("/me/devices", {"name": PHONE, **subscription})
