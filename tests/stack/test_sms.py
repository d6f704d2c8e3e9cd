"""A number is confirmed and gets an urgent escalation by SMS: by the SNS of the emulator, which the post office asks.

In the account that other tests leave alone, so that no more is on its way to its senior than these send.
"""

from collections.abc import Iterator
from contextlib import contextmanager

import httpx2

from infra.local.api import Api, Json
from infra.local.deployed import DeployedStack
from tests.support.phones import code_in
from tests.support.scenarios.http import a_handoff, place_of
from tests.support.stack.ledger_rows import reset_gathering
from tests.support.stack.post_office_faults import going_wrong
from tests.support.waiting import eventually

NUMBER = "+12025550177"


def sms_to_number(stack: DeployedStack) -> list[Json]:
    """The SMS to the number, oldest first."""
    found = httpx2.get(f"{stack.post_office_url}/messages", timeout=10).json()
    return [message for message in found if (message["kind"], message["to"]) == ("sms", NUMBER)]


def by_sms(deliveries: list[Json]) -> list[Json] | None:
    """The SMS among `deliveries`, once each has ended."""
    found = [one for one in deliveries if one["kind"] == "sms"]
    return found if found and not {"pending", "sending"} & {one["state"] for one in found} else None


@contextmanager
def confirmed(stack: DeployedStack, person: Api) -> Iterator[None]:
    """Have a person confirm the number by the code that comes to it, and remove it in the end."""
    before = len(sms_to_number(stack))
    person.post("/me/phone", {"number": "+1 202 555 0177"})
    (sent,) = eventually(lambda: sms_to_number(stack)[before:] or None, "a code")
    person.post("/me/phone/confirm", {"code": code_in(sent["text"])})
    try:
        yield
    finally:
        person.delete("/me/phone")


def test_urgent_escalation_reaches_a_confirmed_number_once(stack: DeployedStack) -> None:
    with stack.api("gina") as gina, stack.api("hank") as hank, confirmed(stack, hank):
        known, before = hank.get("/me/notifications"), len(sms_to_number(stack))
        reset_gathering(stack)
        handoff = a_handoff(gina, priority="urgent")
        arrived = eventually(lambda: sms_to_number(stack)[before:] or None, "an SMS")
        ended = eventually(lambda: by_sms(gina.get(f"{place_of(handoff)}/deliveries")["items"]), "the end of the SMS")

    assert (known["phone"]["number"], known["phone_code"]) == (NUMBER, None)
    assert [message["headers"] for message in arrived] == [{"AWS.SNS.SMS.SMSType": "Transactional"}]
    assert arrived[0]["text"].startswith("FlowPilot: Escalation from Gina Rossi")
    assert arrived[0]["text"].endswith(f"/pilot/{handoff['session_id']}?pickup=true")
    assert [one["state"] for one in ended] == ["accepted"]


def test_sms_that_sns_refuses_fails_and_one_whose_answer_is_lost_is_not_sent_again(stack: DeployedStack) -> None:
    def one_sms_meets(kind: str) -> tuple[str, str | None, int]:
        reset_gathering(stack)
        before = len(sms_to_number(stack))
        with going_wrong(stack, kind=kind, of="sms", to=NUMBER):
            path = f"{place_of(a_handoff(gina, priority='urgent'))}/deliveries"
            (ended,) = eventually(lambda: by_sms(gina.get(path)["items"]), f"the end of the SMS after {kind}")
        return ended["state"], ended["detail"], len(sms_to_number(stack)) - before

    with stack.api("gina") as gina, stack.api("hank") as hank, confirmed(stack, hank):
        refused = one_sms_meets("400")
        unanswered = one_sms_meets("drop_after_accept")

    assert refused == ("failed", "The SMS service refused the message (InvalidParameter).", 0)
    assert unanswered == ("unknown", "The SMS service did not answer; the message may have been sent.", 1)
