"""An escalation becomes e-mails: by the stream, the topic, the queue and the SES of the emulator to the post office."""

import httpx2

from infra.local.api import Json
from infra.local.deployed import DeployedStack
from tests.support.scenarios.http import a_handoff
from tests.support.stack.ledger_rows import forget_what_went_out
from tests.support.waiting import eventually


def two_emails(stack: DeployedStack, session_id: str) -> list[Json] | None:
    """The e-mails about a session, once there are at least two."""
    found = httpx2.get(f"{stack.post_office_url}/messages", timeout=10).json()
    about = [message for message in found if message["kind"] == "email" and session_id in message["text"]]
    return about if len(about) > 1 else None


def failed_in(deliveries: list[Json]) -> list[Json] | None:
    """The deliveries that failed, once there is one."""
    return [one for one in deliveries if one["state"] == "failed"] or None


def trouble_of(stack: DeployedStack, address: str) -> tuple[str, Json] | None:
    """Who has this address and gets no e-mail there, and what they are shown of it."""
    for name in ("sam", "alex"):
        with stack.api(name) as api:
            settings = api.get("/me/notifications")
            if settings["email_to"] == address and settings["email_trouble"]:
                return name, settings["email_trouble"]
    return None


def test_bounce_switches_the_address_off_until_its_person_saves_their_settings(stack: DeployedStack) -> None:
    faults = f"{stack.post_office_url}/faults"
    httpx2.post(faults, json={"kind": "bounce", "of": "email", "count": 1}, timeout=10).raise_for_status()
    with stack.api("jane") as jane, stack.api("sam") as sam, stack.api("alex") as alex:
        seniors = {one.get("/me")["email"] for one in (sam, alex)}
        forget_what_went_out(stack)
        handoff = a_handoff(jane)
        path = f"/sessions/{handoff['session_id']}/handoffs/{handoff['id']}/deliveries"
        failed = eventually(lambda: failed_in(jane.get(path)["items"]), "a bounce")
        name, trouble = eventually(
            lambda: next(filter(None, (trouble_of(stack, one) for one in seniors)), None), "an address switched off"
        )
    with stack.api(name) as person:
        saved = person.put("/me/notifications", {"rules": {}, "quiet": None})

    assert [one["kind"] for one in failed] == ["email"]
    assert (trouble["why"], saved["email_trouble"]) == ("bounced", None)


def test_escalation_reaches_the_seniors_by_email(stack: DeployedStack) -> None:
    with stack.api("jane") as jane, stack.api("sam") as sam, stack.api("alex") as alex:
        seniors = {one.get("/me")["email"] for one in (sam, alex)}
        forget_what_went_out(stack)
        handoff = a_handoff(jane)

    arrived = eventually(lambda: two_emails(stack, handoff["session_id"]), "two e-mails")

    assert {message["to"] for message in arrived} == seniors
    assert all("Open in FlowPilot" in message["html"] for message in arrived)
    assert arrived[0]["title"].startswith("Escalation from Jane Cooper")
