"""Directs the demo account's messages to the post office, by the same API calls as its people would make."""

import re

import httpx2

from infra.local.api import Json
from infra.local.demo.narration import wait_for
from infra.local.deployed import DeployedStack

ADMIN, AWAY = "olga", "sam"
RECEIVER = "acme"
SECRET = "whsec_cG9zdC1vZmZpY2Utc2lnbmluZy1zZWNyZXQ="  # noqa: S105  signs for the post office alone
PHONE = "Phone at the post office"
NUMBER = "+12025550142"
"""Set aside for fiction."""

CODE_TIMEOUT_S = 30


def link_post_office(stack: DeployedStack) -> None:
    """Set up the webhook of every event, a Slack and a Teams channel, Sam's phone and number; again is the same."""
    place = f"{stack.post_office_url}/receivers/{RECEIVER}"
    httpx2.put(place, json={"secrets": [SECRET]}, timeout=10).raise_for_status()
    body = {"name": "Post office", "url": f"{stack.post_office_url}/webhook/{RECEIVER}", "secret": SECRET}
    with stack.api(ADMIN) as api:
        api.put("/webhooks/post-office", body)
        for kind in ("slack", "teams"):
            channel = {"kind": kind, "name": "Escalations", "url": f"{stack.post_office_url}/{kind}/{RECEIVER}"}
            api.put(f"/channels/post-office-{kind}", channel)
    _subscribe_phone(stack)
    _confirm_number(stack)


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


def _confirm_number(stack: DeployedStack) -> None:
    """Have Sam confirm a number by the code that comes to it, unless that is done or the stack sends no SMS."""
    with stack.api(AWAY) as api:
        settings = api.get("/me/notifications")
        if settings["phone"] or not settings["sends_sms"]:
            return
        before = len(_sms_of(stack))
        api.post("/me/phone", {"number": NUMBER})
        (sent,) = wait_for(lambda: _sms_of(stack)[before:] or None, CODE_TIMEOUT_S, "the code that confirms a number")
        (code,) = re.findall(r"\b[0-9]{6}\b", sent["text"])
        api.post("/me/phone/confirm", {"code": code})


def _sms_of(stack: DeployedStack) -> list[Json]:
    found = httpx2.get(f"{stack.post_office_url}/messages", timeout=10).json()
    return [message for message in found if (message["kind"], message["to"]) == ("sms", NUMBER)]
