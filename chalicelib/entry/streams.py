"""Handlers of the streams of the tables `handoffs` and `turns`, whose sources and limits `infra/template.yaml` sets.

Each imports its action when it runs: every function imports this module, and the API need not load the others' code.
"""

from collections.abc import Callable, Iterable
from concurrent.futures import ThreadPoolExecutor
from datetime import datetime
from typing import Any

from chalice.app import Blueprint, DynamoDBEvent, DynamoDBRecord

from chalicelib import log
from chalicelib.entry.partial_batch import BatchResponse, batch_response
from chalicelib.entry.wall_clock import now

streams = Blueprint(__name__)

SET_BY_TEMPLATE = "arn:aws:dynamodb:us-east-1:000000000000:table/handoffs/stream/set-by-template"
BATCH_SIZE = 10

RESERVE_S = 10.0
"""Time that a run keeps for storing its result."""


@streams.on_dynamodb_record(stream_arn=SET_BY_TEMPLATE, batch_size=BATCH_SIZE, starting_position="TRIM_HORIZON")
def enrich(event: DynamoDBEvent) -> BatchResponse:
    """Assess the handoffs of a batch concurrently; only the records that fail come again."""
    return assess_batch(event, now)


def assess_batch(event: DynamoDBEvent, clock: Callable[[], datetime]) -> BatchResponse:
    """Run `enrich` with another clock."""
    from chalicelib.actions.assessments.assess_handoff import assess_change

    context: Any = event.context
    remaining_s = context.get_remaining_time_in_millis() / 1000

    def assess(record: DynamoDBRecord) -> None:
        assess_change(
            record.old_image,
            record.new_image,
            deadline_s=remaining_s - RESERVE_S,
            lease_s=remaining_s,
            clock=clock,
        )

    records = list(event)
    with ThreadPoolExecutor(max_workers=BATCH_SIZE) as pool:
        return _failures_of(records, pool.map(lambda record: _succeeds(assess, record), records))


@streams.on_dynamodb_record(stream_arn=SET_BY_TEMPLATE, batch_size=100, starting_position="TRIM_HORIZON")
def announce(event: DynamoDBEvent) -> BatchResponse:
    """Publish the events of a batch to the feeds and to SNS; only the records that fail come again."""
    from chalicelib.actions.notifications.announce_change import announce_change

    records = list(event)

    def publish(record: DynamoDBRecord) -> None:
        announce_change(record.old_image, record.new_image)

    return _failures_of(records, (_succeeds(publish, record) for record in records))


@streams.on_dynamodb_record(stream_arn=SET_BY_TEMPLATE, batch_size=100, starting_position="TRIM_HORIZON")
def announce_session(event: DynamoDBEvent) -> BatchResponse:
    """Publish the events that a batch of new notes tells of; only the records that fail come again."""
    from chalicelib.actions.notifications.announce_note import announce_note

    records = list(event)

    def publish(record: DynamoDBRecord) -> None:
        announce_note(record.new_image)

    return _failures_of(records, (_succeeds(publish, record) for record in records))


def _succeeds(handle: Callable[[DynamoDBRecord], None], record: DynamoDBRecord) -> bool:
    written_for = (record.new_image or {}).get("correlation_id", {}).get("S", "")
    with log.correlated(written_for):
        try:
            handle(record)
        except Exception as failure:  # noqa: BLE001  the record goes back to Lambda, which retries, then dead-letters it
            log.error("record failed", failure, handler=handle.__name__, sequence_number=record.sequence_number)
            return False
    return True


def _failures_of(records: list[DynamoDBRecord], succeeded: Iterable[bool]) -> BatchResponse:
    failed = [record for record, is_done in zip(records, succeeded, strict=True) if not is_done]
    return batch_response(record.sequence_number for record in failed)
