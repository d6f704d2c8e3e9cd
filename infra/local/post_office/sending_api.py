"""SES and SNS as the functions call them: each call goes on to the emulator, unless a fault is switched on for it.

A client calls one service at an address of its own by `AWS_ENDPOINT_URL_SESV2` and `AWS_ENDPOINT_URL_SNS` (AWS SDKs and
Tools Reference Guide, "Service-specific endpoints").
"""

from collections.abc import Mapping
from typing import Annotated, NamedTuple
from xml.sax.saxutils import escape

import httpx2
from pydantic import BaseModel, Field

from infra.local.fake_http import Answer, BadRequest, Request
from infra.local.post_office.faults import DeliveryFault
from infra.local.post_office.mail_server import EMAIL
from infra.local.post_office.sms_service import SMS

AWS = "aws"
"""The first part of the path; the second is the service."""

SES, SNS = "sesv2", "sns"
LONGEST_CALL_S = 30
_NOT_PASSED_ON = {"host", "connection", "content-length", "accept-encoding"}

_SES_CODES = {
    400: "MessageRejected",
    403: "AccessDeniedException",
    404: "NotFoundException",
    429: "TooManyRequestsException",
    500: "InternalFailure",
    503: "ServiceUnavailable",
}
"""What SES calls its refusals (SES API v2 Reference, SendEmail and "Common Errors")."""

_SNS_CODES = {
    400: "InvalidParameter",
    403: "AuthorizationError",
    404: "NotFound",
    429: "Throttled",
    500: "InternalError",
    503: "ServiceUnavailable",
}
"""What SNS calls its refusals (SNS API Reference, Publish and "Common Errors")."""


class SentByAws(NamedTuple):
    """The kind of a message that a call sends, and the address or number that it goes to."""

    kind: str
    to: str


class _Destination(BaseModel):
    to_addresses: Annotated[list[str], Field(alias="ToAddresses", min_length=1)]


class _SesMessage(BaseModel):
    destination: _Destination = Field(alias="Destination")


def endpoints(post_office_url: str) -> dict[str, str]:
    """Return the environment by which the functions call SES and SNS here."""
    return {f"AWS_ENDPOINT_URL_{service.upper()}": f"{post_office_url}/{AWS}/{service}" for service in (SES, SNS)}


def sent_by(request: Request) -> SentByAws | None:
    """Return what the call sends to a person, None for any other call. Raises BadRequest when it cannot be read."""
    service = _service_of(request)
    if service == SES and request.parts[-1] == "outbound-emails":
        return SentByAws(EMAIL, request.as_a(_SesMessage).destination.to_addresses[0])
    number = request.form.get("PhoneNumber") if service == SNS else None
    return SentByAws(SMS, number) if number and request.form.get("Action") == "Publish" else None


def refusal(request: Request, fault: DeliveryFault) -> Answer:
    """Return how the service that is called refuses by the fault's status code. A redirect is that of any server."""
    if not fault.kind.isdecimal():
        return fault.answer_instead()
    status = int(fault.kind)
    if _service_of(request) == SES:
        code = _SES_CODES.get(status, fault.kind)
        return Answer.of_json(status, {"message": "Rehearsed."}, {"x-amzn-errortype": code})
    code = escape(_SNS_CODES.get(status, fault.kind))
    said = f"<Error><Type>Sender</Type><Code>{code}</Code><Message>Rehearsed.</Message></Error>"
    body = f'<ErrorResponse xmlns="http://sns.amazonaws.com/doc/2010-03-31/">{said}</ErrorResponse>'
    return Answer(status, body.encode(), {"content-type": "text/xml"})


def hand_on(request: Request, emulator_url: str) -> Answer:
    """Have the emulator answer the call. Raises BadRequest, 503, while it does not."""
    path = request.path[len(f"/{AWS}/{_service_of(request)}") :] or "/"
    headers = {name: value for name, value in request.headers.items() if name not in _NOT_PASSED_ON}
    try:
        answer = httpx2.post(emulator_url + path, headers=headers, content=request.raw, timeout=LONGEST_CALL_S)
    except httpx2.HTTPError as error:
        raise BadRequest(f"The emulator does not answer: {error!r}", 503) from error
    return Answer(answer.status_code, answer.content, _kept(answer.headers))


def _kept(headers: Mapping[str, str]) -> dict[str, str]:
    return {name: value for name, value in headers.items() if name == "content-type" or name.startswith("x-amzn")}


def _service_of(request: Request) -> str:
    service = request.parts[1]
    if service not in (SES, SNS):
        raise BadRequest(f"{service} is not a service that sends messages: {SES}, {SNS}", 404)
    return service
