"""The whole story over HTTP, every answer held to what the OpenAPI document promises."""

from typing import Any, get_args

import pytest

from chalicelib.contracts.refresh_query import RefreshPart
from chalicelib.domain.people import Caller, Role
from chalicelib.store import assessments, handoffs
from tests.support.api.client import ApiClient
from tests.support.api.description import assert_described
from tests.support.api.routes import EXAMPLES, GUARDED, STEP
from tests.support.assessments import an_assessment
from tests.support.builders import ALEX, JANE, OLGA, SAM, VIC, a_caller, minute
from tests.support.scenarios.preconditions import (
    a_chat_channel,
    a_delivery,
    a_linked_ticket,
    a_shift_that_runs,
    fail_note,
    ring_everywhere,
)
from tests.support.scenarios.store import BETTER

BY_NAME = {operation.name: operation for operation in GUARDED}

TRICKY = "Näïve “quotes” <b>bold</b> 🧑‍💻 👩🏽‍🚒 日本語 עברית\u200f e\u0301 \t tab\nline & {{x}} ${y} 'z' \\u0000"
"""Text of every kind that people write: emoji, marks that combine, other directions, markup, escapes."""


class Walk:
    """Calls routes by name, and remembers which."""

    def __init__(self, api: ApiClient) -> None:
        self._api = api
        self.called: set[str] = set()

    def __call__(self, name: str, by: Caller, body: object = None, query: str = "", **ids: str) -> Any:
        """Call a route, which is to succeed as its description says."""
        operation = BY_NAME[name]
        answer = self._api.call(operation.method, operation.path.format(**ids) + query, by=by, body=body)
        assert answer.status == operation.status, answer.text
        assert_described(operation, answer)
        self.called.add(name)
        return answer.json if answer.text else None


@pytest.fixture
def walk(api: ApiClient) -> Walk:
    return Walk(api)


def give_an_assessment(session_id: str, handoff_id: str) -> None:
    """Do as the enrich function does when the AI has answered."""
    assessments.take_lease(JANE.account_id, handoff_id, "lease-1", minute(0), minute(10**6))
    handoff = handoffs.load_detail(JANE.account_id, session_id, handoff_id)
    assert assessments.store_ready(handoff, "lease-1", an_assessment(), BETTER, minute(12))


def walk_through_webhooks(walk: Walk) -> None:
    webhook = a_delivery(OLGA)
    target = {"target_id": webhook["target_id"]}
    walk("put_webhook", OLGA, {"name": TRICKY.splitlines()[0], "filter": {"domains": ["VPN"]}}, **target)
    walk("get_webhooks", OLGA)
    walk("get_webhook", OLGA, **target)
    walk("post_webhook_test", OLGA, **target)
    walk("get_webhook_deliveries", OLGA, **target)
    walk("post_redeliver", OLGA, **webhook)
    walk("delete_webhook", OLGA, **target)

    channel = a_chat_channel(OLGA)
    walk("put_channel", OLGA, {"kind": "slack", "name": TRICKY.splitlines()[0]}, **channel)
    walk("get_channels", OLGA)
    walk("get_channel", OLGA, **channel)
    walk("post_channel_test", OLGA, **channel)
    walk("delete_channel", OLGA, **channel)


def walk_through_policy_and_rotas(walk: Walk) -> None:
    walk_by_examples(walk, "get_policy", "put_policy", "post_policy_preview", "get_holidays")
    rota = a_shift_that_runs(OLGA)
    for name in ("get_rotas", "get_rota", "get_shifts", "get_on_call", "post_take_shift", "put_rota"):
        walk(name, OLGA, EXAMPLES[name].body, **rota)
    for name in ("post_calendar", "delete_calendar", "delete_rota"):
        walk(name, OLGA, **rota)


CHANGING_HANDS = ["post_reopen", "post_session_notes_retry", "post_decline", "post_reassign", "put_availability"]
"""Nothing is directed to somebody away, so that comes last."""


def walk_by_examples(walk: Walk, *names: str) -> None:
    for name in names:
        walk(name, OLGA, EXAMPLES[name].body, **EXAMPLES[name].arrange(OLGA))


def walk_through_tickets(walk: Walk) -> None:
    ticket = a_linked_ticket(OLGA)
    for name in ("get_ticket", "get_ticket_sessions", "get_integration_choices"):
        walk(name, OLGA, **ticket)


ALL_PARTS = ",".join(get_args(RefreshPart))


ABOUT_ONESELF = (
    "get_notification_settings",
    "put_notification_settings",
    "post_device",
    "delete_device",
    "post_phone",
    "post_phone_confirm",
    "delete_phone",
    "get_readiness",
    "post_page",
    "get_page",
    "post_page_arrived",
)


def leave_a_note_and_read_the_history(walk: Walk, here: dict[str, str], there: dict[str, str]) -> None:
    walk("post_note", JANE, {"text": TRICKY}, **here)
    walk("get_session_history", JANE, **here)
    walk("get_handoff_history", VIC, **there)


def read_notifications_and_refresh(walk: Walk, queued: dict[str, Any]) -> None:
    walk("get_notifications", SAM)
    walk("post_notifications_read", SAM, {"up_to": queued["created_at"]})
    walk("post_notifications_read", SAM, {"handoff_id": queued["handoff_id"]})
    walk("get_refresh", JANE, query=f"?parts={ALL_PARTS}&session_id={queued['session_id']}")
    walk("get_sessions", JANE, query="?mine=handed_off")


def test_every_route_answers_as_it_is_described(walk: Walk) -> None:
    for person in (JANE, SAM, OLGA, VIC):
        walk("get_me", person)
    opening = {"problem_summary": TRICKY, "problem_domain": "e-mail", "psa_ticket_id": "#4711", "integration_id": "cw"}
    session_id = walk("post_session", JANE, opening)["id"]
    here = {"session_id": session_id}
    walk("post_message", JANE, {"text": TRICKY, "epoch": 1}, **here)
    walk("post_turn", JANE, {**STEP, "evidence": "reported"}, **here)
    handoff = walk("post_handoff", JANE, {"intent": "escalate", "engineer_notes": TRICKY, "priority": "urgent"}, **here)
    there = {**here, "handoff_id": handoff["id"]}
    ring_everywhere(SAM)
    give_an_assessment(**there)

    queue = walk("get_escalations", SAM)["items"]
    read_notifications_and_refresh(walk, queue[0])
    walk("get_feed", VIC)
    walk("post_live_token", SAM)
    walk("get_handoff", VIC, **there)
    walk("get_documentation", VIC, query="?format=json", **there)
    walk("post_redaction_preview", JANE, {"text": "Password: Sommer2024!"})
    fail_note(JANE.account_id, there["handoff_id"])
    walk("post_ticket_notes_retry", JANE, **there)
    walk("post_claim", SAM, **there)
    walk("get_session", SAM, **here)
    walk("get_turns", SAM, **here)
    walk("post_release", SAM, {"note": TRICKY}, **there)
    leave_a_note_and_read_the_history(walk, here, there)
    walk("post_claim", ALEX, **there)
    walk("post_turn", ALEX, {**STEP, "epoch": 5}, **here)
    walk("post_resolve", ALEX, {"resolution": TRICKY, "assessment_verdict": "partly", "epoch": 5}, **here)
    walk("get_handoffs", VIC, **here)
    walk("get_sessions", JANE, query="?status=resolved")

    second = {"session_id": walk("post_session", JANE, {"problem_summary": "No sound"})["id"]}
    package = walk("post_escalate", JANE, {"reason": "", "priority": "low"}, **second)["escalation_package"]
    walk("post_withdraw", JANE, handoff_id=package["handoff_id"], **second)
    without = walk("post_handoff", JANE, {"intent": "park"}, **second)
    walk("post_assessment", JANE, handoff_id=without["id"], **second)
    walk("get_engineers", VIC)
    walk("put_engineer", OLGA, {"skills": ["VPN", "Exchange"]}, engineer_id=JANE.id)

    psa = {"integration_id": "psa"}
    walk("put_integration", OLGA, {"name": TRICKY.splitlines()[0], "settings": {"kind": "standard"}}, **psa)
    walk("get_ticket_systems", VIC)
    walk("get_integrations", OLGA)
    walk("get_integration", OLGA, **psa)
    walk("post_integration_test", OLGA, **psa)
    walk("delete_integration", OLGA, **psa)

    walk("get_deliveries", VIC, **there)
    walk_through_webhooks(walk)
    walk_through_policy_and_rotas(walk)
    walk_through_tickets(walk)
    walk_by_examples(walk, "get_start", "post_keep", "post_wait", "patch_handoff", "post_undo", *CHANGING_HANDS)
    walk_by_examples(walk, "patch_session", "patch_turn", "delete_engineer", *ABOUT_ONESELF)

    assert walk.called == set(BY_NAME)


def test_texts_come_back_as_written(walk: Walk) -> None:
    session_id = walk("post_session", JANE, {"problem_summary": TRICKY})["id"]
    walk("post_message", JANE, {"text": TRICKY, "epoch": 1}, session_id=session_id)
    handoff = walk("post_handoff", JANE, {"intent": "escalate", "engineer_notes": TRICKY}, session_id=session_id)

    read = walk("get_handoff", SAM, session_id=session_id, handoff_id=handoff["id"])

    texts = [read["engineer_notes"], read["snapshot"]["problem_summary"], read["snapshot"]["messages"][0]["text"]]
    assert texts == [TRICKY] * 3


def test_session_goes_to_the_winner_and_back(walk: Walk) -> None:
    session_id = walk("post_session", JANE, {"problem_summary": "No sound"})["id"]
    handoff = walk("post_handoff", JANE, {"intent": "escalate"}, session_id=session_id)
    ids = {"session_id": session_id, "handoff_id": handoff["id"]}

    receipt = walk("post_claim", SAM, **ids)
    held = walk("get_session", SAM, session_id=session_id)
    walk("post_release", SAM, {}, **ids)
    waiting = walk("get_session", JANE, session_id=session_id)

    assert receipt["claimed_by"] == {"id": SAM.id, "name": SAM.name}
    assert (held["status"], held["escalated_to_id"], held["epoch"]) == ("active", SAM.id, 3)
    assert (waiting["status"], waiting["holder"], waiting["epoch"]) == ("escalated", None, 4)


def test_claiming_again_gives_the_same_receipt(walk: Walk) -> None:
    session_id = walk("post_session", JANE, {"problem_summary": "No sound"})["id"]
    handoff = walk("post_handoff", JANE, {"intent": "escalate"}, session_id=session_id)
    ids = {"session_id": session_id, "handoff_id": handoff["id"]}

    receipts = [walk("post_claim", SAM, **ids) for _ in range(3)]

    assert receipts == [receipts[0]] * 3
    assert walk("get_session", SAM, session_id=session_id)["epoch"] == 3


def test_queue_leaves_out_what_is_ones_own(walk: Walk) -> None:
    senior = a_caller("Jane", Role.SENIOR)
    session_id = walk("post_session", senior, {"problem_summary": "No sound"})["id"]
    walk("post_handoff", senior, {"intent": "escalate"}, session_id=session_id)

    queues = [walk("get_escalations", caller)["items"] for caller in (senior, SAM)]

    assert [len(queue) for queue in queues] == [0, 1]
