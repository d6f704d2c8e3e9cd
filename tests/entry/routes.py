"""Every route, classified: who may call it, what has to be there, and a call that succeeds."""

import re
from collections.abc import Callable
from typing import NamedTuple

from chalicelib.domain.people import Caller, Role
from chalicelib.entry.api import Operation
from infra.openapi import OPEN, OPERATIONS
from tests.entry import story
from tests.entry.story import Ids

GUARDED = [operation for operation in OPERATIONS if operation not in OPEN]
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
    arrange: Callable[[Caller], Ids] = story.nothing
    body: dict[str, object] | None = None


STEP: dict[str, object] = {"kind": "step", "action": "Restarted Outlook", "outcome": "failed", "epoch": 1}
RESOLUTION: dict[str, object] = {"resolution": "The clock was wrong.", "epoch": 1}

EXAMPLES = {
    "get_me": Example(Role.VIEWER),
    "get_engineers": Example(Role.VIEWER),
    "put_engineer": Example(Role.ADMIN, story.in_the_directory, {"skills": ["VPN"]}),
    "get_notifications": Example(Role.VIEWER),
    "post_notifications_read": Example(Role.VIEWER, body={"up_to": "2026-11-23T09:00:00.000Z"}),
    "get_feed": Example(Role.VIEWER),
    "post_session": Example(Role.ENGINEER, body={"problem_summary": "Outlook asks for its password"}),
    "get_sessions": Example(Role.VIEWER),
    "get_session": Example(Role.VIEWER, story.own_session),
    "get_turns": Example(Role.VIEWER, story.own_session),
    "post_turn": Example(Role.ENGINEER, story.own_session, STEP),
    "post_message": Example(Role.ENGINEER, story.own_session, {"text": "It started on Monday.", "epoch": 1}),
    "post_handoff": Example(Role.ENGINEER, story.own_session, {"intent": "escalate"}),
    "post_escalate": Example(Role.ENGINEER, story.own_session, {"reason": "Out of ideas."}),
    "post_resolve": Example(Role.ENGINEER, story.own_session, RESOLUTION),
    "get_escalations": Example(Role.VIEWER),
    "get_handoffs": Example(Role.VIEWER, story.escalation_of_a_colleague),
    "get_handoff": Example(Role.VIEWER, story.escalation_of_a_colleague),
    "post_claim": Example(Role.SENIOR, story.escalation_of_a_colleague),
    "post_release": Example(Role.ENGINEER, story.taken_over, {"note": "Needs the network team."}),
    "post_withdraw": Example(Role.ENGINEER, story.own_handoff),
    "post_assessment": Example(Role.ENGINEER, story.without_assessment),
    "post_psa": Example(Role.ENGINEER, story.with_failed_note),
    "get_documentation": Example(Role.VIEWER, story.escalation_of_a_colleague),
    "post_redaction_preview": Example(Role.ENGINEER, body={"text": "Password: Sommer2024!"}),
    "post_live_ticket": Example(Role.VIEWER),
    "get_ticket_systems": Example(Role.VIEWER),
    "get_integrations": Example(Role.ADMIN),
    "get_integration": Example(Role.ADMIN, story.an_integration),
    "put_integration": Example(Role.ADMIN, story.an_integration, {"name": "PSA", "settings": {"kind": "standard"}}),
    "delete_integration": Example(Role.ADMIN, story.an_integration),
    "post_integration_test": Example(Role.ADMIN, story.an_integration),
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
