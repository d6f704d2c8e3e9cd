"""One call to an AWS service that sends a message, and how it ended. It is made once: a repeat might send twice."""

from collections.abc import Callable, Mapping
from typing import NamedTuple

from botocore.config import Config
from botocore.exceptions import BotoCoreError, ClientError, ConnectTimeoutError, EndpointConnectionError
from botocore.parsers import ResponseParserError

from chalicelib.domain.deliveries.outcome import SendOutcome, SendResult


class SendingService(NamedTuple):
    """A service by the name that people see, and the codes of refusals after which a message is tried again.

    `setup`: refusals whose cause an administrator of the stack can remove.
    """

    name: str
    throttled: frozenset[str]
    setup: frozenset[str]


def single_attempt() -> Config:
    """Return the settings of a client without retries of its own: after a lost answer they would send again."""
    return Config(connect_timeout=2, read_timeout=10, retries={"mode": "standard", "total_max_attempts": 1})


def send_once(service: SendingService, call: Callable[[], Mapping[str, object]]) -> SendOutcome:
    """Return how `call` ended, whose answer has a `MessageId`. An end that is not known is UNKNOWN."""
    try:
        taken = call()
    except ClientError as refusal:
        return _outcome_of(refusal, service)
    except (ConnectTimeoutError, EndpointConnectionError):
        return SendOutcome(SendResult.RETRY, f"The {service.name} cannot be reached.")
    except (BotoCoreError, ResponseParserError):  # the latter: an answer that is not of the service's form
        return SendOutcome(SendResult.UNKNOWN, f"The {service.name} did not answer; the message may have been sent.")
    return SendOutcome(SendResult.ACCEPTED, message_id=str(taken["MessageId"]))


def _outcome_of(refusal: ClientError, service: SendingService) -> SendOutcome:
    code = refusal.response["Error"]["Code"]
    status = refusal.response["ResponseMetadata"]["HTTPStatusCode"]
    if code in service.throttled or status in (429, 503):
        return SendOutcome(SendResult.RETRY, f"The {service.name} takes nothing right now.")
    if code in service.setup:
        return SendOutcome(SendResult.RETRY, f"The {service.name} is not set up ({code}).")
    if status >= 500:
        return SendOutcome(SendResult.UNKNOWN, f"The {service.name} failed ({status}); the message may have been sent.")
    return SendOutcome(SendResult.REFUSED, f"The {service.name} refused the message ({code}).")
