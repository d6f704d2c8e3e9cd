"""An OpenID Connect issuer on this machine: a key set served over HTTP, and tokens signed with its keys."""

import json
import time
from collections.abc import Iterator
from contextlib import contextmanager
from functools import partial
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from typing import Any, NamedTuple

import jwt
from cryptography.hazmat.primitives.asymmetric.rsa import RSAPrivateKey, generate_private_key
from jwt.algorithms import RSAAlgorithm

from chalicelib.domain.people import Caller
from tests.support.servers.serving import serving

AUDIENCE = "flowpilot-tests"
LIFETIME_S = 3600


class SigningKey(NamedTuple):
    """A key pair and the id by which tokens name it."""

    id: str
    pair: RSAPrivateKey

    @classmethod
    def new(cls, key_id: str) -> "SigningKey":
        """Make a key pair."""
        return cls(key_id, generate_private_key(public_exponent=65537, key_size=2048))

    @property
    def public(self) -> dict[str, Any]:
        """The public half as a JSON Web Key (RFC 7517)."""
        key: dict[str, Any] = RSAAlgorithm.to_jwk(self.pair.public_key(), as_dict=True)
        return {**key, "kid": self.id, "alg": "RS256", "use": "sig"}


class IdentityProvider(ThreadingHTTPServer):
    """The issuer. `fetches` counts how often its keys were asked for; `answer` is what it says then."""

    daemon_threads = True

    def __init__(self) -> None:
        self.key = SigningKey.new("key-1")
        self.fetches = 0
        self._signed: dict[tuple[RSAPrivateKey, str], str] = {}
        self.answer: tuple[int, str] = (200, self.key_set(self.key))
        super().__init__(("127.0.0.1", 0), partial(_Conversation, self))

    @property
    def issuer(self) -> str:
        """What tokens name as `iss`."""
        host, port = self.server_address[:2]
        return f"http://{host!s}:{port}"

    @property
    def jwks_url(self) -> str:
        """Where the keys are."""
        return f"{self.issuer}/.well-known/jwks.json"

    @property
    def environment(self) -> dict[str, str]:
        """The settings of an app that trusts this issuer."""
        return {"OIDC_ISSUER": self.issuer, "OIDC_AUDIENCE": AUDIENCE, "OIDC_JWKS_URL": self.jwks_url}

    def key_set(self, *keys: SigningKey) -> str:
        """A JSON Web Key Set of `keys`."""
        return json.dumps({"keys": [key.public for key in keys]})

    def claims_of(self, caller: Caller, **changes: object) -> dict[str, object]:
        """What an ID token says of `caller`; a change to None leaves the claim out."""
        now = int(time.time())
        claims = {
            "iss": self.issuer,
            "aud": AUDIENCE,
            "sub": caller.id,
            "iat": now,
            "exp": now + LIFETIME_S,
            "token_use": "id",
            "name": caller.name,
            "email": caller.email,
            "custom:account_id": caller.account_id,
            "cognito:groups": [caller.role.value],
        }
        return {name: value for name, value in (claims | changes).items() if value is not None}

    def token_of(self, caller: Caller, **changes: object) -> str:
        """An ID token of `caller`, signed with the key in use."""
        return self.sign(self.claims_of(caller, **changes))

    def sign(self, claims: dict[str, object], key: SigningKey | None = None, **header: object) -> str:
        """Sign `claims` RS256; the same once again is not signed again, which takes longer than most requests."""
        signer = key or self.key
        names = {"kid": signer.id, **header}
        known = signer.pair, json.dumps([claims, names])
        if known not in self._signed:
            self._signed[known] = jwt.encode(claims, signer.pair, algorithm="RS256", headers=names)
        return self._signed[known]


class _Conversation(BaseHTTPRequestHandler):
    def __init__(self, provider: IdentityProvider, *connection: Any) -> None:
        self._provider = provider
        super().__init__(*connection)

    def do_GET(self) -> None:
        self._provider.fetches += 1
        status, text = self._provider.answer
        self.send_response(status)
        self.send_header("Content-Length", str(len(text.encode())))
        self.end_headers()
        self.wfile.write(text.encode())

    def log_message(self, *_: object) -> None:
        """Say nothing."""


@contextmanager
def an_identity_provider() -> Iterator[IdentityProvider]:
    """Yield an issuer that answers, and stop it in the end."""
    with serving(IdentityProvider()) as provider:
        yield provider
