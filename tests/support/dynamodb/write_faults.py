"""What may become of a request's writes: carried out, answered to nobody, refused for a conflict, or cut off by death.

The fault is that of one write, counted from the first of the action; reads pass, and counters of AI calls.
"""

from collections.abc import Iterator
from contextlib import contextmanager
from typing import NamedTuple

from botocore.awsrequest import AWSResponse

from tests.support.dynamodb.faults import Deliver, Fault, inject
from tests.support.dynamodb.recorder import Asked, Recorder

READS = ("GetItem", "Query", "Scan", "BatchGetItem")


class WriteFault(NamedTuple):
    """What happens to which write."""

    kind: Fault
    write: int = 0


DELIVERED = WriteFault(Fault.NONE)
KINDS = (Fault.DIES_BEFORE, Fault.DIES_AFTER, Fault.ANSWER_LOST, Fault.CONFLICT)


class Writes:
    """The writes of one action: how many there were, and how many took effect."""

    def __init__(self, fault: WriteFault) -> None:
        self.sent = self.took_effect = 0
        self.met = False
        self._fault = fault

    def carry(self, asked: Asked, deliver: Deliver) -> AWSResponse:
        """Carry one request, and inject the fault into its write."""
        if asked.operation in READS or _only_counts(asked):
            return deliver()
        is_it, self.sent = self.sent == self._fault.write, self.sent + 1
        if not is_it or self._fault == DELIVERED:
            return self._delivered(deliver)
        self.met = True
        return inject(self._fault.kind, asked.operation, lambda: self._delivered(deliver))

    def _delivered(self, deliver: Deliver) -> AWSResponse:
        answer = deliver()
        self.took_effect += answer.status_code == 200
        return answer


def _only_counts(asked: Asked) -> bool:
    """Whether the request writes nothing but counters of AI calls, which no rule of a case depends on."""
    items = asked.body.get("TransactItems", [asked.body])
    written = [next(iter(item.values())) if "TransactItems" in asked.body else item for item in items]
    return all(str(item["TableName"]).endswith("-accounts") for item in written)


@contextmanager
def met_by(recorder: Recorder, fault: WriteFault) -> Iterator[Writes]:
    """Let the writes of what is done inside meet the fault."""
    writes = Writes(fault)
    recorder.every = writes.carry
    try:
        yield writes
    finally:
        recorder.every = None
