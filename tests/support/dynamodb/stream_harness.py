"""DynamoDB on moto with its stream, the real stream handlers behind simulated mappings, and a process that can die.

Time is simulated. A run that gets a lease then spends `ai_s` on the AI, though the rehearsal model answers at once:
from the lease on, its thread lives that much later. So two runs that overlap in simulated time still run one after the
other, and each sees all that the one before it wrote.
"""

import json
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from datetime import datetime, timedelta
from functools import partial
from threading import Lock, local
from typing import Any, cast

from botocore.awsrequest import AWSPreparedRequest, AWSResponse
from chalice.app import DynamoDBEvent
from moto.backends import get_backend
from moto.core.models import DEFAULT_ACCOUNT_ID, botocore_stubber

from chalicelib.actions.clock.run_clock import run_clock
from chalicelib.adapters.aws import sns
from chalicelib.entry.streams import announce, assess_batch
from chalicelib.store.connection import dynamodb
from tests.support.builders import START
from tests.support.dynamodb.faults import Died, Fault, inject
from tests.support.dynamodb.recorder import by_moto
from tests.support.dynamodb.stream_records import record_between
from tests.support.dynamodb.stream_simulator import Consumer, Context, Crashed, Mapping, Record, Run, Simulation
from tests.support.dynamodb.write_faults import DELIVERED, WriteFault
from tests.support.tables import PREFIX

WRITES = ("PutItem", "UpdateItem", "TransactWriteItems", "Publish")
LEASE = {"lease_id", "attempts"}
"""The attributes that the request for a lease changes, and no other request does."""

CLOCK_EVERY_S = 300.0
"""Less often than the real clock runs, which does not matter: what was not done by one run is done by the next."""

ANNOUNCE_TOOK_S = 0.2


class StreamHarness:
    """Everything that follows from a write to the table `handoffs`."""

    def __init__(self, enrich: Mapping, announce: Mapping, ai_s: float = 25.0) -> None:
        self.simulation = Simulation()
        self.enrich = Consumer(self.simulation, enrich, self._run_enrich)
        self.announce = Consumer(self.simulation, announce, self._run_announce)
        self.writes: list[tuple[float, str, dict[str, Any]]] = []
        """When was written, by which request, what."""
        self.records: list[Record] = []
        """The stream."""
        self.deaths = 0
        self._ai_s, self._fault = ai_s, DELIVERED
        self._lock, self._thread = Lock(), local()
        self._leases, self._is_dying = 0, False

    def clock(self) -> datetime:
        """What time it is for the thread that asks."""
        return START + timedelta(seconds=self._now)

    def plan(self, fault: WriteFault) -> None:
        """Let a write to come meet this fault."""
        self._fault = fault._replace(write=len(self.writes) + fault.write)

    def run(self, hours: float = 1.0) -> None:
        """Let time pass, with a run of the clock every five minutes."""
        end = self.simulation.now + hours * 3600
        while self.simulation.now < end:
            self.simulation.run(self.simulation.now + CLOCK_EVERY_S)
            run_clock(at=self.clock())

    @property
    def _now(self) -> float:
        return self.simulation.now + float(getattr(self._thread, "ahead_s", 0.0))

    def _run_enrich(self, event: dict[str, Any], context: Context) -> Run:
        before = self._leases
        answer = self._alive(lambda: assess_batch(DynamoDBEvent(event, cast(Any, context)), self.clock))
        return Run(answer, self._ai_s if self._leases > before else ANNOUNCE_TOOK_S)

    def _run_announce(self, event: dict[str, Any], context: Context) -> Run:
        return Run(self._alive(lambda: announce(event, context)), ANNOUNCE_TOOK_S)

    def _alive(self, run: Callable[[], object]) -> object:
        try:
            return run()
        except Died as end:
            self.deaths += 1
            raise Crashed(ANNOUNCE_TOOK_S) from end
        finally:
            self._is_dying = False

    def carry(self, request: AWSPreparedRequest, event_name: str, **_: object) -> AWSResponse | None:
        """Carry one request of any thread, one at a time, to moto; botocore calls this in place of sending it."""
        operation = event_name.rpartition(".")[2]
        with self._lock:
            if self._is_dying:
                raise Died
            if operation not in WRITES:
                return botocore_stubber(event_name, request)
            body: Any = request.body
            asked = json.loads(body) if operation != "Publish" else {}
            fault = self._fault.kind if self._fault.write == len(self.writes) else Fault.NONE
            self.writes.append((self._now, operation, asked))
            try:
                return inject(fault, operation, lambda: self._write(event_name, request))
            except Died:
                self._is_dying = True
                raise

    def _write(self, event_name: str, request: AWSPreparedRequest) -> AWSResponse:
        answer = by_moto(event_name, request)
        self._publish_changes()
        _, operation, asked = self.writes[-1]
        is_lease = operation == "UpdateItem" and set(asked.get("ExpressionAttributeNames", {}).values()) >= LEASE
        if answer.status_code == 200:
            self._leases += is_lease
            self._thread.ahead_s = self._ai_s if is_lease else 0.0
        return answer

    def _publish_changes(self) -> None:
        tables = get_backend("dynamodb")[DEFAULT_ACCOUNT_ID]["us-east-1"].tables
        shard: Any = tables[PREFIX + "handoffs"].stream_shard
        changes, shard.items = shard.items, []
        for change in (each.to_json()["dynamodb"] for each in changes):
            old, new = change.get("OldImage"), change["NewImage"]
            if old != new:
                record = Record(record_between(old or None, new, len(self.records) + 1), self._now)
                self.records.append(record)
                self.simulation.at(record.born_at, partial(self._deliver, record))

    def _deliver(self, record: Record) -> None:
        self.enrich.receive(record)
        self.announce.receive(record)


@contextmanager
def carried_by(harness: StreamHarness) -> Iterator[StreamHarness]:
    """Let every request to DynamoDB and SNS pass through `harness`."""
    clients: list[tuple[Any, str]] = [
        (dynamodb().client.meta.events, "before-send.dynamodb"),
        (sns._client().meta.events, "before-send.sns"),
    ]
    for events, name in clients:
        events.unregister("before-send", botocore_stubber)
        events.register(name, harness.carry)
    try:
        yield harness
    finally:
        for events, name in clients:
            events.unregister(name, harness.carry)
            events.register("before-send", botocore_stubber)
