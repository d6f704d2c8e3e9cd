"""10,000 handoffs that are due at once: the time of the functions that share them out and deal with them.

The functions run in this process one after the other, each with as many messages as Lambda would hand it. What counts
is their time added up, the emulator's answers included.
"""

import time
from collections.abc import Callable, Iterator
from functools import partial
from types import SimpleNamespace
from typing import TYPE_CHECKING, Any
from uuid import uuid4

from chalicelib.actions.clock.run_clock import MOST_OF_ITS_OWN, run_clock
from chalicelib.domain.agenda import SHARDS
from chalicelib.entry.due_handoffs import BATCH_SIZE, deal_with_due
from chalicelib.store import agenda
from chalicelib.store.connection import dynamodb
from chalicelib.store.keys import shard_of
from chalicelib.store.rows.handoffs import HandoffRow
from infra.local.deployed import emulator_session
from tests.benchmarks.pages import Item, fill
from tests.benchmarks.request_counter import seen
from tests.benchmarks.table import Row
from tests.support.builders import minute
from tests.support.environment import configured
from tests.support.scenarios.due import DUE_AT, step_due

if TYPE_CHECKING:
    from mypy_boto3_sqs import SQSClient

N = 10_000
ACCOUNTS = 20
BUDGET_S = 60.0
AT = minute(DUE_AT)
CONTEXT = SimpleNamespace(get_remaining_time_in_millis=lambda: 60_000)


def rows(endpoint_url: str, prefix: str) -> list[Row]:
    """What it costs when nothing is due, and when 10,000 handoffs are."""
    sqs = emulator_session().client("sqs", endpoint_url=endpoint_url)
    queue_url = sqs.create_queue(QueueName=f"{prefix}due-handoffs")["QueueUrl"]
    _empty_agenda()
    with configured(DUE_HANDOFFS_QUEUE_URL=queue_url):
        nothing = _with_nothing_due()
        fill(f"{prefix}handoffs", _copies(prefix))
        took, cpu = [], []
        for run in _runs(sqs, queue_url):
            began, cpu_began = time.perf_counter(), time.process_time()
            run()
            took.append(time.perf_counter() - began)
            cpu.append(time.process_time() - cpu_began)
    if left := run_clock(at=AT).due:
        raise RuntimeError(f"{left} handoffs are still due")
    what = f"{N:,} handoffs due at once: time of all functions, {len(took)} runs, the longest {max(took):.1f} s"
    return [nothing, _row(what, sum(took)), _row("    the same, CPU time alone", sum(cpu))]


def _empty_agenda() -> None:
    """Take what other measurements have left off the agenda."""
    for due in [due for shard in range(SHARDS) for due in agenda.list_due(shard, AT, N)]:
        HandoffRow(due.account_id, due.handoff_id).update(agenda.leave_agenda())


def _with_nothing_due() -> Row:
    with seen() as watched:
        run_clock(at=minute(-1))
    asked = len(watched.operations)
    return Row(
        "DynamoDB requests of a minute with nothing due, each half a unit",
        str(asked),
        f"{SHARDS} allowed",
        asked / SHARDS,
        n=1,
        at_most=1,
    )


def _copies(prefix: str) -> Iterator[Item]:
    """Rows like one that the product wrote, of which a step of the ladder is due, in many accounts."""
    handoff = step_due()
    key = {"account_id": {"S": handoff.account_id}, "handoff_id": {"S": handoff.id}}
    sample = dynamodb().dispatch("GetItem", {"TableName": f"{prefix}handoffs", "Key": key})["Item"]
    for number in range(N - 1):
        handoff_id, account_id = str(uuid4()), f"due-{number % ACCOUNTS}"
        own = {"account_id": account_id, "handoff_id": handoff_id}
        yield sample | {name: {"S": value} for name, value in own.items()} | {"shard": {"N": str(shard_of(handoff_id))}}


def _runs(sqs: "SQSClient", queue_url: str) -> Iterator[Callable[[], None]]:
    """The run of the clock, then those of the functions behind the queue until it is empty."""
    yield _clock
    while messages := sqs.receive_message(QueueUrl=queue_url, MaxNumberOfMessages=BATCH_SIZE).get("Messages"):
        records = [
            {"messageId": one["MessageId"], "receiptHandle": one["ReceiptHandle"], "body": one["Body"]}
            for one in messages
        ]
        yield partial(_deal, records)
        for message in messages:
            sqs.delete_message(QueueUrl=queue_url, ReceiptHandle=message["ReceiptHandle"])


def _clock() -> None:
    ran = run_clock(at=AT)
    if (ran.due, ran.shared) != (N, N - MOST_OF_ITS_OWN):
        raise RuntimeError(f"of {N} handoffs {ran.due} were due, and {ran.shared} shared out")


def _deal(records: list[Any]) -> None:
    failed = deal_with_due({"Records": records}, CONTEXT)["batchItemFailures"]
    if failed:
        raise RuntimeError(f"{len(failed)} shares were not dealt with")


def _row(what: str, seconds: float) -> Row:
    return Row(what, f"{seconds:.1f} s", f"{BUDGET_S:g} s allowed", seconds / BUDGET_S, n=N, at_most=1)
