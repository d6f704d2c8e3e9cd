"""Push messages for tests: a key pair, and browsers that subscribe at the post office."""

import json
from functools import cache

import boto3
import httpx2
import pytest

from chalicelib.adapters.aws import secrets
from chalicelib.contracts.devices import DeviceRequest
from infra.local.post_office import PostOffice
from infra.push_keys import new_key_pair
from tests.support.environment import configure

KEYS_SECRET = "flowpilot-test/push-keys"

SUBSCRIPTION: dict[str, object] = {
    "endpoint": "https://push.example.net/send/1",
    "keys": {
        "p256dh": "BCVxsr7N_eNgVRqvHtD0zTZsEc6-VV-JvLexhqUzORcxaOzi6-AYWXvTBHm4bjyPjs7Vd8pZGH6SRpkNtoIAiw4",
        "auth": "BTBZMqHH6r4Tts7J_aSIgg",
    },
}
"""A browser's subscription, with the keys of the example of RFC 8291."""


@cache
def key_pair() -> dict[str, str]:
    """The key pair of the stack that the tests stand for."""
    return new_key_pair()


def send_pushes(patch: pytest.MonkeyPatch, **variables: str) -> None:
    """Have the stack send push messages: the settings name the keys, and moto keeps them."""
    secrets._kept.clear()
    secrets._client.cache_clear()
    boto3.client("secretsmanager").create_secret(Name=KEYS_SECRET, SecretString=json.dumps(key_pair()))
    configure(patch, PUSH_PUBLIC_KEY=key_pair()["public_key"], PUSH_KEYS_SECRET=KEYS_SECRET, **variables)


def a_subscription(server: PostOffice, *, name: str = "Phone") -> DeviceRequest:
    """A browser subscribes at the post office; return what its page then sends to the API."""
    order = {"application_server_key": key_pair()["public_key"]}
    made = httpx2.post(f"{server.url}/push/subscriptions", json=order).json()
    return DeviceRequest.model_validate({"name": name, **made})
