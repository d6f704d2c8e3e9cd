"""Has the demo's account send every event to the post office, as its admin would: a webhook, over the API."""

import httpx2

from infra.local.deployed import DeployedStack

ADMIN = "olga"
RECEIVER = "acme"
SECRET = "whsec_cG9zdC1vZmZpY2Utc2lnbmluZy1zZWNyZXQ="  # noqa: S105  signs for the post office alone


def link_post_office(stack: DeployedStack) -> None:
    """Set up the receiver and the webhook that leads to it; again is the same."""
    place = f"{stack.post_office_url}/receivers/{RECEIVER}"
    httpx2.put(place, json={"secrets": [SECRET]}, timeout=10).raise_for_status()
    body = {"name": "Post office", "url": f"{stack.post_office_url}/webhook/{RECEIVER}", "secret": SECRET}
    with stack.api(ADMIN) as api:
        api.put("/webhooks/post-office", body)
