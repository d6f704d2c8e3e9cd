"""SNS as the SMS service: sends one text to one number."""

from functools import cache
from typing import TYPE_CHECKING

from chalicelib.adapters.aws.send_once import SendingService, send_once, single_attempt
from chalicelib.domain.deliveries.outcome import SendOutcome

if TYPE_CHECKING:
    from mypy_boto3_sns import SNSClient
    from mypy_boto3_sns.type_defs import MessageAttributeValueTypeDef

_SNS = SendingService(
    "SMS service",
    throttled=frozenset({"Throttled", "ThrottledException", "Throttling", "ThrottlingException"}),
    setup=frozenset({"AccessDenied", "AuthorizationError", "InvalidClientTokenId", "InvalidSecurity", "OptInRequired"}),
)

_TRANSACTIONAL: "dict[str, MessageAttributeValueTypeDef]" = {
    "AWS.SNS.SMS.SMSType": {"DataType": "String", "StringValue": "Transactional"}
}
"""Sent by the more reliable route, also to numbers that take no advertising."""


def send_sms(number: str, text: str) -> SendOutcome:
    """Send `text` and return how that ended. It is never sent twice by itself: an end that is not known is UNKNOWN.

    `ACCEPTED` says that SNS took it. What the phone network makes of it is in SNS's own delivery log alone.
    """
    return send_once(
        _SNS, lambda: _client().publish(PhoneNumber=number, Message=text, MessageAttributes=_TRANSACTIONAL)
    )


@cache
def _client() -> "SNSClient":
    import boto3

    return boto3.client("sns", config=single_attempt())
