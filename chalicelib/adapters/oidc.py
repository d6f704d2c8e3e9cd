"""The identity provider: its signing keys, and the verification of the tokens it signs.

Sources: OpenID Connect Core 1.0 section 3.1.3.7 (validating an ID token), RFC 8725 (fix the algorithm), and Amazon
Cognito's "Verifying a JSON Web Token" (the `token_use` claim).
"""

import json
import time
import urllib.request
from collections.abc import Callable
from http.client import HTTPException
from threading import Lock
from typing import Any

import jwt

from chalicelib.domain.errors import Unauthenticated, Unavailable
from chalicelib.settings import settings

KEYS_KEPT_S = 3600
REFRESH_PAUSE_S = 30
"""Least time between two fetches for unknown key ids, so that forged tokens cannot cause a fetch each."""

RETRY_PAUSE_S = 5
"""Least time between two fetches while there are no keys at all."""

FETCH_TIMEOUT_S = 3.0

CLOCK_SKEW_S = 30
"""How far the issuer's clock may be ahead of ours, so that a new token is not refused as issued in the future."""

REQUIRED = ["exp", "iat", "iss", "aud", "sub"]


class KeySet:
    """The issuer's public keys, fetched when first needed, when old, and at most once in a while for an unknown id.

    While the issuer does not answer, the keys it gave before go on working. `clock` counts seconds.
    """

    def __init__(self, url: str, clock: Callable[[], float] = time.monotonic) -> None:
        self._url = url
        self._clock = clock
        self._keys: dict[str, jwt.PyJWK] = {}
        self._fetched_at = self._asked_at = float("-inf")
        self._lock = Lock()

    def find(self, key_id: str) -> jwt.PyJWK | None:
        """Return the key with that id, None when the issuer has no such key. Raises Unavailable without an answer."""
        with self._lock:
            if self._is_due(key_id):
                self._fetch()
            has_answered = self._fetched_at == self._asked_at
            if key_id not in self._keys and not has_answered:
                raise Unavailable("The identity provider does not answer. Try again.", retry_after_s=RETRY_PAUSE_S)
            return self._keys.get(key_id)

    def _is_due(self, key_id: str) -> bool:
        is_old = self._clock() - self._fetched_at > KEYS_KEPT_S
        pause = REFRESH_PAUSE_S if self._keys else RETRY_PAUSE_S
        return (is_old or key_id not in self._keys) and self._clock() - self._asked_at > pause

    def _fetch(self) -> None:
        self._asked_at = self._clock()
        try:
            with urllib.request.urlopen(self._url, timeout=FETCH_TIMEOUT_S) as answer:  # noqa: S310  our own setting
                keys = _signing_keys(json.load(answer))
        except (OSError, HTTPException, ValueError, RecursionError, jwt.PyJWTError):
            return
        self._keys, self._fetched_at = keys, self._asked_at


def _signing_keys(key_set: object) -> dict[str, jwt.PyJWK]:
    """Read a JSON Web Key Set (RFC 7517). Keys of an unknown type are skipped, as it demands."""
    if not isinstance(key_set, dict):
        raise jwt.PyJWKSetError("no key set")
    keys = jwt.PyJWKSet.from_dict(key_set).keys
    for_us = [key for key in keys if key.key_type == "RSA" and key.public_key_use in (None, "sig")]
    return {key.key_id: key for key in for_us if key.key_id}


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
            leeway=CLOCK_SKEW_S,
            options={"require": REQUIRED},
        )
        _require_going_on(claims)
    except jwt.ExpiredSignatureError as failure:
        raise Unauthenticated("The token has expired. Sign in again.") from failure
    except (jwt.PyJWTError, UnicodeError) as failure:
        raise Unauthenticated("The token is not a valid ID token of our identity provider.") from failure
    if claims.get("token_use", "id") != "id":
        raise Unauthenticated("This is an access token; send the ID token.")
    return claims


def _require_going_on(claims: dict[str, Any]) -> None:
    """Raise for an expired token: the leeway applies to its start alone."""
    if int(claims["exp"]) <= time.time():
        raise jwt.ExpiredSignatureError


def _key_of(token: str, url: str) -> jwt.PyJWK:
    header = jwt.get_unverified_header(token)
    if header.get("alg") != "RS256":
        raise jwt.InvalidAlgorithmError("only RS256 is accepted")
    key_set = _key_sets.setdefault(url, KeySet(url))
    key = key_set.find(str(header.get("kid", "")))
    if key is None:
        raise jwt.InvalidKeyError("no such key")
    return key
