"""Two hundred handoffs at once, while the AI takes 25 seconds for each, by the settings of the template."""

from collections.abc import Iterator
from typing import NamedTuple

import boto3
import pytest

from chalicelib.domain.assessment import AssessmentStatus
from chalicelib.domain.handoff_detail import HandoffDetail
from chalicelib.settings import settings
from infra.local.rehearsal_model import RehearsalModel
from tests.support.api.handoff_cases import assessed_at, case, hand_off, paid_calls, rung_at, statuses, told
from tests.support.dynamodb.stream_harness import StreamWorld, carried_by
from tests.support.dynamodb.stream_mappings import mapping_of
from tests.support.tables import empty_tables

AI_S = 25.0
SIZE = 200


class Burst(NamedTuple):
    """The handoffs, half an hour after they were born, and all that happened."""

    born: list[HandoffDetail]
    world: StreamWorld
    model: RehearsalModel


@pytest.fixture(scope="module")
def burst(serving_model: RehearsalModel) -> Iterator[Burst]:
    with empty_tables(), pytest.MonkeyPatch.context() as environment:
        environment.setenv("AI_PROVIDER", "rehearsal")
        environment.setenv("AI_BASE_URL", serving_model.url)
        environment.setenv("EVENTS_TOPIC_ARN", boto3.client("sns").create_topic(Name="handoff-events")["TopicArn"])
        settings.cache_clear()
        serving_model.rehearsal.received.clear()
        with carried_by(StreamWorld(mapping_of("Enrich"), mapping_of("Announce"), ai_s=AI_S)) as world:
            born = [hand_off(case(number)) for number in range(SIZE)]
            world.run(hours=0.5)
            yield Burst(born, world, serving_model)
    settings.cache_clear()


def test_every_handoff_is_assessed(burst: Burst) -> None:
    assert statuses(burst.born) == {AssessmentStatus.READY: SIZE}


def test_every_assessment_is_paid_for_once(burst: Burst) -> None:
    assert {paid_calls(burst.model, handoff) for handoff in burst.born} == {1}


def test_a_hundred_are_assessed_at_a_time(burst: Burst) -> None:
    """The lanes are not filled evenly: where two rounds would do, some items wait for a third or a fourth."""
    assert len(assessed_at(burst.world)) == SIZE
    assert max(assessed_at(burst.world)) < 5 * AI_S


def test_no_bell_waits_for_the_ai(burst: Burst) -> None:
    assert max(rung_at(burst.world, handoff) for handoff in burst.born) < 2.0


def test_feed_has_each_event_once_and_in_order(burst: Burst) -> None:
    feed = told()

    assert len(feed) == SIZE
    assert {tuple(events) for events in feed.values()} == {("handoff_created", "handoff_assessment_ready")}


def test_burst_leaves_no_dead_letters(burst: Burst) -> None:
    assert burst.world.enrich.discarded == burst.world.announce.discarded == []
