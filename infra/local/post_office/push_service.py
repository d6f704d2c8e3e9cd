"""The post office as a push service and as the browser behind it: checks RFC 8030 and 8292, decrypts by RFC 8291."""

import json
import re
import secrets
import time
from base64 import urlsafe_b64decode, urlsafe_b64encode
from dataclasses import dataclass, field
from typing import Annotated, Any

import jwt
from cryptography.hazmat.primitives.asymmetric import ec
from pydantic import BaseModel, ConfigDict, Field

from infra.local.fake_http import BadRequest, Request, checked
from infra.local.post_office.mailbox import Mailbox, PostedMessage
from infra.local.post_office.rfc8291 import decrypt, public_point

PUSH = "push"
LARGEST_BODY = 4096
LONGEST_SIGNATURE_S = 24 * 3600

_HEADERS = {
    "content-encoding": r"aes128gcm",
    "ttl": r"[0-9]+",
    "urgency": r"very-low|low|normal|high",
    "topic": r"[A-Za-z0-9_-]{1,32}",
}
_AUTHORIZATION = re.compile(r"vapid t=(?P<token>[\w.-]+), ?k=(?P<key>[\w-]+)", re.ASCII)


@dataclass
class Subscription:
    """A browser's subscription: what it decrypts with, and whose messages it takes."""

    application_server_key: str
    key: ec.EllipticCurvePrivateKey = field(default_factory=lambda: ec.generate_private_key(ec.SECP256R1()))
    auth: bytes = field(default_factory=lambda: secrets.token_bytes(16))
    is_gone: bool = False


class SubscriptionOrder(BaseModel):
    """A browser subscribes, as `pushManager.subscribe` does: it takes messages signed with this key alone."""

    model_config = ConfigDict(extra="forbid", strict=True)

    application_server_key: Annotated[str, Field(pattern=r"^B[A-Za-z0-9_-]{86}$")]


class PushContent(BaseModel):
    """What the page's service worker understands."""

    model_config = ConfigDict(extra="forbid", strict=True)

    title: Annotated[str, Field(min_length=1)]
    body: str
    waiting_since: str | None
    tag: Annotated[str, Field(min_length=1)]
    path: Annotated[str, Field(pattern=r"^/")]
    silent: bool
    token: Annotated[str, Field(min_length=1)]


def subscribe(mailbox: Mailbox, request: Request) -> dict[str, Any]:
    """Make a subscription, and return it as a browser's `PushSubscription.toJSON()` has it."""
    name = secrets.token_hex(16)
    made = Subscription(request.as_a(SubscriptionOrder).application_server_key)
    mailbox.subscriptions[name] = made
    keys = {"p256dh": _encoded(public_point(made.key.public_key())), "auth": _encoded(made.auth)}
    return {"endpoint": f"{_origin(request)}/{PUSH}/{name}", "keys": keys}


def unsubscribe(mailbox: Mailbox, name: str) -> None:
    """End a subscription: its messages are refused with 410 from now on. Raises BadRequest, 404."""
    _find(mailbox, name).is_gone = True


def receive_push(mailbox: Mailbox, name: str, request: Request) -> PostedMessage:
    """Check a message as a push service does, and read it as a browser does. Raises BadRequest."""
    subscription = _find(mailbox, name)
    if subscription.is_gone:
        raise BadRequest("The subscription has ended.", 410)
    _check_headers(request)
    if len(request.raw) > LARGEST_BODY:
        raise BadRequest("The message is too large.", 413)
    _check_signature(request, subscription)
    try:
        text = decrypt(request.raw, subscription.key, subscription.auth).decode()
        content = checked(PushContent, json.loads(text))
    except ValueError as error:
        raise BadRequest(f"The browser cannot read the message: {error}.") from error
    shown = {header: request.headers[header] for header in _HEADERS}
    return PostedMessage(PUSH, f"{PUSH}/{name}", content.title, text, None, shown)


def _find(mailbox: Mailbox, name: str) -> Subscription:
    if name not in mailbox.subscriptions:
        raise BadRequest("There is no such subscription.", 404)
    return mailbox.subscriptions[name]


def _check_headers(request: Request) -> None:
    for name, pattern in _HEADERS.items():
        if not re.fullmatch(pattern, request.headers.get(name, ""), re.ASCII):
            raise BadRequest(f"The header {name} is missing or wrong.")


def _check_signature(request: Request, subscription: Subscription) -> None:
    """RFC 8292: signed by the key that the browser subscribed with, for this origin, for at most a day."""
    found = _AUTHORIZATION.fullmatch(request.headers.get("authorization", ""))
    if found is None:
        raise BadRequest("There is no VAPID signature.", 401)
    if found["key"] != subscription.application_server_key:
        raise BadRequest("The key is not the one that the browser subscribed with.", 403)
    point = ec.EllipticCurvePublicKey.from_encoded_point(ec.SECP256R1(), _decoded(found["key"]))
    try:
        claims = jwt.decode(found["token"], point, ["ES256"], audience=_origin(request), options={"require": ["exp"]})
    except jwt.InvalidTokenError as error:
        raise BadRequest(f"The signature is not valid: {error}", 403) from error
    if claims["exp"] > time.time() + LONGEST_SIGNATURE_S:
        raise BadRequest("The signature is valid for more than a day.", 403)
    if not re.match(r"mailto:[^@\s]+@[^@\s]+$|https://", str(claims.get("sub", ""))):
        raise BadRequest("The signature names nobody to contact.", 403)


def _origin(request: Request) -> str:
    return f"http://{request.headers.get('host', '')}"


def _encoded(content: bytes) -> str:
    return urlsafe_b64encode(content).decode().rstrip("=")


def _decoded(text: str) -> bytes:
    return urlsafe_b64decode(text + "=" * (-len(text) % 4))
