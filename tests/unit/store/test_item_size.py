"""The fullest rows that the contracts allow stay under the 400 KB at which DynamoDB refuses an item, and lists of them
under the 6 MB at which Lambda refuses an answer.
"""

import json
from collections.abc import Sequence
from typing import Any

import pytest

from chalicelib.adapters.ai.assessment_answer import MAX_RULED_OUT, MAX_STEPS
from chalicelib.contracts.handoff_view import HandoffListView, HandoffView
from chalicelib.contracts.views import ListView, TurnListView
from chalicelib.domain.assessment import Assessment, RuledOut
from chalicelib.domain.escalation_package import PackageImprovement
from chalicelib.domain.handoff_detail import HandoffDetail
from chalicelib.domain.pagination import PageRequest
from chalicelib.domain.session import Session
from chalicelib.domain.snapshot import take_snapshot
from chalicelib.domain.turn import Message, Step
from chalicelib.store import handoffs, turns
from chalicelib.store.handoff_rows import new_row, snapshot_part
from chalicelib.store.keys import ASSESSMENT, session_key
from chalicelib.store.mapping import to_document, turn_row
from chalicelib.store.rows.handoff_parts import AssessmentPartRow
from chalicelib.store.rows.row import Row
from chalicelib.store.session_rows import new_rows
from tests.support.assessments import a_suggestion, an_assessment
from tests.support.builders import ACME, SESSION_ID, a_claimed_handoff, a_message, a_note, a_session, a_step, minute

ITEM_BYTES = 400 * 1024
ANSWER_BYTES = 6 * 1024 * 1024
ROOM_FOR_KEYS = 20 * 1024
"""For what an item holds beside its value: keys, a lease, digests."""

WIDE = "\U0001f4a5"
PARAGRAPH, LONG_TEXT, SENTENCE = WIDE * 2_000, WIDE * 10_000, WIDE * 300

BETTER = PackageImprovement(
    summary=WIDE * 1_200, likely_cause=SENTENCE, recommended_next_steps=tuple([SENTENCE] * MAX_STEPS)
)
SHORT_STEPS = [a_step(seq, "x") for seq in range(500, 0, -1)]
LONG_STEPS = [a_step(seq, PARAGRAPH) for seq in range(60, 0, -1)]
LONG_MESSAGES = [a_message(seq, LONG_TEXT) for seq in range(60, 0, -1)]
FULLEST = [SHORT_STEPS, LONG_STEPS, LONG_MESSAGES]


def fullest_assessment() -> Assessment:
    every_step = tuple(range(1, 501))
    return an_assessment(
        likely_cause=SENTENCE,
        ruled_out=tuple(RuledOut(cause=SENTENCE, evidence=every_step) for _ in range(MAX_RULED_OUT)),
        suggested_steps=tuple(a_suggestion(SENTENCE, why=SENTENCE, evidence=every_step) for _ in range(MAX_STEPS)),
    )


def fullest_handoff(newest: Sequence[Message | Step]) -> HandoffDetail:
    """A handoff at the end of its life, every text of it as long as it may be."""
    session = a_session(problem_summary=PARAGRAPH, turn_count=len(newest))
    return a_claimed_handoff(
        snapshot=take_snapshot(session, newest, a_note(len(newest) + 1, LONG_TEXT), at=minute(10)),
        release_note=LONG_TEXT,
        assessment=fullest_assessment(),
    )


def fullest_session() -> Session:
    """The session of that handoff, closed."""
    return a_session(problem_summary=PARAGRAPH, problem_domain=WIDE * 200, resolution=LONG_TEXT, root_cause=LONG_TEXT)


def rows_of(handoff: HandoffDetail) -> list[Row]:
    """Every item that the handoff and its session are kept in."""
    answer: dict[str, Any] = {
        "assessment": to_document(fullest_assessment()),
        "improvement": to_document(BETTER),
    }
    return [
        new_row(handoff),
        snapshot_part(handoff, None),
        AssessmentPartRow("acme#h", ASSESSMENT, **answer),
        *new_rows(fullest_session(), None),
    ]


def wire_bytes(row: Row) -> int:
    """How much the row takes as it is sent, which is more than DynamoDB counts."""
    return len(json.dumps(row.serialize(null_check=False), ensure_ascii=False).encode())


@pytest.mark.parametrize("newest", FULLEST, ids=["short steps", "steps", "messages"])
def test_fullest_rows_fit(newest: list[Message | Step]) -> None:
    handoff = fullest_handoff(newest)

    assert all(wire_bytes(row) < ITEM_BYTES - ROOM_FOR_KEYS for row in rows_of(handoff))


def answer_bytes(view: ListView) -> int:
    """How much Lambda is handed: the body as a string of JSON, in which Python 3.11 writes all in ASCII."""
    return len(json.dumps({"body": view.model_dump_json(by_alias=True)}))


def handoff_list(listed: Sequence[HandoffDetail]) -> HandoffListView:
    return HandoffListView(items=[HandoffView.of(handoff, None) for handoff in listed], next_cursor=None)


def test_fullest_list_is_answered_part_by_part(tables: None) -> None:
    fullest = fullest_handoff(LONG_STEPS)
    for number in range(40):
        one = fullest.model_copy(update={"id": f"handoff-{number:02}", "created_at": minute(number)})
        new_row(one).save()
        snapshot_part(one, None).save()

    first = handoffs.list_of_session(ACME, SESSION_ID, PageRequest(100))
    second = handoffs.list_of_session(ACME, SESSION_ID, PageRequest(100, first.next_cursor))

    assert answer_bytes(handoff_list(first.items)) < ANSWER_BYTES < answer_bytes(handoff_list([fullest] * 40))
    listed = [handoff.id for handoff in (*first.items, *second.items)]
    assert listed == [f"handoff-{number:02}" for number in reversed(range(40))][: len(listed)]
    assert len(first.items) < len(listed) < 40


def test_longest_messages_are_answered_part_by_part(tables: None) -> None:
    longest = [a_message(seq, LONG_TEXT) for seq in range(1, 101)]
    for one in longest:
        turn_row(session_key(ACME, SESSION_ID), one).save()

    parts = [turns.list_in_order(ACME, SESSION_ID, PageRequest(100))]
    while parts[-1].next_cursor:
        parts.append(turns.list_in_order(ACME, SESSION_ID, PageRequest(100, parts[-1].next_cursor)))

    views = [TurnListView(items=part.items, next_cursor=part.next_cursor) for part in parts]
    assert all(answer_bytes(view) < ANSWER_BYTES for view in views)
    assert [turn.seq for part in parts for turn in part.items] == list(range(1, 101))
