"""Bursts of messages to one person: never more than the limits, urgent ones in time, and each named or counted."""

from datetime import timedelta

import pytest
from hypothesis import example, given, settings
from hypothesis import strategies as st

from chalicelib.domain.deliveries.alert import MOST_NAMED, Alert
from chalicelib.domain.deliveries.gathering import (
    SMS_PAUSE,
    URGENT_PAUSE,
    WINDOW,
    Decision,
    Lane,
    LaneId,
    Pace,
    decide,
)
from chalicelib.domain.deliveries.ledger import DeliveryKind, LedgerEntry, Recipient
from chalicelib.domain.handoff import Priority
from chalicelib.domain.instants import Instant
from tests.support.builders import a_handoff, an_event, minute

BURST = 500
URGENT, OTHERS, SMS = PACES = [
    LaneId(account_id="acme", place="sam", kind=kind, is_urgent=is_urgent).pace
    for kind, is_urgent in (("email", True), ("email", False), ("sms", False))
]
TO_SAM = Recipient(kind=DeliveryKind.SMS, id="sam", name="Sam")


class Person:
    """What one person gets in one lane, by the rules and by nothing else."""

    def __init__(self, pace: Pace) -> None:
        self.lane, self.pace = Lane(), pace
        self.alone: list[Instant] = []
        self.gathered: list[tuple[Instant, int]] = []
        self.waits: list[Instant] = []
        self.longest = timedelta(0)

    def come(self, message: str, at: Instant) -> None:
        self.pass_time(at)
        decided = decide(self.lane, message, at, self.pace)
        self.lane = decided.lane
        if decided.decision is Decision.ALONE:
            self.alone.append(at)
        elif decided.decision in (Decision.OPENS, Decision.JOINS):
            self.waits.append(at)

    def pass_time(self, at: Instant) -> None:
        due = self.lane.due_at
        if due and due <= at:
            self.gathered.append((due, len(self.waits)))
            self.longest = max([self.longest, *(due - since for since in self.waits)])
            self.waits, self.lane = [], self.lane.closed(due)


def most_within(times: list[Instant], span: timedelta) -> int:
    return max((sum(1 for other in times if start <= other < start + span) for start in times), default=0)


gaps = st.lists(st.integers(0, 90_000), min_size=1, max_size=BURST)


@settings(max_examples=60, deadline=None)
@given(gaps_ms=gaps, pace=st.sampled_from(PACES))
@example(gaps_ms=[0] * BURST, pace=URGENT)
@example(gaps_ms=[0] * BURST, pace=OTHERS)
@example(gaps_ms=[0] * BURST, pace=SMS)
@example(gaps_ms=[1_000] * BURST, pace=URGENT)
@example(gaps_ms=[1_000] * BURST, pace=OTHERS)
@example(gaps_ms=[1_000] * BURST, pace=SMS)
def test_burst_never_exceeds_the_limits_and_leaves_none_out(gaps_ms: list[int], pace: Pace) -> None:
    person, at = Person(pace), minute(0)
    for number, gap in enumerate(gaps_ms):
        at += timedelta(milliseconds=gap)
        person.come(f"m{number}", at)
    person.pass_time(at + WINDOW + URGENT_PAUSE)

    assert most_within(person.alone, pace.window) <= pace.most_alone
    assert most_within([sent for sent, _ in person.gathered], pace.pause) <= 1
    assert person.longest <= pace.pause
    assert len(person.alone) + sum(count for _, count in person.gathered) == len(gaps_ms)
    assert person.waits == []


@settings(max_examples=60, deadline=None)
@given(gaps_ms=gaps)
@example(gaps_ms=[0, 1_000, 59_001])
@example(gaps_ms=[1_000] * BURST)
def test_person_gets_one_sms_a_minute(gaps_ms: list[int]) -> None:
    person, at = Person(SMS), minute(0)
    for number, gap in enumerate(gaps_ms):
        at += timedelta(milliseconds=gap)
        person.come(f"m{number}", at)
    person.pass_time(at + SMS_PAUSE)

    sent = person.alone + [when for when, _ in person.gathered]
    assert most_within(sent, SMS_PAUSE) == 1


def test_sms_are_counted_together_whatever_they_are_about() -> None:
    urgent, other = (an_event(data={"priority": priority}) for priority in ("urgent", "high"))

    lanes = {LaneId.of(LedgerEntry.planned(event, TO_SAM, minute(0))) for event in (urgent, other)}

    assert len(lanes) == 1


def test_another_try_of_what_went_out_alone_takes_no_other_slot() -> None:
    lane = decide(Lane(), "m1", minute(0), OTHERS).lane

    again = decide(lane, "m1", minute(1), OTHERS)

    assert (again.decision, again.lane) == (Decision.WENT_ALONE, lane)


def test_round_whose_order_was_lost_holds_nothing_back_for_ever() -> None:
    person = Person(OTHERS)
    for number in range(4):
        person.come(f"m{number}", minute(0))

    late = decide(person.lane, "m9", minute(60), OTHERS)

    assert (person.lane.round is not None, late.decision) == (True, Decision.ALONE)


def test_gathered_message_names_the_first_and_counts_all() -> None:
    told = [(an_event(title=f"Escalation {number}"), a_handoff()) for number in range(1, BURST + 1)]

    alert = Alert.of_many(told, "https://pilot.example", minute(20))

    assert alert.title == f"{BURST} more escalations are waiting: Escalation 1"
    assert [text for _, text in alert.facts[:MOST_NAMED]] == [f"Escalation {number}" for number in range(1, 7)]
    assert alert.facts[-1] == ("And", f"{BURST - MOST_NAMED} more")


@pytest.mark.parametrize(
    ("priorities", "heading"),
    [
        ([Priority.URGENT, Priority.URGENT], "2 more urgent escalations are waiting"),
        ([Priority.URGENT, Priority.HIGH], "2 more escalations are waiting"),
    ],
)
def test_gathered_message_says_that_all_of_them_are_urgent(priorities: list[Priority], heading: str) -> None:
    told = [(an_event(title="Escalation"), a_handoff(priority=priority)) for priority in priorities]

    alert = Alert.of_many(told, "https://pilot.example", minute(20))

    assert (alert.heading, alert.title) == (heading, f"{heading}: Escalation")


def test_one_that_is_left_of_a_round_is_told_as_itself() -> None:
    told = [(an_event(), a_handoff())]

    assert Alert.of_many(told, "https://pilot.example", minute(20)) == Alert.of(
        an_event(), a_handoff(), "https://pilot.example", minute(20)
    )
