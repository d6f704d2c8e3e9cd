"""The main job on the deployed stack, with real tokens, the real stream and the rehearsal model."""

import json

import pytest

from infra.local.api import Api
from tests.support.scenarios.http import TICKET, bell_of, queue_of
from tests.support.scenarios.main_job import RESOLUTION, STEPS, Story, play
from tests.support.stack.event_listener import Listener

TITLE = f"Escalation from Jane Cooper · #{TICKET}: Nobody in the Bristol office can print since the print server was…"


@pytest.fixture(scope="module")
def story(jane: Api, sam: Api, alex: Api, listener: Listener) -> Story:
    return play(jane, sam, alex, listener)


def test_assistant_replies_in_the_session(story: Story) -> None:
    assert story.exchange["reply_status"] == "ready"
    assert story.exchange["reply"]["author"]["kind"] == "assistant"


def test_handoff_freezes_what_was_tried(story: Story) -> None:
    assert [(step["action"], step["result"]) for step in story.handoff["snapshot"]["steps"]] == list(STEPS)


def test_handoff_answers_before_the_ai_does(story: Story) -> None:
    assert story.handoff["assessment_status"] == "pending"


def test_assessment_arrives_and_points_at_steps_of_the_snapshot(story: Story) -> None:
    known = {step["seq"] for step in story.handoff["snapshot"]["steps"]}
    cited = {seq for step in story.assessed["ai_assessment_data"]["suggested_steps"] for seq in step["evidence"]}

    assert story.assessed["assessment_status"] == "ready"
    assert cited <= known


def test_assessment_is_labeled_as_rehearsed(story: Story) -> None:
    assert story.assessed["ai_assessment_data"]["model"] == "rehearsal-1"


def test_senior_is_notified_with_the_title(story: Story) -> None:
    assert story.sams_bell["title"] == TITLE


def test_queue_of_a_senior_shows_the_handoff(story: Story) -> None:
    assert story.handoff["id"] in story.sams_queue


def test_receipt_names_the_winner(story: Story) -> None:
    assert (story.receipt["status"], story.receipt["claimed_by"]["name"]) == ("claimed", "Sam Rivera")


def test_repeated_claim_returns_the_same_receipt(story: Story) -> None:
    assert story.repeated == story.receipt


def test_loser_is_told_who_won_and_when(story: Story) -> None:
    winner = {name: story.answer_to_alex[name] for name in ("claimed_by", "claimed_at")}

    assert winner == {name: story.receipt[name] for name in winner}


def test_winner_holds_the_session_in_a_new_epoch(story: Story) -> None:
    assert story.taken_over["escalated_to_id"] == story.receipt["claimed_by"]["id"]
    assert story.taken_over["epoch"] == story.session["epoch"] + 2


def test_winner_reads_everything_that_was_said_and_tried(story: Story) -> None:
    kinds = [turn["kind"] for turn in story.turns["items"]]

    assert kinds == ["message", "message", *["step"] * len(STEPS), "note"]


def test_sender_with_a_stale_epoch_is_refused(story: Story) -> None:
    assert story.answer_to_jane["current_epoch"] == story.taken_over["epoch"]


def test_escalation_package_names_the_handoff_and_is_enriched(story: Story) -> None:
    package = story.taken_over["escalation_package"]

    assert (package["handoff_id"], package["is_enriched"]) == (story.handoff["id"], True)
    assert package["recommended_next_steps"] != []


def test_session_and_handoff_end_resolved_with_the_verdict(story: Story) -> None:
    assert (story.resolved["status"], story.resolved["resolution"]) == ("resolved", RESOLUTION)
    judged = {"value": "partly", "reopened": False}
    assert (story.in_the_end["status"], story.in_the_end["assessment_verdict"]) == ("resolved", judged)


def test_feed_lists_each_event_once_in_order(story: Story) -> None:
    assert [event["type"] for event in story.feed] == [
        "handoff_created",
        "handoff_assessment_ready",
        "handoff_claimed",
        "handoff_resolved",
    ]


def test_sender_has_one_notification_which_tells_the_newest(story: Story, jane: Api) -> None:
    assert [(item["type"], item["state"]) for item in bell_of(jane, story.handoff)] == [
        ("handoff_resolved", "resolved")
    ]


def test_topic_carries_the_same_events_as_the_feed(story: Story) -> None:
    assert [json.loads(story.sent[event["type"]]["Message"]) for event in story.feed] == story.feed


def test_messages_of_the_topic_can_be_filtered_by_their_attributes(story: Story) -> None:
    attributes = story.sent["handoff_created"]["MessageAttributes"]

    assert {name: attribute["Value"] for name, attribute in attributes.items()} == {
        "type": "handoff_created",
        "account_id": "acme",
        "priority": "urgent",
    }


def test_resolved_handoff_is_not_in_the_queue(story: Story, sam: Api) -> None:
    assert story.handoff["id"] not in queue_of(sam)
