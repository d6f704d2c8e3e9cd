"""Every route, classified: who may call it, what has to be there, and a call that succeeds."""

import re
from collections.abc import Callable
from typing import NamedTuple

from chalicelib.domain.people import Caller, Role
from chalicelib.entry.operations import Operation
from infra.openapi import OPERATIONS
from tests.support.api import scenarios
from tests.support.api.scenarios import Ids

GUARDED = [operation for operation in OPERATIONS if operation.role]
"""The routes that need a token."""

UNLISTED = {("GET", "/health"), ("GET", "/openapi.json"), ("POST", "/webhooks/{account_id}/{integration_id}")}
"""The routes that need none."""


SOME_IDS = {
    "session_id": "019ab000-0000-7000-8000-000000000001",
    "handoff_id": "019ab000-0000-7000-8000-00000000000a",
    "engineer_id": "sub-jane",
    "integration_id": "psa",
}
"""Ids for calls that are turned away before anything is looked up."""


class Example(NamedTuple):
    """A call that succeeds for callers of the least role and up, once things are arranged for the caller."""

    least: Role
    arrange: Callable[[Caller], Ids] = scenarios.nothing
    body: dict[str, object] | None = None


STEP: dict[str, object] = {"kind": "step", "action": "Restarted Outlook", "outcome": "failed", "epoch": 1}
RESOLUTION: dict[str, object] = {"resolution": "The clock was wrong.", "epoch": 1}

EXAMPLES = {
    "get_me": Example(Role.VIEWER),
    "get_engineers": Example(Role.VIEWER),
    "put_engineer": Example(Role.ADMIN, scenarios.in_the_directory, {"skills": ["VPN"]}),
    "get_notifications": Example(Role.VIEWER),
    "post_notifications_read": Example(Role.VIEWER, body={"up_to": "2026-11-23T09:00:00.000Z"}),
    "get_feed": Example(Role.VIEWER),
    "post_session": Example(Role.ENGINEER, body={"problem_summary": "Outlook asks for its password"}),
    "get_sessions": Example(Role.VIEWER),
    "get_session": Example(Role.VIEWER, scenarios.own_session),
    "get_turns": Example(Role.VIEWER, scenarios.own_session),
    "post_turn": Example(Role.ENGINEER, scenarios.own_session, STEP),
    "post_message": Example(Role.ENGINEER, scenarios.own_session, {"text": "It started on Monday.", "epoch": 1}),
    "post_handoff": Example(Role.ENGINEER, scenarios.own_session, {"intent": "escalate"}),
    "post_escalate": Example(Role.ENGINEER, scenarios.own_session, {"reason": "Out of ideas."}),
    "post_resolve": Example(Role.ENGINEER, scenarios.own_session, RESOLUTION),
    "get_escalations": Example(Role.VIEWER),
    "get_handoffs": Example(Role.VIEWER, scenarios.escalation_of_a_colleague),
    "get_handoff": Example(Role.VIEWER, scenarios.escalation_of_a_colleague),
    "post_claim": Example(Role.SENIOR, scenarios.escalation_of_a_colleague),
    "post_release": Example(Role.ENGINEER, scenarios.taken_over, {"note": "Needs the network team."}),
    "post_withdraw": Example(Role.ENGINEER, scenarios.own_handoff),
    "post_assessment": Example(Role.ENGINEER, scenarios.without_assessment),
    "post_ticket_notes_retry": Example(Role.ENGINEER, scenarios.with_failed_note),
    "get_documentation": Example(Role.VIEWER, scenarios.escalation_of_a_colleague),
    "post_live_token": Example(Role.VIEWER),
    "post_redaction_preview": Example(Role.ENGINEER, body={"text": "Password: Sommer2024!"}),
    "get_ticket_systems": Example(Role.VIEWER),
    "get_integrations": Example(Role.ADMIN),
    "get_integration": Example(Role.ADMIN, scenarios.an_integration),
    "put_integration": Example(Role.ADMIN, scenarios.an_integration, {"name": "PSA", "settings": {"kind": "standard"}}),
    "delete_integration": Example(Role.ADMIN, scenarios.an_integration),
    "post_integration_test": Example(Role.ADMIN, scenarios.an_integration),
}


def by_name(operation: Operation) -> str:
    """What a test of the route is called."""
    return operation.name


def path_of(operation: Operation, ids: Ids) -> str:
    """The path of the route with these ids in it."""
    return operation.path.format(**ids)


CREATING = {"put_integration"}
"""The routes that make what is not there yet under the id they name."""


def taking_ids() -> list[Operation]:
    """The routes that name something that has to be there by its id."""
    return [operation for operation in GUARDED if "{" in operation.path and operation.name not in CREATING]


def names_of(operation: Operation) -> list[str]:
    """The names of the ids in the route's path."""
    return re.findall(r"{(\w+)}", operation.path)
