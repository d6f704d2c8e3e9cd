"""Devices: which keys messages can be encrypted for, and how many devices there can be."""

from base64 import urlsafe_b64decode, urlsafe_b64encode

import pytest

from chalicelib.domain.deliveries.device import (
    MOST_DEVICES,
    Device,
    Devices,
    device_id_of,
    require_subscription_keys,
)
from chalicelib.domain.errors import InvalidRequest, InvalidState
from tests.support.builders import minute

POINT = urlsafe_b64decode("BCVxsr7N_eNgVRqvHtD0zTZsEc6-VV-JvLexhqUzORcxaOzi6-AYWXvTBHm4bjyPjs7Vd8pZGH6SRpkNtoIAiw4=")
"""The browser's public key in the example of RFC 8291."""

AUTH = bytes(range(16))


def encoded(content: bytes) -> str:
    return urlsafe_b64encode(content).decode().rstrip("=")


def a_device(number: int, **changes: object) -> Device:
    endpoint = f"https://push.example/{number}"
    given: dict[str, object] = {"id": device_id_of(endpoint), "name": "Phone", "endpoint": endpoint}
    return Device.model_validate({**given, "p256dh": "p", "auth": "a", "added_at": minute(number), **changes})


def test_keys_of_a_browser_are_accepted_with_and_without_padding() -> None:
    require_subscription_keys(encoded(POINT), encoded(AUTH))
    require_subscription_keys(urlsafe_b64encode(POINT).decode(), urlsafe_b64encode(AUTH).decode())


@pytest.mark.parametrize(
    "point",
    [
        b"",
        POINT[:-1],
        POINT + b"0",
        b"\x02" + POINT[1:33],
        b"\x06" + POINT[1:],
        b"\x04" + bytes(64),
        POINT[:-1] + bytes([POINT[-1] ^ 1]),
        b"\x04" + b"\xff" * 64,
    ],
    ids=["none", "short", "long", "compressed", "hybrid", "zero", "beside", "beyond"],
)
def test_what_is_no_point_of_the_curve_is_refused(point: bytes) -> None:
    with pytest.raises(InvalidRequest) as refused:
        require_subscription_keys(encoded(point), encoded(AUTH))

    assert refused.value.pointer == "/keys/p256dh"


@pytest.mark.parametrize("auth", [encoded(AUTH[:-1]), encoded(AUTH + b"0"), "", "~" * 22, "a", "é" * 22])
def test_authentication_secret_of_another_size_is_refused(auth: str) -> None:
    with pytest.raises(InvalidRequest) as refused:
        require_subscription_keys(encoded(POINT), auth)

    assert refused.value.pointer == "/keys/auth"


def test_same_subscription_again_renews_the_device_in_its_place() -> None:
    devices = Devices().adding(a_device(1)).adding(a_device(2))

    renewed = devices.adding(a_device(1, name="Work phone", added_at=minute(9)))

    assert [(one.name, one.added_at) for one in renewed.items] == [("Work phone", minute(1)), ("Phone", minute(2))]
    assert renewed.version == 3


def test_one_device_too_many_is_refused() -> None:
    devices = Devices(items=tuple(a_device(number) for number in range(MOST_DEVICES)), version=10)

    with pytest.raises(InvalidState) as refused:
        devices.adding(a_device(99))

    assert refused.value.status == "full"
    assert len(devices.adding(a_device(3, name="Other")).items) == MOST_DEVICES


def test_removing_what_is_not_there_changes_nothing() -> None:
    devices = Devices().adding(a_device(1))

    assert devices.without("none") is devices
    assert devices.without(a_device(1).id).items == ()
