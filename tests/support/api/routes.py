"""Every route, classified: who may call it, what has to be there, and a call that succeeds."""

import re
from collections.abc import Callable
from datetime import UTC, datetime, timedelta
from typing import NamedTuple

from chalicelib.domain.instants import format_instant
from chalicelib.domain.people import Caller, Role
from chalicelib.entry.operations import Operation
from infra.openapi import OPERATIONS
from tests.support.phones import CODE
from tests.support.push import SUBSCRIPTION
from tests.support.scenarios import preconditions, session_notes
from tests.support.scenarios.preconditions import Ids

GUARDED = [operation for operation in OPERATIONS if operation.role]
"""The routes that need a token."""

UNLISTED = {
    ("GET", "/health"),
    ("GET", "/openapi.json"),
    ("GET", "/webhooks/{target_id}/{integration_id}"),
    ("HEAD", "/webhooks/{target_id}/{integration_id}"),
    ("POST", "/webhooks/{target_id}/{integration_id}"),
    ("GET", "/rotas/{rota_id}/calendar.ics"),
    ("POST", "/unsubscribe/{token}"),
    ("POST", "/deliveries/shown"),
}
"""The routes that need none."""


SOME_IDS = {
    "session_id": "019ab000-0000-7000-8000-000000000001",
    "handoff_id": "019ab000-0000-7000-8000-00000000000a",
    "engineer_id": "sub-nobody",
    "integration_id": "psa",
    "rota_id": "nights",
    "target_id": "ops",
    "channel_id": "ops",
    "delivery_id": "019ab000-0000-7000-8000-00000000000a.9b1f0c0e-0000-5000-8000-000000000001",
    "ticket_id": "8812",
    "token": "YWNtZX5uZXZlci1pc3N1ZWQ",
    "seq": "1",
    "device_id": "0123456789abcdef0123456789abcdef",
    "page_id": "5e3c7a52-0000-5000-8000-000000000001",
}
"""Ids for calls that are turned away before anything is looked up."""


class Example(NamedTuple):
    """A call that succeeds for callers of the least role and up, once things are arranged for the caller."""

    least: Role
    arrange: Callable[[Caller], Ids] = preconditions.nothing
    body: dict[str, object] | None = None


STEP: dict[str, object] = {"kind": "step", "action": "Restarted Outlook", "result": "no_effect", "epoch": 1}
RESOLUTION: dict[str, object] = {"resolution": "The clock was wrong.", "epoch": 1}

TOMORROW = format_instant(datetime.now(UTC) + timedelta(days=1))
PREVIEW: dict[str, object] = {"policy": {}, "priority": "urgent", "start": "2026-11-27T17:55"}

EXAMPLES = {
    "get_me": Example(Role.VIEWER),
    "get_start": Example(Role.VIEWER),
    "get_refresh": Example(Role.VIEWER),
    "get_engineers": Example(Role.VIEWER),
    "put_engineer": Example(Role.ADMIN, preconditions.in_the_directory, {"skills": ["VPN"]}),
    "delete_engineer": Example(Role.ADMIN, preconditions.in_the_directory),
    "get_notifications": Example(Role.VIEWER),
    "post_notifications_read": Example(Role.VIEWER, body={"up_to": "2026-11-23T09:00:00.000Z"}),
    "get_feed": Example(Role.VIEWER),
    "post_session": Example(Role.ENGINEER, body={"problem_summary": "Outlook asks for its password"}),
    "get_sessions": Example(Role.VIEWER),
    "get_session": Example(Role.VIEWER, preconditions.own_session),
    "get_turns": Example(Role.VIEWER, preconditions.own_session),
    "post_turn": Example(Role.ENGINEER, preconditions.own_session, STEP),
    "post_message": Example(Role.ENGINEER, preconditions.own_session, {"text": "It started on Monday.", "epoch": 1}),
    "patch_session": Example(Role.ENGINEER, preconditions.own_session, {"problem_domain": "VPN", "epoch": 1}),
    "patch_turn": Example(Role.ENGINEER, preconditions.own_turn, {"finding": "No drop on a wired laptop."}),
    "post_note": Example(Role.ENGINEER, preconditions.own_session, {"text": "Did you try the wired port?"}),
    "get_session_history": Example(Role.VIEWER, preconditions.own_session),
    "get_handoff_history": Example(Role.VIEWER, preconditions.escalation_of_a_colleague),
    "post_handoff": Example(Role.ENGINEER, preconditions.own_session, {"intent": "escalate"}),
    "post_escalate": Example(Role.ENGINEER, preconditions.own_session, {"reason": "Out of ideas."}),
    "post_resolve": Example(Role.ENGINEER, preconditions.own_session, RESOLUTION),
    "post_reopen": Example(Role.ENGINEER, preconditions.resolved_just_now, {"reason": "It is back.", "epoch": 1}),
    "get_escalations": Example(Role.VIEWER),
    "get_handoffs": Example(Role.VIEWER, preconditions.escalation_of_a_colleague),
    "get_handoff": Example(Role.VIEWER, preconditions.escalation_of_a_colleague),
    "post_claim": Example(Role.SENIOR, preconditions.escalation_of_a_colleague),
    "post_undo": Example(Role.ENGINEER, preconditions.just_claimed, {"epoch": 3}),
    "post_release": Example(Role.ENGINEER, preconditions.taken_over, {"note": "Needs the network team."}),
    "post_decline": Example(Role.SENIOR, preconditions.directed_to, {"reason": "I am on a plane until noon."}),
    "post_reassign": Example(Role.ADMIN, preconditions.claimed_by_a_colleague, {"to": "sub-relief"}),
    "post_keep": Example(Role.ENGINEER, preconditions.taken_over),
    "post_wait": Example(Role.ENGINEER, preconditions.taken_over, {"until": TOMORROW, "reason": "Customer calls back"}),
    "patch_handoff": Example(Role.ENGINEER, preconditions.own_handoff, {"priority": "urgent"}),
    "post_withdraw": Example(Role.ENGINEER, preconditions.own_handoff),
    "post_assessment": Example(Role.ENGINEER, preconditions.without_assessment),
    "post_ticket_notes_retry": Example(Role.ENGINEER, preconditions.with_failed_note),
    "post_session_notes_retry": Example(Role.ENGINEER, session_notes.with_failed_session_note),
    "get_documentation": Example(Role.VIEWER, preconditions.escalation_of_a_colleague),
    "post_live_token": Example(Role.VIEWER),
    "post_redaction_preview": Example(Role.ENGINEER, body={"text": "Password: Sommer2024!"}),
    "put_availability": Example(Role.VIEWER, body={"presence": "away", "until": None}),
    "get_notification_settings": Example(Role.VIEWER),
    "put_notification_settings": Example(Role.VIEWER, body={"rules": {"mine": {"email": "normal"}}, "quiet": None}),
    "post_device": Example(Role.VIEWER, body={"name": "Phone", **SUBSCRIPTION}),
    "delete_device": Example(Role.VIEWER, preconditions.a_device),
    "post_phone": Example(Role.VIEWER, body={"number": "+1 202 555 0123"}),
    "post_phone_confirm": Example(Role.VIEWER, preconditions.a_phone_code, {"code": CODE}),
    "delete_phone": Example(Role.VIEWER, preconditions.a_phone),
    "get_readiness": Example(Role.SENIOR),
    "post_page": Example(Role.VIEWER, preconditions.a_way_to_be_reached),
    "get_page": Example(Role.VIEWER, preconditions.a_test_message),
    "post_page_arrived": Example(
        Role.VIEWER, preconditions.a_test_message, {"page_id": preconditions.PAGE_ID, "channel": "email"}
    ),
    "get_policy": Example(Role.ADMIN),
    "put_policy": Example(Role.ADMIN, body={"policy": {"direct_for_min": 5}}),
    "post_policy_preview": Example(Role.ADMIN, body=PREVIEW),
    "get_holidays": Example(Role.ADMIN),
    "get_on_call": Example(Role.VIEWER),
    "get_rotas": Example(Role.VIEWER),
    "get_rota": Example(Role.VIEWER, preconditions.a_rota),
    "put_rota": Example(Role.ADMIN, preconditions.a_rota, {"name": "Nights", "rota": preconditions.NIGHTS}),
    "delete_rota": Example(Role.ADMIN, preconditions.a_rota),
    "get_shifts": Example(Role.VIEWER, preconditions.a_rota),
    "post_take_shift": Example(Role.SENIOR, preconditions.a_shift_that_runs, {"begins_at": preconditions.SHIFT_BEGINS}),
    "post_calendar": Example(Role.ADMIN, preconditions.a_rota),
    "delete_calendar": Example(Role.ADMIN, preconditions.a_rota),
    "get_channels": Example(Role.ADMIN),
    "get_channel": Example(Role.ADMIN, preconditions.a_chat_channel),
    "put_channel": Example(Role.ADMIN, preconditions.a_chat_channel, {"kind": "slack", "name": "Ops", "is_on": False}),
    "delete_channel": Example(Role.ADMIN, preconditions.a_chat_channel),
    "post_channel_test": Example(Role.ADMIN, preconditions.a_chat_channel),
    "get_webhooks": Example(Role.ADMIN),
    "get_webhook": Example(Role.ADMIN, preconditions.a_webhook),
    "put_webhook": Example(Role.ADMIN, preconditions.a_webhook, {"name": "Operations", "is_on": False}),
    "delete_webhook": Example(Role.ADMIN, preconditions.a_webhook),
    "post_webhook_test": Example(Role.ADMIN, preconditions.a_webhook),
    "get_webhook_deliveries": Example(Role.ADMIN, preconditions.a_delivery),
    "post_redeliver": Example(Role.ADMIN, preconditions.a_delivery),
    "get_deliveries": Example(Role.VIEWER, preconditions.escalation_of_a_colleague),
    "get_ticket_systems": Example(Role.VIEWER),
    "get_ticket": Example(Role.ENGINEER, preconditions.a_linked_ticket),
    "get_ticket_sessions": Example(Role.ENGINEER, preconditions.a_linked_ticket),
    "get_integrations": Example(Role.ADMIN),
    "get_integration": Example(Role.ADMIN, preconditions.an_integration),
    "get_integration_choices": Example(Role.ADMIN, preconditions.an_integration),
    "put_integration": Example(
        Role.ADMIN, preconditions.an_integration, {"name": "PSA", "settings": {"kind": "standard"}}
    ),
    "delete_integration": Example(Role.ADMIN, preconditions.an_integration),
    "post_integration_test": Example(Role.ADMIN, preconditions.an_integration),
}


def by_name(operation: Operation) -> str:
    """What a test of the route is called."""
    return operation.name


def path_of(operation: Operation, ids: Ids) -> str:
    """The path of the route with these ids in it."""
    return operation.path.format(**ids)


CREATING = {"put_integration", "put_rota", "put_webhook", "put_channel"}
"""The routes that make what is not there yet under the id they name."""


def taking_ids() -> list[Operation]:
    """The routes that name something that has to be there by its id."""
    return [operation for operation in GUARDED if "{" in operation.path and operation.name not in CREATING]


def names_of(operation: Operation) -> list[str]:
    """The names of the ids in the route's path."""
    return re.findall(r"{(\w+)}", operation.path)
