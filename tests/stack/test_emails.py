"""An escalation becomes e-mails: by the stream, the topic, the queue and the SES of the emulator to the post office."""

from collections.abc import Iterator
from contextlib import contextmanager

import httpx2

from infra.local.api import Api, Json
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


def trouble_of(api: Api) -> Json | None:
    """Why somebody gets no e-mail at their address, as they are shown it."""
    return api.get("/me/notifications")["email_trouble"] or None


@contextmanager
def bouncing(stack: DeployedStack, address: str) -> Iterator[None]:
    """Have all mail to an address come back, also mail that is on its way already."""
    faults = f"{stack.post_office_url}/faults"
    httpx2.post(faults, json={"kind": "bounce", "of": "email", "to": address}, timeout=10).raise_for_status()
    try:
        yield
    finally:
        httpx2.delete(faults, timeout=10).raise_for_status()


def test_bounce_switches_the_address_off_until_its_person_saves_their_settings(stack: DeployedStack) -> None:
    with stack.api("jane") as jane, stack.api("sam") as sam:
        forget_what_went_out(stack)
        with bouncing(stack, sam.get("/me")["email"]):
            handoff = a_handoff(jane)
            path = f"/sessions/{handoff['session_id']}/handoffs/{handoff['id']}/deliveries"
            failed = eventually(lambda: failed_in(jane.get(path)["items"]), "a bounce")
            trouble = eventually(lambda: trouble_of(sam), "an address switched off")
        saved = sam.put("/me/notifications", {"rules": {}, "quiet": None})

    assert [(one["kind"], one["recipient"]["name"]) for one in failed] == [("email", "Sam Rivera")]
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
