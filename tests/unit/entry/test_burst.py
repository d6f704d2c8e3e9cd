"""A hundred and twenty handoffs at once, two hundred in `make prove`, while the AI takes 25 seconds for each.

The settings are those of the template.
"""

from collections.abc import Iterator
from typing import NamedTuple

import boto3
import pytest

from chalicelib.domain.assessment import AssessmentStatus
from chalicelib.domain.handoff_detail import HandoffDetail
from infra.local.rehearsal_model import RehearsalModel
from tests.support.dynamodb.stream_harness import StreamHarness, carried_by
from tests.support.dynamodb.stream_mappings import mapping_of
from tests.support.environment import configure, configured
from tests.support.scenarios.streamed_handoffs import (
    assessed_at,
    case,
    hand_off,
    paid_calls,
    rung_at,
    statuses,
    types_in_feed,
)
from tests.support.tables import empty_tables

AI_S = 25.0
SIZES = [120, pytest.param(200, marks=pytest.mark.prove)]


class Burst(NamedTuple):
    """The handoffs, half an hour after they were born, and all that happened."""

    born: list[HandoffDetail]
    harness: StreamHarness
    model: RehearsalModel


@pytest.fixture(scope="module", params=SIZES)
def burst(request: pytest.FixtureRequest, serving_ai: RehearsalModel) -> Iterator[Burst]:
    with empty_tables(), configured(AI_PROVIDER="rehearsal", AI_BASE_URL=serving_ai.url) as environment:
        configure(environment, EVENTS_TOPIC_ARN=boto3.client("sns").create_topic(Name="handoff-events")["TopicArn"])
        serving_ai.rehearsal.received.clear()
        with carried_by(StreamHarness(mapping_of("Enrich"), mapping_of("Announce"), ai_s=AI_S)) as harness:
            born = [hand_off(case(number)) for number in range(request.param)]
            harness.run(hours=0.5)
            yield Burst(born, harness, serving_ai)


def test_every_handoff_is_assessed(burst: Burst) -> None:
    assert statuses(burst.born) == {AssessmentStatus.READY: len(burst.born)}


def test_every_assessment_is_paid_for_once(burst: Burst) -> None:
    assert {paid_calls(burst.model, handoff) for handoff in burst.born} == {1}


def test_hundred_are_assessed_at_a_time(burst: Burst) -> None:
    """The lanes are not filled evenly: where two rounds would do, some items wait for a third or a fourth."""
    assert len(assessed_at(burst.harness)) == len(burst.born)
    assert max(assessed_at(burst.harness)) < 5 * AI_S


def test_notifications_do_not_wait_for_the_ai(burst: Burst) -> None:
    assert max(rung_at(burst.harness, handoff) for handoff in burst.born) < 2.0


def test_feed_has_each_event_once_and_in_order(burst: Burst) -> None:
    feed = types_in_feed()

    assert len(feed) == len(burst.born)
    assert {tuple(events) for events in feed.values()} == {("handoff_created", "handoff_assessment_ready")}


def test_burst_leaves_no_dead_letters(burst: Burst) -> None:
    assert burst.harness.enrich.discarded == burst.harness.announce.discarded == []
