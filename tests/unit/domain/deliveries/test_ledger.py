from datetime import timedelta

import pytest

from chalicelib.domain.deliveries.event_sort import EventSort
from chalicelib.domain.deliveries.ledger import (
    LONGEST_PAUSE_S,
    MOST_TRIES,
    DeliveryKind,
    DeliveryState,
    LedgerEntry,
    Recipient,
    pause_after_try_s,
)
from chalicelib.domain.errors import InvalidState
from tests.support.builders import an_event, minute

EMAIL = Recipient(kind=DeliveryKind.EMAIL, id="sub-sam", name="Sam")
WEBHOOK = Recipient(kind=DeliveryKind.WEBHOOK, id="ops", name="Operations")


def entry(**changes: object) -> LedgerEntry:
    return LedgerEntry.planned(an_event(), WEBHOOK, minute(10)).model_copy(update=changes)


def test_entry_has_one_place_for_each_event_recipient_and_kind() -> None:
    assert entry().position == f"{an_event().id}#ops#webhook"
    assert entry().delivery_id == f"{an_event().handoff_id}.{an_event().id}"


def test_pending_entry_may_be_taken() -> None:
    assert entry().may_be_taken(minute(10))


BEGUN = (DeliveryState.PENDING, DeliveryState.SENDING, DeliveryState.GATHERED)


@pytest.mark.parametrize("state", [state for state in DeliveryState if state not in BEGUN])
def test_entry_that_has_ended_is_not_sent_again(state: DeliveryState) -> None:
    assert not entry(state=state).may_be_taken(minute(99))


def test_try_that_died_is_unknown_and_may_be_made_again_once_its_lease_has_ended() -> None:
    sending = entry(state=DeliveryState.SENDING, leased_until=minute(11))

    assert not sending.may_be_taken(minute(11) - timedelta(seconds=1))
    assert sending.known_state(minute(11) - timedelta(seconds=1)) is DeliveryState.SENDING
    assert sending.may_be_taken(minute(11))
    assert sending.known_state(minute(11)) is DeliveryState.UNKNOWN


def test_entry_that_is_being_sent_is_not_sent_again_by_hand() -> None:
    sending = entry(state=DeliveryState.SENDING, leased_until=minute(11))

    with pytest.raises(InvalidState):
        sending.require_redeliverable(minute(10))

    sending.require_redeliverable(minute(11))


def test_pauses_grow_and_span_most_of_a_day() -> None:
    pauses = [pause_after_try_s(attempt, None) for attempt in range(1, MOST_TRIES)]

    assert pauses == sorted(pauses)
    assert sum(pauses) > 17 * 3600


@pytest.mark.parametrize(
    ("asked_s", "pause_s"), [(None, 5), (2, 5), (90, 90), (-5, 5), (10**9, LONGEST_PAUSE_S), (float("inf"), 43_200)]
)
def test_pause_is_at_least_what_the_receiver_asked_for_and_at_most_what_sqs_can_do(
    asked_s: float | None, pause_s: int
) -> None:
    assert pause_after_try_s(1, asked_s) == pause_s


def test_email_whose_try_died_stays_unknown_and_is_never_sent_again() -> None:
    died = entry(recipient=EMAIL, state=DeliveryState.SENDING, attempts=1, leased_until=minute(11))

    assert [died.known_state(minute(at)) for at in (10, 11, 99)] == [
        DeliveryState.SENDING,
        DeliveryState.UNKNOWN,
        DeliveryState.UNKNOWN,
    ]
    assert not any(died.may_be_taken(minute(at)) for at in (10, 11, 99))


@pytest.mark.parametrize(
    ("sorts", "is_one_of_many"),
    [
        ((EventSort.ESCALATIONS,), True),
        ((EventSort.LADDER,), True),
        ((EventSort.ESCALATIONS, EventSort.MINE), False),
        ((), False),
    ],
)
def test_who_is_told_of_a_case_of_their_own_is_not_one_of_many(
    sorts: tuple[EventSort, ...], *, is_one_of_many: bool
) -> None:
    assert EMAIL.model_copy(update={"sorts": sorts}).is_one_of_many is is_one_of_many
