"""SNS as the SMS service: sends one text to one number."""

from functools import cache
from typing import TYPE_CHECKING

from botocore.exceptions import BotoCoreError, ClientError, ConnectTimeoutError, EndpointConnectionError

from chalicelib.domain.deliveries.outcome import SendOutcome, SendResult

if TYPE_CHECKING:
    from mypy_boto3_sns import SNSClient
    from mypy_boto3_sns.type_defs import MessageAttributeValueTypeDef

_NOT_NOW = {"Throttled", "ThrottledException", "Throttling", "ThrottlingException"}
_SETUP = {"AccessDenied", "AuthorizationError", "InvalidClientTokenId", "InvalidSecurity", "OptInRequired"}
"""Refusals that an administrator of the stack can end, so the message is tried again."""

_TRANSACTIONAL: "dict[str, MessageAttributeValueTypeDef]" = {
    "AWS.SNS.SMS.SMSType": {"DataType": "String", "StringValue": "Transactional"}
}
"""Sent by the more reliable route, also to numbers that take no advertising."""


def send_sms(number: str, text: str) -> SendOutcome:
    """Send `text` and return how that ended. It is never sent twice by itself: an end that is not known is UNKNOWN.

    `ACCEPTED` says that SNS took it. What the phone network makes of it is in SNS's own delivery log alone.
    """
    try:
        taken = _client().publish(PhoneNumber=number, Message=text, MessageAttributes=_TRANSACTIONAL)
    except ClientError as refusal:
        return _outcome_of(refusal)
    except (ConnectTimeoutError, EndpointConnectionError):
        return SendOutcome(SendResult.RETRY, "The SMS service cannot be reached.")
    except BotoCoreError:
        return SendOutcome(SendResult.UNKNOWN, "The SMS service did not answer; the message may have been sent.")
    return SendOutcome(SendResult.ACCEPTED, message_id=taken["MessageId"])


def _outcome_of(refusal: ClientError) -> SendOutcome:
    code = refusal.response["Error"]["Code"]
    status = refusal.response["ResponseMetadata"]["HTTPStatusCode"]
    if code in _NOT_NOW or status in (429, 503):
        return SendOutcome(SendResult.RETRY, "The SMS service takes nothing right now.")
    if code in _SETUP:
        return SendOutcome(SendResult.RETRY, f"The SMS service is not set up ({code}).")
    if status >= 500:
        return SendOutcome(SendResult.UNKNOWN, f"The SMS service failed ({status}); the message may have been sent.")
    return SendOutcome(SendResult.REFUSED, f"The SMS service refused the message ({code}).")


@cache
def _client() -> "SNSClient":
    """Without retries of its own: after a lost answer they would send the message again."""
    import boto3
    from botocore.config import Config

    once = Config(connect_timeout=2, read_timeout=10, retries={"mode": "standard", "total_max_attempts": 1})
    return boto3.client("sns", config=once)
