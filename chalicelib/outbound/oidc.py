"""The identity provider: its signing keys, and the verification of the tokens it signs.

Sources: OpenID Connect Core 1.0 section 3.1.3.7 (validating an ID token), RFC 8725 (fix the algorithm), and Amazon
Cognito's "Verifying a JSON Web Token" (the `token_use` claim).
"""

import json
import time
import urllib.request
from threading import Lock
from typing import Any

import jwt

from chalicelib.domain.errors import Unauthenticated, Unavailable
from chalicelib.settings import settings

KEYS_KEPT_S = 3600.0
REFRESH_PAUSE_S = 30.0
"""How long an unknown key id waits before the keys are fetched again: a forger must not make us ask all the time."""

FETCH_TIMEOUT_S = 3.0
REQUIRED = ["exp", "iat", "iss", "aud", "sub"]


class KeySet:
    """The issuer's public keys, fetched when first needed, when old, and at most once in a while for an unknown id."""

    def __init__(self, url: str) -> None:
        self._url = url
        self._keys: dict[str, jwt.PyJWK] = {}
        self._fetched_at = float("-inf")
        self._lock = Lock()

    def find(self, key_id: str) -> jwt.PyJWK | None:
        """Return the key of that id, None when the issuer has no such key. Raises Unavailable when it cannot say."""
        with self._lock:
            age = time.monotonic() - self._fetched_at
            if age > KEYS_KEPT_S or (key_id not in self._keys and age > REFRESH_PAUSE_S):
                self._fetch()
            return self._keys.get(key_id)

    def _fetch(self) -> None:
        try:
            with urllib.request.urlopen(self._url, timeout=FETCH_TIMEOUT_S) as answer:  # noqa: S310  our own setting
                listed = json.load(answer)["keys"]
        except (OSError, ValueError, KeyError) as failure:
            if self._keys:
                return  # old keys are still the issuer's; an unknown id stays unknown
            raise Unavailable("The identity provider does not answer. Try again.", retry_after_s=5) from failure
        self._keys = {key["kid"]: jwt.PyJWK(key) for key in listed if key.get("kty") == "RSA" and "kid" in key}
        self._fetched_at = time.monotonic()


_key_sets: dict[str, KeySet] = {}


def verify(token: str) -> dict[str, Any]:
    """Return the claims of an ID token: signed RS256 by our issuer, for us, and not expired.

    Raises Unauthenticated for any other token, Unavailable when the issuer's keys cannot be had.
    """
    config = settings()
    try:
        key = _key_of(token, config.oidc_jwks_url)
        claims: dict[str, Any] = jwt.decode(
            token,
            key,
            algorithms=["RS256"],
            audience=config.oidc_audience,
            issuer=config.oidc_issuer,
            options={"require": REQUIRED},
        )
    except jwt.ExpiredSignatureError as failure:
        raise Unauthenticated("The token has expired. Sign in again.") from failure
    except jwt.InvalidTokenError as failure:
        raise Unauthenticated("The token is not a valid ID token of our identity provider.") from failure
    if claims.get("token_use", "id") != "id":
        raise Unauthenticated("This is an access token; send the ID token.")
    return claims


def _key_of(token: str, url: str) -> jwt.PyJWK:
    header = jwt.get_unverified_header(token)
    if header.get("alg") != "RS256":
        raise jwt.InvalidAlgorithmError("only RS256 is accepted")
    key_set = _key_sets.setdefault(url, KeySet(url))
    key = key_set.find(str(header.get("kid", "")))
    if key is None:
        raise jwt.InvalidKeyError("no such key")
    return key
