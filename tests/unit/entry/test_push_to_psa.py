"""The functions behind the queue of PSA pushes and what is parked of it, given batches as Lambda gives them."""

import json
from collections.abc import Callable, Iterator
from typing import Any, NamedTuple

import boto3
import pytest

from chalicelib.adapters.aws import psa_queues
from chalicelib.domain.handoff import TicketNotesStatus
from chalicelib.entry.psa_pushes import mark_notes_failed, push_to_psa
from chalicelib.entry.sqs_batches import MOST_RECEIVES
from infra.local.psa_sandbox import PsaSandbox
from infra.local.psa_sandbox.faults import PsaFault
from tests.support.scenarios.psa import PsaCase, forget_process
from tests.support.servers.psa_sandbox import a_psa_sandbox

NAME = "flowpilot-test-psa-pushes"


class Lambda(NamedTuple):
    """The time that the function has left."""

    remaining_ms: int = 120_000

    def get_remaining_time_in_millis(self) -> int:
        return self.remaining_ms


class Queue:
    """The queue, the function that reads it, and the pauses that the function asked for."""

    def __init__(self) -> None:
        psa_queues._client.cache_clear()
        psa_queues._url_of.cache_clear()
        self._sqs = boto3.client("sqs")
        self._url = self._sqs.create_queue(QueueName=NAME, Attributes={"VisibilityTimeout": "720"})["QueueUrl"]
        self.pauses_s: list[int] = []
        events: Any = psa_queues._client().meta.events
        events.register("provide-client-params.sqs.ChangeMessageVisibility", self._note_pause)

    def deliver(self, *bodies: str, receives: int = 1, remaining_ms: int = 120_000) -> list[str]:
        """Hand these to the function in one batch; return those that it reports as failed."""
        return self._deliver(push_to_psa, bodies, receives, remaining_ms)

    def park(self, *bodies: str) -> list[str]:
        """Hand these to the function that takes what is parked; return those that it reports as failed."""
        return self._deliver(mark_notes_failed, bodies, receives=MOST_RECEIVES + 1, remaining_ms=60_000)

    def _deliver(
        self, function: Callable[..., Any], bodies: tuple[str, ...], receives: int, remaining_ms: int
    ) -> list[str]:
        for body in bodies:
            self._sqs.send_message(QueueUrl=self._url, MessageBody=body)
        received = self._sqs.receive_message(QueueUrl=self._url, MaxNumberOfMessages=10)
        records = [_record(message, receives) for message in received["Messages"]]
        answer = function({"Records": records}, Lambda(remaining_ms))
        failed = {item["itemIdentifier"] for item in answer["batchItemFailures"]}
        return [record["body"] for record in records if record["messageId"] in failed]

    def _note_pause(self, params: dict[str, Any], **_: object) -> None:
        self.pauses_s.append(params["VisibilityTimeout"])


def _record(message: Any, receives: int) -> dict[str, Any]:
    return {
        "messageId": message["MessageId"],
        "receiptHandle": message["ReceiptHandle"],
        "body": message["Body"],
        "attributes": {"ApproximateReceiveCount": str(receives)},
        "eventSourceARN": f"arn:aws:sqs:us-east-1:123456789012:{NAME}",
    }


@pytest.fixture(scope="module")
def _serving_sandbox() -> Iterator[PsaSandbox]:
    with a_psa_sandbox() as server:
        yield server


@pytest.fixture
def case(_serving_sandbox: PsaSandbox, tables: None) -> Iterator[PsaCase]:
    """Jane's case, its ticket in ConnectWise."""
    forget_process()
    case = PsaCase(_serving_sandbox, "connectwise")
    case.notes.clear()
    yield case
    _serving_sandbox.sandbox.faults.switch_off()
    forget_process()


@pytest.fixture
def queue(tables: None) -> Queue:
    return Queue()


def switch_on(case: PsaCase, kind: str, **more: object) -> None:
    case.server.sandbox.faults.switch_on(PsaFault.model_validate({"kind": kind, "only_notes": True, **more}))


def test_event_in_the_envelope_of_sns_becomes_a_note(case: PsaCase, queue: Queue) -> None:
    envelope = {"Type": "Notification", "Message": case.hand_off().model_dump_json()}

    failed = queue.deliver(json.dumps(envelope))

    assert (failed, len(case.notes)) == ([], 1)


def test_event_delivered_raw_becomes_a_note(case: PsaCase, queue: Queue) -> None:
    failed = queue.deliver(case.hand_off().model_dump_json())

    assert (failed, len(case.notes)) == ([], 1)


def test_message_that_makes_no_sense_fails_alone(case: PsaCase, queue: Queue) -> None:
    failed = queue.deliver("{}", case.hand_off().model_dump_json(), "not json")

    assert (sorted(failed), len(case.notes)) == (["not json", "{}"], 1)


def test_psa_that_asks_for_a_pause_gets_it(case: PsaCase, queue: Queue) -> None:
    switch_on(case, "429", retry_after_s=90)
    body = case.hand_off().model_dump_json()

    failed = queue.deliver(body)

    assert (failed, queue.pauses_s) == ([body], [90])


def test_pauses_grow_with_every_time_a_message_comes(case: PsaCase, queue: Queue) -> None:
    switch_on(case, "503")

    queue.deliver(case.hand_off().model_dump_json(), receives=3)

    assert queue.pauses_s == [180]


def test_last_time_it_comes_the_failure_is_left_on_the_handoff(case: PsaCase, queue: Queue) -> None:
    switch_on(case, "503")
    body = case.hand_off().model_dump_json()

    failed = queue.deliver(body, receives=MOST_RECEIVES)

    assert (failed, queue.pauses_s) == ([body], [])
    assert case.handoff.ticket_notes.status is TicketNotesStatus.FAILED


def test_refusal_does_not_come_again(case: PsaCase, queue: Queue) -> None:
    switch_on(case, "403")

    failed = queue.deliver(case.hand_off().model_dump_json())

    assert (failed, case.handoff.ticket_notes.status) == ([], TicketNotesStatus.FAILED)


def test_push_is_not_begun_without_enough_time(case: PsaCase, queue: Queue) -> None:
    body = case.hand_off().model_dump_json()

    failed = queue.deliver(body, remaining_ms=20_000)

    assert (failed, case.handoff.ticket_notes.attempts) == ([body], 0)


def test_push_without_time_is_requeued_at_once(case: PsaCase, queue: Queue) -> None:
    queue.deliver(case.hand_off().model_dump_json(), remaining_ms=20_000)

    assert queue.pauses_s == [5]


def test_note_that_there_was_no_time_for_in_the_end_is_given_up_once_its_message_is_parked(
    case: PsaCase, queue: Queue
) -> None:
    body = case.hand_off().model_dump_json()
    queue.deliver(body, receives=MOST_RECEIVES, remaining_ms=20_000)

    failed = queue.park(body)

    assert (failed, case.handoff.ticket_notes.status) == ([], TicketNotesStatus.FAILED)


def test_unreadable_parked_push_stays_parked(case: PsaCase, queue: Queue) -> None:
    failed = queue.park("{}", case.hand_off().model_dump_json())

    assert (failed, case.handoff.ticket_notes.status) == (["{}"], TicketNotesStatus.FAILED)
