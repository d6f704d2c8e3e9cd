"""Which rows the sparse indexes hold, after each change of a handoff."""

from collections.abc import Callable

import pytest

from chalicelib.domain.assessment import AssessmentError
from chalicelib.store import assessments, handoff_transitions, session_endings
from chalicelib.store.keys import shard_of
from chalicelib.store.rows.handoffs import HandoffRow
from chalicelib.store.rows.sessions import SessionRow
from tests.support.builders import ACME, HANDOFF_ID, JANE, SAM, SESSION_ID, SUMMARY, minute
from tests.support.scenarios import store
from tests.support.scenarios.store import (
    assessed,
    claimed,
    handed_off,
    handoff_now,
    in_work,
    parked,
    row_now,
    session_now,
)

pytestmark = pytest.mark.usefixtures("tables")

SECOND_ID = "019ab000-0000-7000-8000-00000000000b"
SHARD = shard_of(HANDOFF_ID)


def withdrawn() -> None:
    handed_off()
    handoff_transitions.mark_withdrawn(SESSION_ID, HANDOFF_ID, JANE, minute(15))


def released() -> None:
    held = claimed()
    handoff_transitions.mark_released(held, held, SAM, minute(25))


def released_after_parking() -> None:
    parked()
    handoff_transitions.mark_claimed(SESSION_ID, HANDOFF_ID, SAM, minute(20))
    handoff_transitions.mark_released(handoff_now(), handoff_now(), SAM, minute(25))


def passed_on() -> None:
    claimed()
    store.passed_on(SECOND_ID)


def resolved() -> None:
    held, session = claimed(), session_now()
    session_endings.mark_resolved(session, held, None, session.resolved("Done.", None, at=minute(40)), SAM)


def ready() -> None:
    handed_off()
    assessed()


def leased() -> None:
    handed_off()
    assessments.take_lease(ACME, HANDOFF_ID, "lease", minute(11), minute(16))


def unavailable() -> None:
    leased()
    assessments.store_unavailable(ACME, HANDOFF_ID, "lease", AssessmentError.TIMEOUT, minute(12))


def given_up() -> None:
    leased()
    assert assessments.give_up(row_now(), row_now(), 1, minute(30))


def asked_again() -> None:
    unavailable()
    assessments.ask_again(handoff_now(), JANE.person, minute(30))


def asked_by_the_clock() -> None:
    handed_off()
    assert assessments.ask_overdue_again(row_now(), row_now(), minute(30))


Change = Callable[[], object]


@pytest.mark.parametrize(
    ("change", "waiting"),
    [
        (in_work, []),
        (handed_off, [HANDOFF_ID]),
        (parked, []),
        (claimed, []),
        (withdrawn, []),
        (released, [HANDOFF_ID]),
        (released_after_parking, []),
        (passed_on, [SECOND_ID]),
        (resolved, []),
        (ready, [HANDOFF_ID]),
    ],
)
def test_queue_holds_what_waits_for_a_senior(change: Change, waiting: list[str]) -> None:
    change()

    assert [row.handoff_id for row in HandoffRow.queue.query(ACME)] == waiting


@pytest.mark.parametrize(
    ("change", "pending"),
    [
        (handed_off, [HANDOFF_ID]),
        (parked, [HANDOFF_ID]),
        (leased, [HANDOFF_ID]),
        (claimed, [HANDOFF_ID]),
        (withdrawn, []),
        (resolved, []),
        (ready, [HANDOFF_ID]),
        (unavailable, [HANDOFF_ID]),
        (given_up, [HANDOFF_ID]),
        (asked_again, [HANDOFF_ID]),
        (asked_by_the_clock, [HANDOFF_ID]),
    ],
)
def test_agenda_holds_a_handoff_while_it_has_a_due_time(change: Change, pending: list[str]) -> None:
    change()

    assert [row.handoff_id for row in HandoffRow.agenda.query(SHARD)] == pending


@pytest.mark.parametrize(
    ("change", "holders"),
    [
        (in_work, []),
        (handed_off, []),
        (claimed, [SAM]),
        (withdrawn, [JANE]),
        (released, []),
        (passed_on, []),
        (resolved, [SAM]),
    ],
)
def test_session_is_found_by_who_took_it_over(change: Change, holders: list[object]) -> None:
    change()

    found = [who for who in (JANE, SAM) if list(SessionRow.by_holder.query(f"{ACME}#{who.id}"))]
    assert found == holders


@pytest.mark.parametrize("change", [in_work, handed_off, claimed, withdrawn, released, passed_on, resolved])
def test_session_is_always_found_by_its_owner(change: Change) -> None:
    change()

    assert [row.session_id for row in SessionRow.by_owner.query(f"{ACME}#{JANE.id}")] == [SESSION_ID]


def test_place_in_the_queue_is_the_same_after_a_release() -> None:
    handed_off()
    place = next(iter(HandoffRow.queue.query(ACME))).queue_order
    handoff_transitions.mark_claimed(SESSION_ID, HANDOFF_ID, SAM, minute(20))

    handoff_transitions.mark_released(handoff_now(), handoff_now(), SAM, minute(25))

    assert next(iter(HandoffRow.queue.query(ACME))).queue_order == place


def test_agenda_holds_nothing_but_keys() -> None:
    handed_off()

    row = next(iter(HandoffRow.agenda.query(SHARD)))

    image = row.serialize(null_check=False)
    assert image.keys() - {"layout"} == {"account_id", "handoff_id", "shard", "due_at"}


@pytest.mark.parametrize(("index", "key"), [("by_session", f"{ACME}#{SESSION_ID}"), ("by_sender", f"{ACME}#{JANE.id}")])
def test_lists_of_handoffs_hold_nothing_but_keys(index: str, key: str) -> None:
    handed_off()

    (row,) = getattr(HandoffRow, index).query(key)

    assert (row.handoff_id, row.status, row.title) == (HANDOFF_ID, None, None)


def test_queue_carries_what_it_shows_and_no_more() -> None:
    handed_off()

    row = next(iter(HandoffRow.queue.query(ACME)))

    image = row.serialize(null_check=False)
    assert image["summary_start"] == {"S": SUMMARY}
    assert image.keys().isdisjoint({"title", "actor", "snapshot"})
