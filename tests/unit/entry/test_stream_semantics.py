"""The stream functions under everything that Lambda and DynamoDB may do to them, by the settings of the template."""

import random
from collections.abc import Iterator
from dataclasses import replace
from functools import partial

import boto3
import pytest

from chalicelib.domain.assessment import AssessmentStatus
from chalicelib.domain.clock.plan import ASK_AGAIN_AFTER
from chalicelib.settings import settings
from infra.local.rehearsal_model import RehearsalModel
from tests.support.dynamodb.faults import Fault
from tests.support.dynamodb.stream_harness import StreamHarness, carried_by
from tests.support.dynamodb.stream_mappings import mapping_of
from tests.support.dynamodb.stream_simulator import sequence_numbers
from tests.support.dynamodb.write_faults import WriteFault
from tests.support.scenarios.streamed_handoffs import (
    assessed_at,
    case,
    event_ids,
    events_put_aside,
    hand_off,
    package_of,
    paid_calls,
    published_ids,
    rung_at,
    spoil,
    statuses,
    types_in_feed,
)
from tests.support.table_contents import contents

AI_S = 25.0
READY = AssessmentStatus.READY
ALL_EVENTS = ["handoff_created", "handoff_assessment_ready"]

WRITES_OF_TWO = 2 * (
    len(["lease", "AI call", "answer", "status"])
    + len(["kept", "feed", "bell", "topic"])
    + len(["kept", "feed", "topic"])
)
"""What the functions write for two handoffs: they are assessed, they are born, and that they are assessed."""

DEATHS = [
    (Fault.DIES_BEFORE, 0),
    *((Fault.DIES_AFTER, write) for write in range(WRITES_OF_TWO)),
    *(pytest.param(Fault.DIES_BEFORE, write, marks=pytest.mark.prove) for write in range(1, WRITES_OF_TWO)),
]
"""To die before a write is most often to die after the one before it."""


@pytest.fixture
def harness(model: RehearsalModel) -> Iterator[StreamHarness]:
    """A harness with the template's mappings."""
    with carried_by(StreamHarness(mapping_of("Enrich"), mapping_of("Announce"), AI_S)) as harness:
        yield harness


def test_sequential_processing_of_a_burst_exceeds_the_record_age(model: RehearsalModel) -> None:
    narrow = replace(mapping_of("Enrich"), batch_size=1, lanes=1)
    with carried_by(StreamHarness(narrow, mapping_of("Announce"), AI_S)) as harness:
        for number in range(12):
            hand_off(case(number))

        harness.run(hours=0.5)

        per_handoff_s = max(assessed_at(harness)) / 12
        assert per_handoff_s * 200 > narrow.oldest_s


def test_every_record_three_times_and_in_any_order_changes_nothing(
    harness: StreamHarness, model: RehearsalModel
) -> None:
    born = [hand_off(case(number)) for number in range(10)]
    harness.run(hours=0.5)
    before = contents()
    again = harness.records * 2
    random.Random(7).shuffle(again)  # noqa: S311  a shuffle that is the same every time

    for record in again:
        harness.enrich.receive(record._replace(born_at=harness.simulation.now))
        harness.announce.receive(record._replace(born_at=harness.simulation.now))
    harness.run(hours=0.5)

    assert len(again) == 2 * len(born) * len(["born", "assessed", "planned by the clock"])
    assert contents() == before
    assert len(model.rehearsal.received) == len(born)


def test_record_that_nobody_can_read_is_put_aside_alone(harness: StreamHarness, model: RehearsalModel) -> None:
    born = [hand_off(case(number)) for number in range(12)]
    spoil(born[7])
    poison = harness.records[-1]

    harness.run(hours=1)

    sound = [handoff for handoff in born if handoff is not born[7]]
    assert statuses(sound) == {READY: 11}
    assert {paid_calls(model, handoff) for handoff in sound} == {1}
    assert {handoff.id: types_in_feed()[handoff.id] for handoff in sound} == dict.fromkeys(
        [each.id for each in sound], ALL_EVENTS
    )
    for consumer in (harness.enrich, harness.announce):
        assert poison.sequence_number in sequence_numbers(consumer.discarded)


def test_topic_that_is_down_delays_no_notification_and_loses_no_event_silently(harness: StreamHarness) -> None:
    """A minute is longer than three retries last here: an operator has to bring back what the queue names."""
    topics, arn = boto3.client("sns"), settings().events_topic_arn
    topics.delete_topic(TopicArn=arn)
    harness.simulation.at(60.0, partial(reopen, "handoff-events"))
    born = [hand_off(case(number)) for number in range(10)]

    harness.run(hours=0.5)

    assert max(rung_at(harness, handoff) for handoff in born) < 2.0
    assert types_in_feed() == {handoff.id: ALL_EVENTS for handoff in born}
    assert event_ids() - published_ids() == events_put_aside(harness)


def reopen(topic: str) -> None:
    boto3.client("sns").create_topic(Name=topic)


@pytest.mark.parametrize(("fault", "write"), DEATHS)
def test_function_that_dies_at_any_write_loses_nothing(
    harness: StreamHarness, model: RehearsalModel, fault: Fault, write: int
) -> None:
    born = [hand_off(case(number)) for number in range(2)]
    harness.plan(WriteFault(fault, write))

    harness.run(hours=1)

    assert harness.deaths == 1
    assert statuses(born) == {READY: 2}
    assert types_in_feed() == {handoff.id: ALL_EVENTS for handoff in born}
    assert max(paid_calls(model, handoff) for handoff in born) <= 2
    assert [package_of(handoff).is_enriched for handoff in born] == [True, True]
    assert published_ids() == event_ids()
    assert max(assessed_at(harness)) < 2 * ASK_AGAIN_AFTER.total_seconds() + 2 * AI_S


def test_writes_of_two_handoffs_are_all_tried(harness: StreamHarness) -> None:
    born = [hand_off(case(number)) for number in range(2)]
    before = len(harness.writes)

    harness.run(hours=1)

    assert statuses(born) == {READY: 2}
    by_the_clock = len(born) * len(["planned"])
    assert len(harness.writes) - before == WRITES_OF_TWO + by_the_clock
