"""An escalation becomes an e-mail: by the stream, the topic, the queue and the SES of the emulator to the post office.

In the account that other tests leave alone, so that no more is on its way to its senior than these send.
"""

from datetime import UTC, datetime, timedelta

import httpx2
import pytest

from chalicelib.domain.instants import to_milliseconds
from infra.local.api import Api, Json
from infra.local.deployed import DeployedStack
from tests.support.scenarios.http import a_handoff, place_of
from tests.support.stack.ledger_rows import fill_slots, reset_gathering
from tests.support.stack.post_office_faults import going_wrong
from tests.support.waiting import eventually


def emails_about(stack: DeployedStack, session_id: str) -> list[Json] | None:
    """The e-mails about a session, once there is one."""
    found = httpx2.get(f"{stack.post_office_url}/messages", timeout=10).json()
    return [message for message in found if message["kind"] == "email" and session_id in message["text"]] or None


def in_state(state: str, deliveries: list[Json]) -> list[Json] | None:
    """The deliveries in a state, once there is one."""
    return [one for one in deliveries if one["state"] == state] or None


def trouble_of(api: Api) -> Json | None:
    """Why somebody gets no e-mail at their address, as they are shown it."""
    return api.get("/me/notifications")["email_trouble"] or None


def gathered_of(by: Api, handoff: Json) -> Json | None:
    """The e-mail about a handoff that went out in one with others."""
    items = by.get(f"{place_of(handoff)}/deliveries")["items"]
    sent = (one for one in items if one["state"] == "accepted" and one["detail"])
    return next(sent, None)


def test_bounce_switches_the_address_off_until_its_person_saves_their_settings(stack: DeployedStack) -> None:
    with stack.api("gina") as gina, stack.api("hank") as hank:
        with going_wrong(stack, kind="bounce", of="email", to=hank.get("/me")["email"]):
            reset_gathering(stack)
            handoff = a_handoff(gina)
            path = f"/sessions/{handoff['session_id']}/handoffs/{handoff['id']}/deliveries"
            failed = eventually(lambda: in_state("failed", gina.get(path)["items"]), "a bounce")
            trouble = eventually(lambda: trouble_of(hank), "an address switched off")
        saved = hank.put("/me/notifications", {"rules": {}, "quiet": None})

    assert [(one["kind"], one["recipient"]["name"]) for one in failed] == [("email", "Hank Weber")]
    assert (trouble["why"], saved["email_trouble"]) == ("bounced", None)


def test_escalation_reaches_the_senior_by_email(stack: DeployedStack) -> None:
    with stack.api("gina") as gina, stack.api("hank") as hank:
        address = hank.get("/me")["email"]
        reset_gathering(stack)
        handoff = a_handoff(gina)

    arrived = eventually(lambda: emails_about(stack, handoff["session_id"]), "an e-mail")

    assert {message["to"] for message in arrived} == {address}
    assert all("Open in FlowPilot" in message["html"] for message in arrived)
    assert arrived[0]["title"].startswith("Escalation from Gina Rossi")


def test_email_whose_answer_is_lost_is_not_sent_again_and_shows_as_unknown(stack: DeployedStack) -> None:
    with stack.api("gina") as gina, stack.api("hank") as hank:
        reset_gathering(stack)
        with going_wrong(stack, kind="drop_after_accept", of="email", to=hank.get("/me")["email"]):
            handoff = a_handoff(gina)
            path = f"{place_of(handoff)}/deliveries"
            unknown = eventually(lambda: in_state("unknown", gina.get(path)["items"]), "a message without an answer")
        arrived = eventually(lambda: emails_about(stack, handoff["session_id"]), "an e-mail")

    assert [one["kind"] for one in unknown] == ["email"]
    assert len(arrived) == 1


@pytest.mark.prove
def test_burst_is_gathered_into_one_email_that_each_handoff_tells_of(stack: DeployedStack) -> None:
    with stack.api("gina") as gina, stack.api("hank") as hank:
        me = hank.get("/me")
        fill_slots(stack, me["account_id"], me["id"], to_milliseconds(datetime.now(UTC)) + timedelta(seconds=20))

        handoffs = [a_handoff(gina) for _ in range(3)]

        gathered = [eventually(lambda: gathered_of(gina, one), "a gathered delivery") for one in handoffs]  # noqa: B023
        found = httpx2.get(f"{stack.post_office_url}/messages", timeout=10).json()
    told = [one for one in found if "more escalations are waiting" in one["title"] and one["to"] == me["email"]]
    assert [one["detail"] for one in gathered] == ["In one message with 2 more."] * 3
    assert len(told) == 1
    assert told[0]["title"].startswith("3 more escalations are waiting: Escalation from Gina Rossi")
    assert not any(one["session_id"] in message["text"] for one in handoffs for message in found)
