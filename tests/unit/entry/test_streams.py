"""The stream functions, called with what Lambda calls them with."""

from collections.abc import Callable, Iterator
from datetime import timedelta
from typing import Any

import boto3
import pytest

from chalicelib.domain.assessment import AssessmentError, AssessmentStatus
from chalicelib.domain.handoff_detail import HandoffDetail
from chalicelib.domain.instants import parse_instant
from chalicelib.entry.streams import announce, enrich
from chalicelib.settings import settings
from chalicelib.store import assessments
from chalicelib.store.assessments import read_work
from chalicelib.store.handoff_rows import handoff_in
from chalicelib.store.keys import ASSESSMENT, handoff_key
from chalicelib.store.rows.handoff_parts import AssessmentPartRow
from infra.local.rehearsal_model import RehearsalModel
from infra.local.rehearsal_model.faults import Fault
from tests.support.builders import ACME, JANE, minute, without_parts
from tests.support.dynamodb.stream_harness import StreamHarness, carried_by
from tests.support.dynamodb.stream_records import (
    StreamRecord,
    event_of,
    image_of,
    record_between,
    record_of,
    sequence_number,
)
from tests.support.dynamodb.stream_simulator import Context, Mapping
from tests.support.environment import configure
from tests.support.scenarios.handoff_histories import EVENT_OF, asked_again, image_before
from tests.support.scenarios.streamed_handoffs import (
    case,
    hand_off,
    now,
    package_of,
    paid_calls,
    published_ids,
    types_in_feed,
)
from tests.support.servers.barrier_model import a_meeting_of
from tests.support.table_contents import contents

NO_FAILURES: dict[str, Any] = {"batchItemFailures": []}
READY, PENDING, UNAVAILABLE = AssessmentStatus.READY, AssessmentStatus.PENDING, AssessmentStatus.UNAVAILABLE
UNREADABLE = {"account_id": {"S": ACME}, "handoff_id": {"S": "poison"}, "assessment_status": {"S": "pending"}}
AFTERMATH = {change.__name__: change for change in EVENT_OF if change is not asked_again}
"""All that can happen to a handoff while its assessment is being made, or later."""


@pytest.fixture(autouse=True)
def harness(model: RehearsalModel) -> Iterator[StreamHarness]:
    """Moto, one request at a time: the functions use threads, and moto bears none."""
    with carried_by(StreamHarness(Mapping(), Mapping())) as harness:
        yield harness


def assess(*records: StreamRecord) -> Any:
    return enrich(event_of(*records), Context(120))


def tell(*records: StreamRecord) -> Any:
    return announce(event_of(*records), Context(60))


def born(count: int) -> list[HandoffDetail]:
    return [hand_off(case(number)) for number in range(count)]


def births(handoffs: list[HandoffDetail]) -> list[StreamRecord]:
    return [record_of(None, handoff, number) for number, handoff in enumerate(handoffs)]


def failed(*sequences: int) -> dict[str, Any]:
    return {"batchItemFailures": [{"itemIdentifier": sequence_number(sequence)} for sequence in sequences]}


def test_new_handoff_is_assessed_and_its_package_improved() -> None:
    (handoff,) = born(1)

    answer = assess(record_of(None, handoff))

    assert answer == NO_FAILURES
    assert (now(handoff).assessment_status, now(handoff).version) == (READY, 2)
    assert package_of(handoff).is_enriched


def test_handoffs_of_a_batch_are_assessed_side_by_side(monkeypatch: pytest.MonkeyPatch) -> None:
    handoffs = born(10)
    with a_meeting_of(10) as url:
        configure(monkeypatch, AI_BASE_URL=url)

        assess(*births(handoffs))

    assert [now(handoff).assessment_status for handoff in handoffs] == [READY] * 10


def test_record_that_cannot_be_read_is_named_and_the_others_count() -> None:
    handoffs = born(9)
    records = births(handoffs)
    records.insert(4, record_between(None, UNREADABLE, 99))

    answer = assess(*records)

    assert answer == failed(99)
    assert [now(handoff).assessment_status for handoff in handoffs] == [READY] * 9


def test_every_record_that_fails_is_named() -> None:
    answer = assess(*(record_between(None, UNREADABLE, number) for number in range(3)))

    assert answer == failed(0, 1, 2)


@pytest.mark.parametrize("change", AFTERMATH.values(), ids=AFTERMATH)
def test_later_change_asks_for_no_assessment(
    harness: StreamHarness, model: RehearsalModel, change: Callable[[HandoffDetail], HandoffDetail]
) -> None:
    before = image_before(change)

    answer = assess(record_of(before, change(before)))

    assert answer == NO_FAILURES
    assert harness.writes == []
    assert not model.rehearsal.received


def test_assessment_that_somebody_is_working_on_is_left_to_them(model: RehearsalModel) -> None:
    (handoff,) = born(1)
    lease_until = "2999-01-01T00:00:00.000Z"
    part = AssessmentPartRow(handoff_key(ACME, handoff.id), ASSESSMENT, lease_id="run-1", lease_until=lease_until)
    part.save()
    before = contents()

    answer = assess(record_of(None, handoff))

    assert answer == NO_FAILURES
    assert not model.rehearsal.received
    assert contents() == before


def test_assessment_whose_run_has_died_is_taken_over() -> None:
    (handoff,) = born(1)
    long_ago = parse_instant("2000-01-01T00:00:00.000Z")
    assessments.take_lease(ACME, handoff.id, "run-1", long_ago, long_ago + timedelta(minutes=2))

    assess(record_of(None, handoff))

    assert now(handoff).assessment_status is READY


def test_finished_assessment_is_never_made_again(model: RehearsalModel) -> None:
    (handoff,) = born(1)
    for _ in range(3):
        assess(record_of(None, handoff))

    assert paid_calls(model, handoff) == 1


def test_record_twice_in_a_batch_is_paid_for_once(model: RehearsalModel) -> None:
    (handoff,) = born(1)

    answer = assess(record_of(None, handoff, 1), record_of(None, handoff, 2))

    assert answer == NO_FAILURES
    assert paid_calls(model, handoff) == 1


def test_assessment_that_is_asked_for_again_is_made(model: RehearsalModel) -> None:
    (handoff,) = born(1)
    assess_with_fault(model, handoff, "refusal")
    image = image_of(now(handoff))
    again = assessments.ask_again(now(handoff), JANE.person, minute(30))
    assert again

    assess(record_between(image, image_of(again)))

    assert now(handoff).assessment_status is READY


@pytest.mark.parametrize(
    ("fault", "reason"),
    [
        ("refusal", AssessmentError.REFUSED),
        ("cut_off", AssessmentError.CUT_OFF),
        ("garbage", AssessmentError.INVALID_ANSWER),
        ("drop", AssessmentError.UNREACHABLE),
        ("429", AssessmentError.RATE_LIMITED),
        ("529", AssessmentError.OVERLOADED),
        ("400", AssessmentError.PROVIDER_ERROR),
    ],
)
def test_ai_failure_is_stored_and_holds_no_record_up(
    model: RehearsalModel, fault: str, reason: AssessmentError
) -> None:
    (handoff,) = born(1)

    answer = assess_with_fault(model, handoff, fault)

    assert answer == NO_FAILURES
    assert (now(handoff).assessment_status, now(handoff).assessment_error) == (UNAVAILABLE, reason)


def assess_with_fault(model: RehearsalModel, handoff: HandoffDetail, kind: str) -> Any:
    pause = {"retry_after_s": 0.001} if kind.isdigit() else {}
    model.rehearsal.faults.switch_on(Fault.model_validate({"kind": kind, **pause}))
    try:
        return assess(record_of(None, handoff))
    finally:
        model.rehearsal.faults.switch_off()


def test_lease_lasts_as_long_as_the_function_and_ends_with_the_work(harness: StreamHarness) -> None:
    (handoff,) = born(1)

    assess(record_of(None, handoff))

    lease = next(asked for _, operation, asked in harness.writes if operation == "UpdateItem")
    values = [value["S"] for value in lease["ExpressionAttributeValues"].values() if "S" in value]
    times = sorted({parse_instant(value) for value in values if value.endswith("Z")})
    asked_at, began_at, until = times
    assert asked_at == handoff.pending_since
    assert until - began_at == timedelta(seconds=120)
    assert read_work(ACME, handoff.id).leased_until is None


def test_function_with_no_time_left_says_so_and_asks_nobody(model: RehearsalModel) -> None:
    (handoff,) = born(1)

    answer = enrich(event_of(record_of(None, handoff)), Context(5))

    assert answer == NO_FAILURES
    assert now(handoff).assessment_error is AssessmentError.TIMEOUT
    assert not model.rehearsal.received


def test_change_is_told_to_the_feeds_and_to_the_topic() -> None:
    (handoff,) = born(1)

    answer = tell(record_of(None, handoff))

    assert answer == NO_FAILURES
    assert types_in_feed() == {handoff.id: ["handoff_created"]}
    assert len(published_ids()) == 1


def test_change_told_twice_stands_in_the_feeds_once() -> None:
    (handoff,) = born(1)
    tell(record_of(None, handoff))
    before = contents()

    tell(record_of(None, handoff), record_of(None, handoff))

    assert contents() == before
    assert len(published_ids()) == 1


def test_change_that_means_nothing_is_not_told() -> None:
    (handoff,) = born(1)
    leased = image_of(handoff, lease_id="run-1", lease_until="2026-11-23T09:12:00.000Z")

    answer = tell(record_between(image_of(handoff), leased))

    assert answer == NO_FAILURES
    assert types_in_feed() == {}


def test_change_that_cannot_be_read_is_named_and_the_others_are_told() -> None:
    handoffs = born(4)
    records = births(handoffs)
    records.insert(2, record_between(None, UNREADABLE, 99))

    answer = tell(*records)

    assert answer == failed(99)
    assert set(types_in_feed()) == {handoff.id for handoff in handoffs}


def test_topic_that_takes_nothing_is_tried_again_and_the_feeds_stay_as_they_are() -> None:
    (handoff,) = born(1)
    topics, arn = boto3.client("sns"), settings().events_topic_arn
    topics.delete_topic(TopicArn=arn)

    answer = tell(record_of(None, handoff, 7))
    before = contents()
    topics.create_topic(Name="handoff-events")
    again = tell(record_of(None, handoff, 7))

    assert (answer, again) == (failed(7), NO_FAILURES)
    assert contents() == before
    assert len(published_ids()) == 1


def test_images_say_all_that_a_handoff_is() -> None:
    handoff = without_parts(case(1)).model_copy(update={"assessment_status": READY, "prompt_version": "1"})

    assert handoff_in(image_of(handoff)) == handoff
