"""What is stored, in the words of the reference, so that the two can be compared; and the tables emptied."""

from datetime import datetime
from typing import Any

from chalicelib.domain.events import Event, EventType, events_between
from chalicelib.domain.handoff_detail import HandoffDetail
from chalicelib.domain.session import Session
from chalicelib.store.handoff_rows import Parts, handoff_in, to_detail
from chalicelib.store.keys import ASSESSMENT, DETAIL
from chalicelib.store.rows.handoffs import HandoffRow
from chalicelib.store.session_rows import session_in
from tests.stateful.reference_state import PlainHandoff, PlainSession, Turn
from tests.stateful.reference_timing import minutes_since_start
from tests.support.builders import START
from tests.support.tables import PREFIX, forget_history, moto_tables

Facts = dict[str, object]


def empty() -> None:
    """Forget every item of every table."""
    for table in moto_tables().values():
        table.items.clear()
    forget_history()


def sessions() -> list[Session]:
    """Every session, read from its two items."""
    images = _images("sessions")
    ids = sorted(image["session_id"]["S"] for image in images if DETAIL not in image["session_id"]["S"])
    assert len(images) == 2 * len(ids)
    return [found[0] for id_ in ids if (found := session_in(images, id_))]


def handoffs() -> list[HandoffDetail]:
    """Every handoff with its parts."""
    parts: dict[str, list[dict[str, Any]]] = {}
    for image in _images("handoff_parts"):
        parts.setdefault(image["handoff_key"]["S"].rpartition("#")[2], []).append(image)
    rows = sorted((HandoffRow.from_raw_data(image) for image in _images("handoffs")), key=lambda row: row.handoff_id)
    return [to_detail(row, Parts(parts[row.handoff_id])) for row in rows]


def turns() -> dict[str, list[tuple[int, Turn]]]:
    """Every turn with its number, by the session it belongs to."""
    found: dict[str, list[tuple[int, Turn]]] = {}
    for image in _images("turns"):
        _, session_id, *marks = image["session_key"]["S"].split("#")
        if not marks:
            author = image["author"]["M"]["id"]["S"]
            text = "" if author == "assistant" else image["action" if "action" in image else "text"]["S"]
            turn = Turn(author, int(image["epoch"]["N"]), image["kind"]["S"], text, "struck" in image)
            found.setdefault(session_id, []).append((int(image["seq"]["N"]), turn))
    return {session_id: sorted(numbered) for session_id, numbered in found.items()}


def held_by_key() -> dict[str, str]:
    """Who holds which session by the sparse key of the index."""
    return _keyed("sessions", "session_id", "holder_key")


def waiting_by_key() -> set[str]:
    """The handoffs that the index of the queue has."""
    return set(_keyed("handoffs", "handoff_id", "queue_order"))


def due_by_key() -> dict[str, float]:
    """The handoffs that the agenda has, and when they are due, in minutes since the start."""
    images = [image for image in _images("handoffs") if {"shard", "due_at"} <= image.keys()]
    return {image["handoff_id"]["S"]: (int(image["due_at"]["N"]) - START.timestamp()) / 60 for image in images}


class ToldByClock:
    """What the clock has told of each handoff, from the images of its changes, each read once."""

    def __init__(self) -> None:
        self.by_handoff: dict[str, list[tuple[object, ...]]] = {}
        self._read = 0

    def read_on(self) -> None:
        """Read the changes since the last time."""
        records = moto_tables()[f"{PREFIX}handoffs"].stream_shard.items
        for record in records[self._read :]:
            change = record.record["dynamodb"]
            if old := change.get("OldImage"):
                for event in events_between(handoff_in(old), handoff_in(change["NewImage"])):
                    self._see(event)
        self._read = len(records)

    def _see(self, event: Event) -> None:
        place = (event.data["round"], event.data["level"]) if event.data["level"] is not None else (None, None)
        is_told = event.type in (EventType.OVERDUE, EventType.RETURNED) or event.data.get("because") == "time"
        if is_told or event.type is EventType.IDLE:
            said = (event.type.value, *place) if is_told else (event.type.value,)
            self.by_handoff.setdefault(str(event.handoff_id), []).append(said)


def leases() -> dict[str, str]:
    """The run that has the lease of each handoff's assessment."""
    parts = [image for image in _images("handoff_parts") if image["part"]["S"] == ASSESSMENT]
    return {
        image["handoff_key"]["S"].rpartition("#")[2]: image["lease_id"]["S"] for image in parts if "lease_id" in image
    }


def _keyed(suffix: str, key: str, sparse: str) -> dict[str, str]:
    return {image[key]["S"]: image[sparse]["S"] for image in _images(suffix) if sparse in image}


def _images(suffix: str) -> list[dict[str, Any]]:
    """Every item of a table, read from moto itself: asked through the client it would take most of the time."""
    return [item.to_json()["Attributes"] for item in moto_tables()[PREFIX + suffix].all_items()]


def facts_of_session(session: Session, handed: list[HandoffDetail]) -> Facts:
    package = next((one.package for one in handed if one.id == session.newest_handoff_id), None)
    return {
        "id": session.id,
        "owner": session.owner.id,
        "holder": session.holder.id if session.holder else None,
        "status": session.status.value,
        "epoch": session.epoch,
        "turns": session.turn_count,
        "steps": session.step_count,
        "open": session.open_handoff_id,
        "package of": package.handoff_id if package else None,
        "package is enriched": package.is_enriched if package else False,
        "priority of package": package.priority if package else None,
        "steps of package": len(package.steps_tried) if package else None,
        "held by": session.held_by,
        "resolution": session.resolution,
        "is closed": session.resolved_at is not None,
        "summary": session.problem_summary,
        "revision": session.revision,
    }


def facts_by_rules(session: PlainSession) -> Facts:
    newest = session.package_of
    return {
        "id": session.id,
        "owner": session.owner,
        "holder": session.holder,
        "status": session.status,
        "epoch": session.epoch,
        "turns": len(session.turns),
        "steps": sum(turn.kind == "step" for turn in session.turns),
        "open": session.open.id if session.open else None,
        "package of": newest.id if newest else None,
        "package is enriched": session.package_is_enriched,
        "priority of package": newest.priority if newest else None,
        "steps of package": sum(turn.kind == "step" and not turn.is_struck for turn in newest.turns_seen)
        if newest
        else None,
        "held by": session.held_by,
        "resolution": session.resolution,
        "is closed": session.status == "resolved",
        "summary": session.summary,
        "revision": session.revision,
    }


def facts_of_handoff(handoff: HandoffDetail) -> Facts:
    return {
        "id": handoff.id,
        "session": handoff.session_id,
        "intent": handoff.intent.value,
        "priority": handoff.priority.value,
        "sender": handoff.sender.id,
        "status": handoff.status.value,
        "claimer": handoff.claimed_by.id if handoff.claimed_by else None,
        "is claimed": handoff.claimed_at is not None,
        "epoch": handoff.claim_epoch,
        "steps": [step.seq for step in handoff.snapshot.steps],
        "messages": [message.seq for message in handoff.snapshot.messages],
        "advice": handoff.assessment_status.value,
        "has advice": handoff.assessment is not None,
        "has reason": handoff.assessment_error is not None,
        "verdict": handoff.verdict.value if handoff.verdict else None,
        **_timing(handoff),
    }


def _timing(handoff: HandoffDetail) -> Facts:
    """The facts that the clock acts on; none of a closed handoff."""
    if not handoff.is_open:
        return {}
    return {
        "to": handoff.to.id if handoff.to else None,
        "directed until": _minutes(handoff.directed_until),
        "place": None if handoff.level is None else (handoff.round, handoff.level),
        "asked at": _minutes(handoff.asked_at),
        "waiting until": _minutes(handoff.waiting.until if handoff.waiting else None),
        "kept at": _minutes(handoff.kept_at),
        "advice since": _minutes(handoff.pending_since),
    }


def _minutes(at: datetime | None) -> int | None:
    return None if at is None else minutes_since_start(at)


def facts_of_handoff_by_rules(handoff: PlainHandoff) -> Facts:
    return {
        "id": handoff.id,
        "session": handoff.session.id,
        "intent": handoff.intent,
        "priority": handoff.priority,
        "sender": handoff.sender,
        "status": handoff.status,
        "claimer": handoff.claimer,
        "is claimed": handoff.claimer is not None,
        "epoch": handoff.epoch,
        "steps": [seq for seq, turn in enumerate(handoff.turns_seen, 1) if turn.kind == "step"],
        "messages": [seq for seq, turn in enumerate(handoff.turns_seen, 1) if turn.kind == "message"],
        "advice": handoff.advice,
        "has advice": handoff.advice == "ready",
        "has reason": handoff.advice == "unavailable",
        "verdict": handoff.verdict,
        **_timing_by_rules(handoff),
    }


def _timing_by_rules(handoff: PlainHandoff) -> Facts:
    timing = handoff.timing
    if not handoff.is_open:
        return {}
    return {
        "to": timing.to,
        "directed until": timing.directed_until,
        "place": timing.place,
        "asked at": timing.asked_at,
        "waiting until": timing.waiting_until,
        "kept at": timing.kept_at,
        "advice since": handoff.advice_since if handoff.advice == "pending" else None,
    }
