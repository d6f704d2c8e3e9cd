"""Who may do what, by the roles and accounts that real tokens carry."""

import httpx2
import pytest

from infra.local.api import Api
from infra.local.deployed import DeployedStack
from tests.support.scenarios.http import a_handoff, claimed, queue_of, rang, read_again, refused


def test_own_escalation_is_not_in_ones_queue(alex: Api, sam: Api) -> None:
    handoff = a_handoff(alex)

    assert handoff["id"] in queue_of(sam)
    assert handoff["id"] not in queue_of(alex)


def test_own_escalation_notifies_only_the_other_seniors(alex: Api, sam: Api) -> None:
    handoff = a_handoff(alex)
    rang(sam, handoff, "handoff_created")

    assert handoff["id"] not in {item["handoff_id"] for item in alex.get("/notifications?limit=100")["items"]}


@pytest.mark.parametrize(("who", "code"), [("alex", "own_handoff"), ("joe", "forbidden"), ("vic", "forbidden")])
def test_escalation_is_claimed_neither_by_its_sender_nor_by_juniors(
    alex: Api, who: str, code: str, request: pytest.FixtureRequest
) -> None:
    by: Api = request.getfixturevalue(who)

    with refused(403, code):
        claimed(by, a_handoff(alex))


def test_viewer_reads_the_handoff_but_not_the_session(jane: Api, vic: Api) -> None:
    handoff = a_handoff(jane)

    assert read_again(vic, handoff)["id"] == handoff["id"]
    with refused(404, "not_found"):
        vic.get(f"/sessions/{handoff['session_id']}")


def test_other_account_can_neither_read_nor_claim(jane: Api, hank: Api) -> None:
    handoff = a_handoff(jane)

    with refused(404, "not_found"):
        read_again(hank, handoff)
    with refused(404, "not_found"):
        claimed(hank, handoff)


def test_request_without_a_token_is_refused(stack: DeployedStack) -> None:
    response = httpx2.get(f"{stack.api_url}/escalations")

    assert (response.status_code, response.json()["code"]) == (401, "unauthenticated")
