"""What may become of a call to SES, SNS or SQS: the faults of a request to DynamoDB, with moto as the service."""

from collections.abc import Callable, Iterator
from contextlib import contextmanager
from typing import Any

from botocore.awsrequest import AWSPreparedRequest, AWSResponse
from moto.core.models import botocore_stubber

from chalicelib.adapters.aws import notifications_queue, ses, sms
from tests.support.dynamodb.faults import Deliver, Fault, inject
from tests.support.dynamodb.recorder import by_moto

SERVICES = {"ses": "sesv2", "sns": "sns", "sqs": "sqs"}
"""What botocore calls each service."""

ASKING = "CheckIfPhoneNumberIsOptedOut"

KINDS = (Fault.DIES_BEFORE, Fault.DIES_AFTER, Fault.ANSWER_LOST)


class Calls:
    """The calls to a service: how many were made, and what happens to the one that is chosen."""

    def __init__(self, chosen: int, act: Callable[[Deliver], AWSResponse]) -> None:
        self.made = 0
        self._chosen, self._act = chosen, act

    def __call__(self, request: AWSPreparedRequest, event_name: str, **_: object) -> AWSResponse:
        """Carry one call; botocore calls this in place of sending it. What only asks counts as none."""
        if event_name.endswith(ASKING):
            return by_moto(event_name, request)
        is_it, self.made = self.made == self._chosen, self.made + 1

        def deliver() -> AWSResponse:
            return by_moto(event_name, request)

        return self._act(deliver) if is_it else deliver()


@contextmanager
def call_met_by(service: str, chosen: int, act: Callable[[Deliver], AWSResponse]) -> Iterator[Calls]:
    """Let `act` happen in place of one call to the service, counted from 0."""
    client: Any = {"ses": ses, "sns": sms, "sqs": notifications_queue}[service]._client()
    events, calls, name = client.meta.events, Calls(chosen, act), f"before-send.{SERVICES[service]}"
    events.unregister("before-send", botocore_stubber)
    events.register(name, calls)
    try:
        yield calls
    finally:
        events.unregister(name, calls)
        events.register("before-send", botocore_stubber)


@contextmanager
def call_meets(service: str, chosen: int, kind: Fault) -> Iterator[Calls]:
    """Let one call to the service meet a fault."""
    with call_met_by(service, chosen, lambda deliver: inject(kind, service, deliver)) as calls:
        yield calls
