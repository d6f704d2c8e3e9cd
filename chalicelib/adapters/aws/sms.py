"""SNS as the SMS service: sends one text to one number."""

from functools import cache
from typing import TYPE_CHECKING

from botocore.exceptions import BotoCoreError, ClientError
from botocore.parsers import ResponseParserError

from chalicelib import log
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

    `ACCEPTED` says that SNS took it. What the phone network makes of it is in SNS's own delivery log alone. So is that
    the number has opted out: see `has_opted_out`.
    """
    return send_once(
        _SNS, lambda: _client().publish(PhoneNumber=number, Message=text, MessageAttributes=_TRANSACTIONAL)
    )


def has_opted_out(number: str) -> bool:
    """Return whether the phone has answered STOP, so that SNS sends it nothing; False where SNS does not say.

    Publish takes a message to such a number all the same. None of its errors is about that (SNS API Reference, Publish;
    `OptedOut` is one of CreateSMSSandboxPhoneNumber alone), and "Phone number is opted out" is a reason in the delivery
    log (SNS Developer Guide, "SMS delivery monitoring with CloudWatch metrics and logs"). CheckIfPhoneNumberIsOptedOut
    answers `isOptedOut`: true means that no SMS can be published to the number (SNS API Reference).
    """
    try:
        return _client().check_if_phone_number_is_opted_out(phoneNumber=number)["isOptedOut"]
    except ClientError as refusal:
        log.info("opting out not known", code=refusal.response["Error"]["Code"])
    except (BotoCoreError, ResponseParserError) as failure:
        log.info("opting out not known", code=type(failure).__name__)
    return False


@cache
def _client() -> "SNSClient":
    import boto3

    return boto3.client("sns", config=single_attempt())
