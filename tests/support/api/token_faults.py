"""Everything that can be wrong with an `Authorization` header: forged, stale, somebody else's, or no token at all.

The forgeries are those of RFC 8725 (JSON Web Token Best Current Practices), section 2.
"""

import base64
import hashlib
import hmac
import json
from collections.abc import Callable
from typing import Any

import jwt
from cryptography.hazmat.primitives.asymmetric import ec
from cryptography.hazmat.primitives.serialization import Encoding, PublicFormat

from tests.support.builders import OLGA
from tests.support.servers.identity_provider import IdentityProvider, SigningKey

FORGER = SigningKey.new("key-1")
"""A key of the forger's own, under the id of the issuer's."""

CURVE = ec.generate_private_key(ec.SECP256R1())

Fault = Callable[[IdentityProvider], str]


def _claiming(**changes: object) -> Fault:
    """A token that our issuer signed, with other claims than it should have; None leaves one out."""
    return lambda provider: f"Bearer {provider.token_of(OLGA, **changes)}"


def _later(claim: str, seconds: int) -> Fault:
    def fault(provider: IdentityProvider) -> str:
        claims: dict[str, Any] = provider.claims_of(OLGA)
        return f"Bearer {provider.sign(claims | {claim: claims['iat'] + seconds})}"

    return fault


def _headed(**header: object) -> Fault:
    """A token that the forger signed, whose header says by what to check it."""
    return lambda provider: f"Bearer {provider.sign(provider.claims_of(OLGA), FORGER, **header)}"


def _unsigned(algorithm: str) -> Fault:
    return lambda provider: f"Bearer {_part({'alg': algorithm, 'kid': 'key-1'})}.{_part(provider.claims_of(OLGA))}."


def _hashed_with(public_key: Callable[[IdentityProvider], bytes]) -> Fault:
    """A token whose "secret" is the issuer's public key, in the hope that the algorithm is taken from the header."""

    def fault(provider: IdentityProvider) -> str:
        signed = f"{_part({'alg': 'HS256', 'kid': 'key-1'})}.{_part(provider.claims_of(OLGA))}"
        signature = hmac.digest(public_key(provider), signed.encode(), hashlib.sha256)
        return f"Bearer {signed}.{_base64(signature)}"

    return fault


def _with_algorithm(algorithm: str, key: Any = None) -> Fault:
    def fault(provider: IdentityProvider) -> str:
        signer = key or provider.key.pair
        token = jwt.encode(provider.claims_of(OLGA), signer, algorithm=algorithm, headers={"kid": "key-1"})
        return f"Bearer {token}"

    return fault


def _promoted(provider: IdentityProvider) -> str:
    """A sound token of a viewer, its claims changed after it was signed."""
    header, _, signature = provider.token_of(OLGA, **{"cognito:groups": ["viewer"]}).split(".")
    return f"Bearer {header}.{_part(provider.claims_of(OLGA))}.{signature}"


def _unsealed(provider: IdentityProvider) -> str:
    return "Bearer " + provider.token_of(OLGA).rpartition(".")[0] + "."


def _pem(provider: IdentityProvider) -> bytes:
    return provider.key.pair.public_key().public_bytes(Encoding.PEM, PublicFormat.SubjectPublicKeyInfo)


def _jwk(provider: IdentityProvider) -> bytes:
    return json.dumps(provider.key.public).encode()


def _part(content: dict[str, Any]) -> str:
    return _base64(json.dumps(content).encode())


def _base64(content: bytes) -> str:
    return base64.urlsafe_b64encode(content).rstrip(b"=").decode()


UNAUTHENTICATED: dict[str, Fault] = {
    "empty header": lambda _: "",
    "no scheme": lambda provider: provider.token_of(OLGA),
    "scheme alone": lambda _: "Bearer",
    "scheme and blank": lambda _: "Bearer ",
    "wrong scheme": lambda provider: f"Basic {provider.token_of(OLGA)}",
    "two tokens": lambda provider: f"Bearer {provider.token_of(OLGA)} {provider.token_of(OLGA)}",
    "no token": lambda _: "Bearer sesame",
    "not ASCII": lambda _: "Bearer é.é.é",
    "10 kB of dots": lambda _: "Bearer " + "." * 10_000,
    "expired a second ago": _later("exp", -1),
    "valid from a minute on": _later("nbf", 60),
    "issued in an hour": _later("iat", 3600),
    "alg none": _unsigned("none"),
    "alg NONE": _unsigned("NONE"),
    "alg RS256 without signature": _unsealed,
    "HS256 with the public key as PEM": _hashed_with(_pem),
    "HS256 with the public key as JWK": _hashed_with(_jwk),
    "RS512 with the right key": _with_algorithm("RS512"),
    "PS256 with the right key": _with_algorithm("PS256"),
    "ES256": _with_algorithm("ES256", CURVE),
    "the forger's key under the issuer's id": _headed(),
    "unknown kid": _headed(kid="key-9"),
    "kid that is a path": _headed(kid="../../../../dev/null"),
    "jwk header": _headed(jwk=FORGER.public),
    "jku header": _headed(jku="http://127.0.0.1:9/jwks.json"),
    "x5u header": _headed(x5u="http://127.0.0.1:9/certificate.pem"),
    "critical extension": _headed(crit=["exp"]),
    "claims changed after signing": _promoted,
    "wrong issuer": _claiming(iss="https://issuer.example"),
    "wrong audience": _claiming(aud="somebody-else"),
    "no issuer": _claiming(iss=None),
    "no audience": _claiming(aud=None),
    "no expiry": _claiming(exp=None),
    "expiry that is no number": _claiming(exp="tomorrow"),
    "expiry in milliseconds, which no calendar has": _claiming(exp=1_900_000_000_000),
    "no time of issue": _claiming(iat=None),
    "no subject": _claiming(sub=None),
    "empty subject": _claiming(sub=""),
    "subject with #": _claiming(sub="sub-olga#x"),
    "subject that is no text": _claiming(sub=7),
    "access token": _claiming(token_use="access"),
    "no account": _claiming(**{"custom:account_id": None}),
    "empty account": _claiming(**{"custom:account_id": ""}),
    "account with #": _claiming(**{"custom:account_id": "acme#seniors"}),
    "account with a line break": _claiming(**{"custom:account_id": "acme\n"}),
    "account that is no text": _claiming(**{"custom:account_id": ["acme"]}),
    "very long account": _claiming(**{"custom:account_id": "a" * 129}),
}
"""Headers that name nobody, by what is wrong with them."""

FORBIDDEN: dict[str, Fault] = {
    "no role": _claiming(**{"cognito:groups": None}),
    "empty groups": _claiming(**{"cognito:groups": []}),
    "groups of somebody else's": _claiming(**{"cognito:groups": ["Admins", "ADMIN", "root"]}),
    "groups that are no list": _claiming(**{"cognito:groups": "admin"}),
    "groups that are no texts": _claiming(**{"cognito:groups": [["admin"], None, 7]}),
}
"""Headers that name somebody without any role."""
