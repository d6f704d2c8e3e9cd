"""Find out who is calling."""

from datetime import UTC, datetime
from typing import Any

from chalicelib.domain.display_text import tidy_line
from chalicelib.domain.errors import NoRole, Unauthenticated
from chalicelib.domain.people import Caller, Person, Role, is_account_id

LONGEST_NAME = 200
LONGEST_EMAIL = 320
"""In characters: the longest address that RFC 3696 allows."""


def identify_caller(authorization: str | None) -> Caller:
    """Return the caller that the bearer token in the `Authorization` header speaks for.

    Raises Unauthenticated for anything but a valid ID token of our issuer that names an account, NoRole for a
    person without any role, and Unavailable when the issuer's keys cannot be had.
    """
    scheme, _, token = (authorization or "").partition(" ")
    if scheme.lower() != "bearer" or not token:
        raise Unauthenticated("Send the ID token as `Authorization: Bearer …`.")
    from chalicelib.adapters import oidc  # its PyJWT is a tenth of a cold start, and most functions see no token

    claims = oidc.verify(token)
    account_id, subject = claims.get("custom:account_id"), claims.get("sub")
    if not is_account_id(account_id) or not is_account_id(subject):
        raise Unauthenticated("The token names no account, or no person.")
    groups = claims.get("cognito:groups") or []
    role = Role.highest_of(groups) if isinstance(groups, list) else None
    email = _shown(claims.get("email"), LONGEST_EMAIL)
    name = _shown(claims.get("name"), LONGEST_NAME) or email or str(subject)
    if role is None:
        raise NoRole(str(account_id), Person(id=str(subject), name=name), email)
    return Caller(
        account_id=str(account_id),
        id=str(subject),
        name=name,
        email=email,
        role=role,
        signed_in_at=_authenticated_at(claims),
        signed_in_until=_instant_in(claims["exp"]),
    )


def _authenticated_at(claims: dict[str, Any]) -> datetime:
    """Return when the person authenticated; without a valid `auth_time`, when the token was issued.

    A token that was renewed keeps the `auth_time` of the first one (OpenID Connect Core 1.0, section 12.2), which is
    never later than `iat`.
    """
    issued_at, said = float(claims["iat"]), claims.get("auth_time")
    if isinstance(said, bool) or not isinstance(said, int | float) or not said > 0:
        return _instant_in(issued_at)
    return _instant_in(min(issued_at, said))


def _shown(claim: object, limit: int) -> str:
    """Return a claim that people may write themselves as one line that a screen can show; empty when there is none."""
    try:
        return tidy_line(claim, limit) if isinstance(claim, str) else ""
    except ValueError:
        return ""


def _instant_in(seconds: Any) -> datetime:
    """Read a time that was found to be a number; some issuers write it as a text, or in milliseconds."""
    try:
        return datetime.fromtimestamp(float(seconds), UTC)
    except (ValueError, OverflowError, OSError) as error:
        raise Unauthenticated("The token names a time that is not valid.") from error
