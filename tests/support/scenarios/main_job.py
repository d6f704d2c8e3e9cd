"""The main job, played once: Jane works a case, hands it off; Sam picks it up and solves it; all of it over HTTP."""

from dataclasses import dataclass

from infra.local.api import Api, Json
from tests.support.scenarios.http import (
    a_handoff,
    a_session,
    a_step,
    claimed,
    queue_of,
    rang,
    read_again,
    refused,
    settled,
)
from tests.support.stack.event_listener import Listener
from tests.support.waiting import eventually

STEPS = (
    ("Restarted the print spooler on the server", "no_effect"),
    ("Printed a test page from the server itself", "narrowed"),
    ("Pinged the printers from the old subnet", "unclear"),
)
RESOLUTION = "The printers had no route back to the new subnet; added it on the Bristol gateway."


@dataclass(frozen=True)
class Story:
    """What the people saw, in the order in which they saw it."""

    session: Json
    exchange: Json
    handoff: Json
    assessed: Json
    sams_bell: Json
    sams_queue: list[str]
    receipt: Json
    repeated: Json
    answer_to_alex: Json
    taken_over: Json
    turns: Json
    answer_to_jane: Json
    resolved: Json
    in_the_end: Json
    feed: list[Json]
    sent: dict[str, Json]


def play(jane: Api, sam: Api, alex: Api, listener: Listener) -> Story:
    """Tell the story. Raises Refused where it does not go on."""
    session = a_session(jane)
    path = f"/sessions/{session['id']}"
    said = {"text": "It works from the server room.", "epoch": session["epoch"]}
    exchange = jane.post(f"{path}/messages", said)
    for action, result in STEPS:
        a_step(jane, session, action, result)
    handoff = a_handoff(jane, session, priority="urgent")
    sams_bell = rang(sam, handoff, "handoff_created")
    sams_queue = queue_of(sam)
    assessed = settled(sam, handoff)
    receipt = claimed(sam, handoff)
    repeated = claimed(sam, handoff)
    with refused(409, "already_claimed") as answer_to_alex:
        claimed(alex, handoff)
    taken_over, turns = sam.get(path), sam.get(f"{path}/turns")
    with refused(409, "stale_epoch") as answer_to_jane:
        a_step(jane, session, "Restarted the spooler once more")
    a_step(sam, taken_over, "Added the route on the gateway", "fixed")
    verdict = {"resolution": RESOLUTION, "assessment_verdict": "partly", "epoch": taken_over["epoch"]}
    resolved = sam.post(f"{path}/resolve", verdict)
    feed = whole_feed(jane, handoff)
    sent = {event["type"]: listener.hear(handoff["id"], event["type"]) for event in feed}
    return Story(
        session=session,
        exchange=exchange,
        handoff=handoff,
        assessed=assessed,
        sams_bell=sams_bell,
        sams_queue=sams_queue,
        receipt=receipt,
        repeated=repeated,
        answer_to_alex=answer_to_alex,
        taken_over=taken_over,
        turns=turns,
        answer_to_jane=answer_to_jane,
        resolved=resolved,
        in_the_end=read_again(jane, handoff),
        feed=feed,
        sent=sent,
    )


def whole_feed(by: Api, handoff: Json) -> list[Json]:
    """The handoff's events in the account's feed, once it was resolved."""

    def look() -> list[Json] | None:
        events = [event for event in by.get("/feed")["items"] if event["handoff_id"] == handoff["id"]]
        return events if "handoff_resolved" in {event["type"] for event in events} else None

    return eventually(look, "the end of the feed")
