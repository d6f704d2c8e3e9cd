"""Which rows the sparse indexes hold, after each change of a handoff."""

from collections.abc import Callable

import pytest

from chalicelib.domain.assessment import AssessmentError
from chalicelib.store import assessments, handoff_creation, handoff_transitions
from chalicelib.store.keys import PENDING
from chalicelib.store.rows import HandoffRow, SessionRow
from tests.support.builders import ACME, HANDOFF_ID, JANE, SAM, SESSION_ID, a_handoff, a_package, minute
from tests.support.store_scenarios import assessed, claimed, handed_off, handoff_now, in_work, parked, session_now

pytestmark = pytest.mark.usefixtures("tables")

SECOND_ID = "019ab000-0000-7000-8000-00000000000b"


def withdrawn() -> None:
    handed_off()
    handoff_transitions.mark_withdrawn(SESSION_ID, HANDOFF_ID, JANE, minute(15))


def released() -> None:
    handoff_transitions.mark_released(claimed(), "", SAM, minute(25))


def released_after_parking() -> None:
    parked()
    handoff_transitions.mark_claimed(SESSION_ID, HANDOFF_ID, SAM, minute(20))
    handoff_transitions.mark_released(handoff_now(), "", SAM, minute(25))


def passed_on() -> None:
    claimed()
    handed_on = a_handoff(id=SECOND_ID, sender=SAM.person, claim_epoch=4)
    handoff_creation.open_handoff(session_now(), handed_on, a_package(handoff_id=SECOND_ID), None)


def resolved() -> None:
    held, session = claimed(), session_now()
    handoff_transitions.mark_resolved(session, held, None, session.resolved("Done.", None, at=minute(40)), SAM)


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
    handed_off()
    assessments.give_up(ACME, HANDOFF_ID, 0, minute(30))


def asked_again() -> None:
    unavailable()
    assessments.ask_again(handoff_now(), JANE.person, minute(30))


def swept() -> None:
    handed_off()
    assert assessments.ask_overdue_again(ACME, HANDOFF_ID, minute(25), minute(30))


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
def test_the_queue_holds_what_waits_for_a_senior(change: Change, waiting: list[str]) -> None:
    change()

    assert [row.handoff_id for row in HandoffRow.queue.query(ACME)] == waiting


@pytest.mark.parametrize(
    ("change", "pending"),
    [
        (handed_off, [HANDOFF_ID]),
        (parked, [HANDOFF_ID]),
        (leased, [HANDOFF_ID]),
        (claimed, [HANDOFF_ID]),
        (withdrawn, [HANDOFF_ID]),
        (ready, []),
        (unavailable, []),
        (given_up, []),
        (asked_again, [HANDOFF_ID]),
        (swept, [HANDOFF_ID]),
    ],
)
def test_what_is_pending_is_found_until_there_is_an_outcome(change: Change, pending: list[str]) -> None:
    change()

    assert [row.handoff_id for row in HandoffRow.pending.query(PENDING)] == pending


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
def test_a_session_is_found_by_who_took_it_over(change: Change, holders: list[object]) -> None:
    change()

    found = [who for who in (JANE, SAM) if list(SessionRow.by_holder.query(f"{ACME}#{who.id}"))]
    assert found == holders


@pytest.mark.parametrize("change", [in_work, handed_off, claimed, withdrawn, released, passed_on, resolved])
def test_a_session_is_always_found_by_its_owner(change: Change) -> None:
    change()

    assert [row.session_id for row in SessionRow.by_owner.query(f"{ACME}#{JANE.id}")] == [SESSION_ID]


def test_the_place_in_the_queue_is_the_same_after_a_release() -> None:
    handed_off()
    place = next(iter(HandoffRow.queue.query(ACME))).queue_order
    handoff_transitions.mark_claimed(SESSION_ID, HANDOFF_ID, SAM, minute(20))

    handoff_transitions.mark_released(handoff_now(), "", SAM, minute(25))

    assert next(iter(HandoffRow.queue.query(ACME))).queue_order == place


def test_the_index_of_what_is_pending_holds_nothing_but_keys() -> None:
    handed_off()

    row = next(iter(HandoffRow.pending.query(PENDING)))

    assert row.serialize(null_check=False).keys() == {"account_id", "handoff_id", "pending_key", "pending_since"}


def test_the_queue_carries_no_snapshot() -> None:
    handed_off()

    assert next(iter(HandoffRow.queue.query(ACME))).snapshot is None
