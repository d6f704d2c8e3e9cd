from collections.abc import Callable

import pytest
from hypothesis import given
from hypothesis import strategies as st

from chalicelib.domain.events import Event, EventType
from chalicelib.domain.handoff import Handoff, HandoffStatus, TicketNotesStatus
from chalicelib.domain.handoff_detail import TicketNotes
from chalicelib.domain.people import Person
from chalicelib.domain.ticket_note_ledger import NOTED, TicketNoteLedger
from tests.support.builders import ALEX, a_claimed_handoff, a_handoff, an_event, minute

CREATED, CLAIMED, RESOLVED = (
    an_event(kind, id=kind.value, occurred_at=minute(number))
    for number, kind in enumerate((EventType.CREATED, EventType.CLAIMED, EventType.RESOLVED))
)
EVENTS = (CREATED, CLAIMED, RESOLVED)

Step = Callable[[TicketNoteLedger], TicketNoteLedger]


def steps_of(event: Event) -> list[Step]:
    """What may happen to a ledger because of an event."""
    return [
        lambda ledger: ledger.expecting(event).taken_up(),
        lambda ledger: ledger.sent(event.id, f"note of {event.id}"),
        lambda ledger: ledger.failed(event.id, "refused"),
        lambda ledger: ledger.put_off(event.id, "busy"),
        lambda ledger: ledger.given_up("gone"),
        lambda ledger: ledger.taken_up().waiting("keys refused"),
        lambda ledger: ledger.abandoned(event, "given up"),
        lambda ledger: ledger.asked_again(minute(9)),
    ]


ledgers = st.lists(st.sampled_from([step for event in EVENTS for step in steps_of(event)]), max_size=12).map(
    lambda steps: a_ledger(*steps)
)


def a_ledger(*steps: Step) -> TicketNoteLedger:
    ledger = TicketNoteLedger()
    for step in steps:
        ledger = step(ledger)
    return ledger


def test_ledger_without_notes_says_nothing() -> None:
    assert TicketNoteLedger().summary == TicketNotes()


@pytest.mark.parametrize("kind", sorted(set(EventType) - NOTED))
def test_other_events_expect_no_note(kind: EventType) -> None:
    assert TicketNoteLedger().expecting(an_event(kind)) == TicketNoteLedger()


@pytest.mark.parametrize(
    ("data", "to"), [({"to": ALEX.person.model_dump()}, ALEX.person), ({"to": None}, None), ({}, None)]
)
def test_note_of_a_release_keeps_to_whom_it_was_reassigned(data: dict[str, object], to: Person | None) -> None:
    (note,) = TicketNoteLedger().expecting(an_event(EventType.RELEASED, data=data)).notes

    assert note.to == to


CLAIM_NOTE = TicketNoteLedger().expecting(CLAIMED.model_copy(update={"data": {"claim_epoch": 3}}))


@pytest.mark.parametrize(
    ("handoff", "session_epoch"),
    [
        (a_handoff(claim_epoch=4), 4),
        (a_claimed_handoff(claim_epoch=5), 5),
        (a_claimed_handoff(status=HandoffStatus.PASSED_ON), 4),
        (a_claimed_handoff(status=HandoffStatus.RESOLVED), 4),
    ],
    ids=["undone or released", "claimed again", "passed on", "reopened"],
)
def test_note_of_a_claim_that_no_longer_stands_is_dropped(handoff: Handoff, session_epoch: int) -> None:
    assert CLAIM_NOTE.without_undone(handoff, session_epoch) == TicketNoteLedger()


@pytest.mark.parametrize("status", [HandoffStatus.CLAIMED, HandoffStatus.RESOLVED])
def test_note_of_a_claim_that_stands_is_kept(status: HandoffStatus) -> None:
    assert CLAIM_NOTE.without_undone(a_claimed_handoff(status=status), 3) == CLAIM_NOTE


def test_note_of_a_claim_that_was_sent_is_kept_whatever_happens() -> None:
    sent = CLAIM_NOTE.sent(CLAIMED.id, "17")

    assert sent.without_undone(a_handoff(claim_epoch=4), 4) == sent


@given(ledger=ledgers, event=st.sampled_from(EVENTS))
def test_event_has_one_note_however_often_it_comes(ledger: TicketNoteLedger, event: Event) -> None:
    once = ledger.expecting(event)

    assert once.expecting(event) == once
    assert [note.event_id for note in once.notes].count(event.id) == 1


@given(ledger=ledgers)
def test_notes_are_in_the_order_of_their_events(ledger: TicketNoteLedger) -> None:
    assert [note.at for note in ledger.notes] == sorted(note.at for note in ledger.notes)


@given(ledger=ledgers)
def test_sent_means_that_all_notes_are_there(ledger: TicketNoteLedger) -> None:
    is_all_sent = bool(ledger.notes) and all(note.status is TicketNotesStatus.SENT for note in ledger.notes)

    assert (ledger.summary.status is TicketNotesStatus.SENT) == is_all_sent


@given(ledger=ledgers)
def test_failed_means_that_a_note_was_given_up(ledger: TicketNoteLedger) -> None:
    is_any_failed = any(note.status is TicketNotesStatus.FAILED for note in ledger.notes)

    assert (ledger.summary.status is TicketNotesStatus.FAILED) == is_any_failed


@given(ledger=ledgers, event=st.sampled_from(EVENTS))
def test_new_note_takes_back_no_failure(ledger: TicketNoteLedger, event: Event) -> None:
    was_failed = ledger.summary.status is TicketNotesStatus.FAILED

    assert not was_failed or ledger.expecting(event).taken_up().summary.status is TicketNotesStatus.FAILED


@given(ledger=ledgers)
def test_giving_up_leaves_nothing_pending_and_takes_back_nothing_sent(ledger: TicketNoteLedger) -> None:
    given_up = ledger.given_up("gone")

    sent = [note for note in ledger.notes if note.status is TicketNotesStatus.SENT]
    assert given_up.pending == ()
    assert [note for note in given_up.notes if note.status is TicketNotesStatus.SENT] == sent


@given(ledger=ledgers)
def test_asking_again_leaves_nothing_given_up(ledger: TicketNoteLedger) -> None:
    assert ledger.asked_again(minute(9)).summary.status is not TicketNotesStatus.FAILED


@given(ledger=ledgers)
def test_ledger_comes_back_from_where_it_is_kept(ledger: TicketNoteLedger) -> None:
    assert TicketNoteLedger.model_validate(ledger.model_dump(mode="json")) == ledger


def test_message_that_was_given_up_ends_all_notes_that_wait_for_it() -> None:
    ledger = TicketNoteLedger().expecting(CREATED).expecting(CLAIMED).put_off(CREATED.id, "busy")

    abandoned = ledger.abandoned(CLAIMED, "given up")

    assert abandoned.pending == ()
    assert [note.error for note in abandoned.notes] == ["busy", "given up"]


def test_message_that_was_given_up_keeps_notes_that_were_retried_after_it() -> None:
    asked_again = TicketNoteLedger().expecting(CREATED).failed(CREATED.id, "refused").asked_again(minute(9))

    assert asked_again.abandoned(CREATED, "given up") == asked_again


def test_retry_of_a_note_that_was_given_up_ends_it_too() -> None:
    asked_again = TicketNoteLedger().expecting(CREATED).failed(CREATED.id, "refused").asked_again(minute(9))
    request = an_event(EventType.TICKET_NOTE_RETRIED, occurred_at=minute(9))

    assert asked_again.abandoned(request, "given up").pending == ()


def test_note_is_looked_for_from_the_second_attempt_on() -> None:
    first = TicketNoteLedger().expecting(CREATED).taken_up()

    assert not first.notes[0].may_be_there
    assert first.taken_up().notes[0].may_be_there


def test_event_from_the_psa_expects_no_note() -> None:
    closed_there = an_event(EventType.RESOLVED, actor=Person(id="psa:connectwise", name="ConnectWise"))

    assert TicketNoteLedger().expecting(closed_there).notes == ()


def test_waiting_for_the_integration_is_no_attempt_but_the_note_may_be_there() -> None:
    event = an_event(EventType.CREATED)

    put_off = a_ledger(lambda ledger: ledger.expecting(event).taken_up(), lambda ledger: ledger.waiting("keys refused"))

    [note] = put_off.taken_up().notes
    assert (put_off.summary.attempts, put_off.summary.error) == (0, "keys refused")
    assert (note.attempts, note.may_be_there) == (1, True)
