"""Handoffs by the dozen, each of a session of its own, and what became of them."""

import json
from collections import Counter
from typing import Any

from moto.backends import get_backend
from moto.core.models import DEFAULT_ACCOUNT_ID

from chalicelib.actions.handoffs.read_handoff import read_package
from chalicelib.domain.clock.plan import ASK_AGAIN_AFTER
from chalicelib.domain.escalation_package import EscalationPackage
from chalicelib.domain.handoff import Priority
from chalicelib.domain.handoff_detail import HandoffDetail
from chalicelib.settings import settings
from chalicelib.store import handoffs, sessions
from chalicelib.store.handoff_rows import snapshot_part
from chalicelib.store.rows.feed import FeedRow
from chalicelib.store.rows.handoffs import HandoffRow
from infra.local.rehearsal_model import RehearsalModel
from tests.support.builders import ACME, START, a_handoff, a_snapshot, an_escalated_session
from tests.support.dynamodb.stream_harness import StreamHarness
from tests.support.dynamodb.stream_records import row_of
from tests.support.dynamodb.stream_simulator import sequence_numbers


def case(number: int) -> HandoffDetail:
    """A handoff as it is born, at the story's start."""
    return a_handoff(
        id=f"019ab000-0000-7000-8000-a{number:011d}",
        session_id=f"019ab000-0000-7000-8000-b{number:011d}",
        snapshot=a_snapshot(problem_summary=f"Case {number:03d}: no sound"),
        created_at=START,
        updated_at=START,
        pending_since=START,
        due_at=START + ASK_AGAIN_AFTER,
        priority=Priority.LOW,  # its next step is hours away
        ladder_start=START,
        level=0,
        round=0,
    )


def hand_off(handoff: HandoffDetail) -> HandoffDetail:
    """Write the handoff and its session, as if it had just been handed off."""
    session = an_escalated_session(id=handoff.session_id, open_handoff_id=handoff.id, newest_handoff_id=handoff.id)
    sessions.create(session, None)
    row_of(handoff).save()
    snapshot_part(handoff, None).save()
    return handoff


def types_in_feed() -> dict[str, list[str]]:
    """What the account's feed tells of each handoff, in order."""
    feed: dict[str, list[str]] = {}
    for event in _events():
        feed.setdefault(event["handoff_id"], []).append(event["type"])
    return feed


def rung_at(harness: StreamHarness, handoff: HandoffDetail) -> float:
    """When the first feed told of a handoff, in simulated seconds after the story's start."""
    puts = [(at, asked["Item"]) for at, operation, asked in harness.writes if operation == "PutItem"]
    return min(at for at, item in puts if "event" in item and item["event"]["M"]["handoff_id"]["S"] == handoff.id)


def assessed_at(harness: StreamHarness) -> list[float]:
    """When answers of the AI were stored."""
    return [at for at, operation, asked in harness.writes if operation == "UpdateItem" and "improvement" in str(asked)]


def now(handoff: HandoffDetail) -> HandoffDetail:
    """The handoff as it stands."""
    return handoffs.load_detail(ACME, handoff.session_id, handoff.id)


def statuses(born: list[HandoffDetail]) -> Counter[str]:
    """How many of the handoffs are assessed, wait, or are marked."""
    return Counter(now(handoff).assessment_status.value for handoff in born)


def paid_calls(model: RehearsalModel, handoff: HandoffDetail) -> int:
    """How often the model was asked about a handoff."""
    said = handoff.snapshot.problem_summary
    return sum(said in request.asked.last_text for request in model.rehearsal.received)


def package_of(handoff: HandoffDetail) -> EscalationPackage:
    """The package of the handoff's session."""
    package = read_package(sessions.load(ACME, handoff.session_id))
    assert package
    return package


def spoil(handoff: HandoffDetail) -> None:
    """Break the handoff's row so that no code of ours can read it."""
    HandoffRow(ACME, handoff.id).update([HandoffRow.status.remove()])


def event_ids() -> set[str]:
    """The ids of all events in the account's feed."""
    return {event["id"] for event in _events()}


def events_put_aside(harness: StreamHarness) -> set[str]:
    """The ids of the events that an operator finds by what announce's queue of dead letters names."""
    numbers = set(sequence_numbers(harness.announce.discarded))
    images = [record.body["dynamodb"]["NewImage"] for record in harness.records if record.sequence_number in numbers]
    changes = {(image["handoff_id"]["S"], int(image["version"]["N"])) for image in images}
    return {event["id"] for event in _events() if (event["handoff_id"], event["version"]) in changes}


def _events() -> list[dict[str, Any]]:
    return [row.event.as_dict() for row in FeedRow.query(ACME)]


def published_ids() -> set[str]:
    """The ids of all events that the topic was given."""
    topics = get_backend("sns")[DEFAULT_ACCOUNT_ID]["us-east-1"].topics
    sent = topics[settings().events_topic_arn].sent_notifications
    return {json.loads(notification[1])["id"] for notification in sent}
