"""The stream functions under everything that Lambda and DynamoDB may do to them, by the settings of the template."""

import random
from collections.abc import Iterator
from dataclasses import replace
from functools import partial

import boto3
import pytest

from chalicelib.domain.agenda import LOOK_S
from chalicelib.domain.assessment import AssessmentStatus
from chalicelib.settings import settings
from infra.local.rehearsal_model import RehearsalModel
from tests.support.api.handoff_cases import (
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
    told,
)
from tests.support.dynamodb.stream_harness import Kill, StreamWorld, carried_by
from tests.support.dynamodb.stream_mappings import mapping_of
from tests.support.dynamodb.stream_simulator import sequence_numbers
from tests.support.table_contents import contents

AI_S = 25.0
READY = AssessmentStatus.READY
WHOLE_TALE = ["handoff_created", "handoff_assessment_ready"]

WRITES_OF_TWO = 2 * (
    len(["lease", "AI call", "answer", "status"])
    + len(["kept", "feed", "bell", "topic"])
    + len(["kept", "feed", "topic"])
)
"""What the functions write for two handoffs: they are assessed, they are born, and that they are assessed."""


@pytest.fixture
def world(model: RehearsalModel) -> Iterator[StreamWorld]:
    """A world with the template's mappings."""
    with carried_by(StreamWorld(mapping_of("Enrich"), mapping_of("Announce"), AI_S)) as world:
        yield world


def test_one_after_the_other_a_burst_would_grow_too_old(model: RehearsalModel) -> None:
    narrow = replace(mapping_of("Enrich"), batch_size=1, lanes=1)
    with carried_by(StreamWorld(narrow, mapping_of("Announce"), AI_S)) as world:
        for number in range(12):
            hand_off(case(number))

        world.run(hours=0.5)

        per_handoff_s = max(assessed_at(world)) / 12
        assert per_handoff_s * 200 > narrow.oldest_s


def test_every_record_three_times_and_in_any_order_changes_nothing(world: StreamWorld, model: RehearsalModel) -> None:
    born = [hand_off(case(number)) for number in range(10)]
    world.run(hours=0.5)
    before = contents()
    again = world.records * 2
    random.Random(7).shuffle(again)  # noqa: S311  a shuffle that is the same every time

    for record in again:
        world.enrich.receive(record._replace(born_at=world.simulation.now))
        world.announce.receive(record._replace(born_at=world.simulation.now))
    world.run(hours=0.5)

    assert len(again) == 2 * len(born) * len(["born", "assessed"])
    assert contents() == before
    assert len(model.rehearsal.received) == len(born)


def test_a_record_that_nobody_can_read_is_put_aside_alone(world: StreamWorld, model: RehearsalModel) -> None:
    born = [hand_off(case(number)) for number in range(12)]
    spoil(born[7])
    poison = world.records[-1]

    world.run(hours=1)

    sound = [handoff for handoff in born if handoff is not born[7]]
    assert statuses(sound) == {READY: 11}
    assert {paid_calls(model, handoff) for handoff in sound} == {1}
    assert {handoff.id: told()[handoff.id] for handoff in sound} == dict.fromkeys(
        [each.id for each in sound], WHOLE_TALE
    )
    for consumer in (world.enrich, world.announce):
        assert poison.sequence_number in sequence_numbers(consumer.discarded)


def test_a_topic_that_is_down_delays_no_bell_and_loses_nothing_in_silence(world: StreamWorld) -> None:
    """A minute is longer than three retries last here: an operator has to bring back what the queue names."""
    topics, arn = boto3.client("sns"), settings().events_topic_arn
    topics.delete_topic(TopicArn=arn)
    world.simulation.at(60.0, partial(reopen, "handoff-events"))
    born = [hand_off(case(number)) for number in range(10)]

    world.run(hours=0.5)

    assert max(rung_at(world, handoff) for handoff in born) < 2.0
    assert told() == {handoff.id: WHOLE_TALE for handoff in born}
    assert event_ids() - published_ids() == events_put_aside(world)


def reopen(topic: str) -> None:
    boto3.client("sns").create_topic(Name=topic)


@pytest.mark.parametrize("arrives", [False, True], ids=["before it arrives", "after it arrived"])
@pytest.mark.parametrize("at_write", range(1, WRITES_OF_TWO + 1))
def test_a_function_that_dies_at_any_write_loses_nothing(
    world: StreamWorld, model: RehearsalModel, at_write: int, *, arrives: bool
) -> None:
    born = [hand_off(case(number)) for number in range(2)]
    world.plan(Kill(at_write, arrives))

    world.run(hours=1)

    assert world.deaths == 1
    assert statuses(born) == {READY: 2}
    assert told() == {handoff.id: WHOLE_TALE for handoff in born}
    assert max(paid_calls(model, handoff) for handoff in born) <= 2
    assert [package_of(handoff).is_enriched for handoff in born] == [True, True]
    assert published_ids() == event_ids()
    assert max(assessed_at(world)) < 2 * LOOK_S + 2 * AI_S


def test_the_writes_of_two_handoffs_are_all_tried(world: StreamWorld) -> None:
    born = [hand_off(case(number)) for number in range(2)]
    before = len(world.writes)

    world.run(hours=1)

    assert statuses(born) == {READY: 2}
    assert len(world.writes) - before == WRITES_OF_TWO
