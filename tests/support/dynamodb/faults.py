"""What may happen to a request to DynamoDB: the one vocabulary of faults, for a single request and for whole histories.

A `Tampering` decides over one attempt of one request: it gets the way to deliver it, and returns what is answered.
"""

import json
from collections.abc import Callable, Iterator
from enum import StrEnum
from io import BytesIO

from botocore.awsrequest import AWSResponse
from botocore.compat import HTTPHeaders
from botocore.exceptions import ReadTimeoutError

Deliver = Callable[[], AWSResponse]
Tampering = Callable[[Deliver], AWSResponse]

ENDPOINT = "https://dynamodb.us-east-1.amazonaws.com/"


class Fault(StrEnum):
    """Kinds of faults that tests of whole histories choose from."""

    NONE = "delivered"
    ANSWER_LOST = "answer lost"
    CONFLICT = "conflict"
    DIES_BEFORE = "dies before"
    DIES_AFTER = "dies after"


class Died(BaseException):
    """The process ended here: no handler of ours may get to see it, nor anything of it act again."""


def inject(fault: Fault, operation: str, deliver: Deliver) -> AWSResponse:
    """Let the fault happen to one attempt of a request. Raises Died where the process ends."""
    match fault:
        case Fault.NONE:
            return deliver()
        case Fault.ANSWER_LOST:
            return lose_answer(deliver)
        case Fault.CONFLICT:
            return conflict(operation)(deliver)
        case Fault.DIES_BEFORE:
            raise Died
        case Fault.DIES_AFTER:
            deliver()
            raise Died


def as_sent(deliver: Deliver) -> AWSResponse:
    """Deliver the request."""
    return deliver()


def meanwhile(act: Callable[[], object]) -> Tampering:
    """Run `act` as somebody else right before the request arrives."""

    def tampering(deliver: Deliver) -> AWSResponse:
        act()
        return deliver()

    return tampering


def lose_answer(deliver: Deliver) -> AWSResponse:
    """Carry the request out, and lose its answer."""
    deliver()
    raise ReadTimeoutError(endpoint_url=ENDPOINT)


def time_out(_: Deliver) -> AWSResponse:
    """Answer nothing in time; nothing is done."""
    raise ReadTimeoutError(endpoint_url=ENDPOINT)


def refuse(code: str, message: str = "", **fields: object) -> Tampering:
    """Refuse the request with this error, in the form that DynamoDB gives it; nothing is done."""
    error = {"__type": f"com.amazonaws.dynamodb.v20120810#{code}", "message": message, **fields}

    def tampering(_: Deliver) -> AWSResponse:
        headers = HTTPHeaders()
        return AWSResponse(ENDPOINT, 400, headers, _Body(json.dumps(error).encode()))

    return tampering


def cancel(*codes: str) -> Tampering:
    """Cancel the transaction for these reasons, one for each of its items in DynamoDB's order."""
    reasons = [{"Code": code} if code == "None" else {"Code": code, "Message": f"{code}."} for code in codes]
    message = f"Transaction cancelled, please refer cancellation reasons for specific reasons [{', '.join(codes)}]"
    return refuse("TransactionCanceledException", message, CancellationReasons=reasons)


def conflict(operation: str, items: int = 2) -> Tampering:
    """Refuse a write because a transaction is at work on the first of its items."""
    if operation == "TransactWriteItems":
        return cancel("TransactionConflict", *["None"] * (items - 1))
    return refuse("TransactionConflictException")


class _Body(BytesIO):
    def stream(self, **_: object) -> Iterator[bytes]:
        yield self.read()
