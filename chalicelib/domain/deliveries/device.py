"""Devices: browsers of a person that have subscribed to push messages (Push API, RFC 8030)."""

import re
from base64 import urlsafe_b64decode
from hashlib import sha256

from chalicelib.domain.errors import InvalidRequest, InvalidState
from chalicelib.domain.frozen_model import FrozenModel
from chalicelib.domain.instants import Instant

MOST_DEVICES = 10
"""How many devices a person may have."""

LONGEST_ENDPOINT = 1_000

_FIELD = 2**256 - 2**224 + 2**192 + 2**96 - 1
_B = 0x5AC635D8AA3A93E7B3EBBD55769886BC651D06B0CC53B0F63BCE3C3E27D2604B
"""The prime and the constant of the curve P-256. Source: FIPS 186-4, appendix D.1.2.3."""


class Device(FrozenModel):
    """A browser that takes push messages: its address at a push service, and the keys that messages are encrypted for.

    `endpoint` never comes back out of the API. The id follows from it, so that subscribing again is no second device.
    """

    id: str
    name: str
    endpoint: str
    p256dh: str
    auth: str
    added_at: Instant

    def is_subscribed_as(self, other: "Device") -> bool:
        """Whether messages that were encrypted for `other` are for this subscription too."""
        return (self.p256dh, self.auth, self.added_at) == (other.p256dh, other.auth, other.added_at)


class Devices(FrozenModel):
    """The devices of a person, oldest first. `version` rises with each change: 0 while there never was one."""

    items: tuple[Device, ...] = ()
    version: int = 0

    @property
    def told(self) -> tuple[Device, ...]:
        """Those that get messages: the newest, should more be stored than a person may have."""
        return self.items[-MOST_DEVICES:]

    def find(self, device_id: str) -> Device | None:
        """Return the device of that id, None when there is none."""
        return next((device for device in self.items if device.id == device_id), None)

    def adding(self, device: Device) -> "Devices":
        """Return them with `device`, in its own place where it is there. Raises InvalidState at the limit."""
        known = self.find(device.id)
        if known:
            renewed = device.model_copy(update={"added_at": known.added_at})
            items = tuple(renewed if one.id == device.id else one for one in self.items)
        elif len(self.items) >= MOST_DEVICES:
            raise InvalidState(f"You have {MOST_DEVICES} devices already, the most there can be.", status="full")
        else:
            items = (*self.items, device)
        return self._changed(items)

    def without(self, device_id: str) -> "Devices":
        """Return them without the device of that id."""
        return self._changed(tuple(device for device in self.items if device.id != device_id))

    def without_gone(self, device: Device) -> "Devices":
        """Return them without a device that its push service does not know, unless it has subscribed again since."""
        known = self.find(device.id)
        return self.without(device.id) if known and known.is_subscribed_as(device) else self

    def _changed(self, items: tuple[Device, ...]) -> "Devices":
        return self if items == self.items else Devices(items=items, version=self.version + 1)


def device_id_of(endpoint: str) -> str:
    """Return the id of the device at `endpoint`."""
    return sha256(endpoint.encode()).hexdigest()[:32]


def require_subscription_keys(p256dh: str, auth: str) -> None:
    """Raise InvalidRequest unless messages can be encrypted for these keys (RFC 8291, section 3.1).

    `p256dh` is an uncompressed point of the curve P-256 (a compressed one is encrypted for without an error, and yields
    what nobody can read), `auth` a secret of 16 bytes, both in base64url.
    """
    point = _decoded(p256dh)
    if len(point) != 65 or point[0] != 4 or not _is_on_curve(point):
        raise InvalidRequest("/keys/p256dh", "This is no public key: an uncompressed point of P-256, 65 bytes.")
    if len(_decoded(auth)) != 16:
        raise InvalidRequest("/keys/auth", "This is no authentication secret, which has 16 bytes.")


def _is_on_curve(point: bytes) -> bool:
    x, y = int.from_bytes(point[1:33], "big"), int.from_bytes(point[33:], "big")
    return x < _FIELD and y < _FIELD and (y * y - (x * x * x - 3 * x + _B)) % _FIELD == 0


def _decoded(text: str) -> bytes:
    """Return the bytes that `text` stands for in base64url, with or without padding; none for any other text."""
    if not re.fullmatch(r"[A-Za-z0-9_-]{1,120}={0,2}", text, re.ASCII):
        return b""
    try:
        return urlsafe_b64decode(text.rstrip("=") + "=" * (-len(text.rstrip("=")) % 4))
    except ValueError:
        return b""
