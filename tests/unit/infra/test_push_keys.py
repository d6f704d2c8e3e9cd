"""The key pair of push messages: made once, found again, and never put where others read it."""

import json
from base64 import urlsafe_b64decode
from collections.abc import Iterator

import boto3
import pytest
from cryptography.hazmat.primitives.asymmetric import ec
from moto import mock_aws

from infra.cloud import Cloud
from infra.push_keys import PushKeysUnreadable, new_key_pair, push_public_key

SECRET = "flowpilot/flowpilot-dev/push-keys"


@pytest.fixture
def cloud(monkeypatch: pytest.MonkeyPatch) -> Iterator[Cloud]:
    monkeypatch.setenv("AWS_DEFAULT_REGION", "us-east-1")
    monkeypatch.delenv("AWS_ENDPOINT_URL", raising=False)
    with mock_aws():
        yield Cloud()


def decoded(text: str) -> bytes:
    return urlsafe_b64decode(text + "=" * (-len(text) % 4))


def test_first_deployment_makes_a_pair_and_later_ones_find_it(cloud: Cloud) -> None:
    first, again = (push_public_key(cloud, "flowpilot-dev") for _ in range(2))

    kept = json.loads(boto3.client("secretsmanager").get_secret_value(SecretId=SECRET)["SecretString"])
    assert first == again == kept["public_key"]
    assert kept.keys() == {"private_key", "public_key"}


def test_stages_have_pairs_of_their_own(cloud: Cloud) -> None:
    assert push_public_key(cloud, "flowpilot-dev") != push_public_key(cloud, "flowpilot-prod")


def test_public_key_is_that_of_the_private_one() -> None:
    pair = new_key_pair()

    private = ec.derive_private_key(int.from_bytes(decoded(pair["private_key"]), "big"), ec.SECP256R1())
    public = ec.EllipticCurvePublicKey.from_encoded_point(ec.SECP256R1(), decoded(pair["public_key"]))
    assert private.public_key() == public


@pytest.mark.parametrize("spoilt", ["", "{}", "[]", "a key"])
def test_secret_that_holds_no_pair_stops_the_deployment(cloud: Cloud, spoilt: str) -> None:
    boto3.client("secretsmanager").create_secret(Name=SECRET, SecretString=spoilt or " ")

    with pytest.raises(PushKeysUnreadable, match=SECRET):
        push_public_key(cloud, "flowpilot-dev")
