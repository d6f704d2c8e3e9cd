"""Bursts of messages to one person: never more than the limits, urgent ones in time, and each named or counted."""

from datetime import timedelta

from hypothesis import example, given, settings
from hypothesis import strategies as st

from chalicelib.domain.deliveries.alert import MOST_NAMED, Alert
from chalicelib.domain.deliveries.gathering import MOST_ALONE, URGENT_PAUSE, WINDOW, Decision, Lane, decide
from chalicelib.domain.instants import Instant
from tests.support.builders import a_handoff, an_event, minute

BURST = 500


class Person:
    """What one person gets in one lane, by the rules and by nothing else."""

    def __init__(self, *, is_urgent: bool) -> None:
        self.lane, self.is_urgent = Lane(), is_urgent
        self.alone: list[Instant] = []
        self.gathered: list[tuple[Instant, int]] = []
        self.waits: list[Instant] = []
        self.longest = timedelta(0)

    def come(self, message: str, at: Instant) -> None:
        self.pass_time(at)
        decided = decide(self.lane, message, at, is_urgent=self.is_urgent)
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
@given(gaps_ms=gaps, is_urgent=st.booleans())
@example(gaps_ms=[0] * BURST, is_urgent=True)
@example(gaps_ms=[0] * BURST, is_urgent=False)
@example(gaps_ms=[1_000] * BURST, is_urgent=True)
@example(gaps_ms=[1_000] * BURST, is_urgent=False)
def test_burst_never_exceeds_the_limits_and_leaves_none_out(gaps_ms: list[int], *, is_urgent: bool) -> None:
    person, at = Person(is_urgent=is_urgent), minute(0)
    for number, gap in enumerate(gaps_ms):
        at += timedelta(milliseconds=gap)
        person.come(f"m{number}", at)
    person.pass_time(at + WINDOW + URGENT_PAUSE)

    pause = URGENT_PAUSE if is_urgent else WINDOW
    assert most_within(person.alone, WINDOW) <= MOST_ALONE
    assert most_within([sent for sent, _ in person.gathered], pause) <= 1
    assert person.longest <= pause
    assert len(person.alone) + sum(count for _, count in person.gathered) == len(gaps_ms)
    assert person.waits == []


def test_another_try_of_what_went_out_alone_takes_no_other_slot() -> None:
    lane = decide(Lane(), "m1", minute(0), is_urgent=False).lane

    again = decide(lane, "m1", minute(1), is_urgent=False)

    assert (again.decision, again.lane) == (Decision.WENT_ALONE, lane)


def test_round_whose_order_was_lost_holds_nothing_back_for_ever() -> None:
    person = Person(is_urgent=False)
    for number in range(4):
        person.come(f"m{number}", minute(0))

    late = decide(person.lane, "m9", minute(60), is_urgent=False)

    assert (person.lane.round is not None, late.decision) == (True, Decision.ALONE)


def test_gathered_message_names_the_first_and_counts_all() -> None:
    told = [(an_event(title=f"Escalation {number}"), a_handoff()) for number in range(1, BURST + 1)]

    alert = Alert.of_many(told, "https://pilot.example", minute(20))

    assert alert.title == f"{BURST} more escalations are waiting: Escalation 1"
    assert [text for _, text in alert.facts[:MOST_NAMED]] == [f"Escalation {number}" for number in range(1, 7)]
    assert alert.facts[-1] == ("And", f"{BURST - MOST_NAMED} more")


def test_one_that_is_left_of_a_round_is_told_as_itself() -> None:
    told = [(an_event(), a_handoff())]

    assert Alert.of_many(told, "https://pilot.example", minute(20)) == Alert.of(
        an_event(), a_handoff(), "https://pilot.example", minute(20)
    )
