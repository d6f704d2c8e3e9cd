"""The secrets of an integration: names, formats, and rotation without a gap."""

import base64
import re
from collections.abc import Callable, Mapping

from chalicelib.domain.errors import InvalidRequest
from chalicelib.domain.integration import PsaKind

WEBHOOK_SECRET = "webhook_secret"  # noqa: S105  the name of one
PREVIOUS_WEBHOOK_SECRET = "previous_webhook_secret"  # noqa: S105

Form = tuple[Callable[[str], object], str]
"""The pattern of a value, and its description."""


LEAST_SECRET_BYTES = 16
"""The specification asks for 24 to 64 bytes; senders give out 16, and the official libraries take any length."""

GOOD_SECRET_BYTES = 24


def standard_key(secret: str) -> bytes:
    """Return the bytes of a Standard Webhooks secret, which may come without `whsec_` and without padding.

    Raises ValueError.
    """
    text = secret.removeprefix("whsec_").rstrip("=")
    return base64.b64decode(text + "=" * (-len(text) % 4), validate=True)


def _is_standard_secret(value: str) -> bool:
    try:
        return LEAST_SECRET_BYTES <= len(standard_key(value)) <= 64
    except ValueError:
        return False


_KEY: Form = (re.compile(r"[!-~]{1,500}").fullmatch, "1 to 500 printable ASCII characters without spaces")
_PASSWORD: Form = (re.compile(r"[!-~]{8,200}").fullmatch, "8 to 200 printable ASCII characters without spaces")
_AUTOTASK: Form = (re.compile(r"[!-~]{8,64}").fullmatch, "8 to 64 printable ASCII characters, as Autotask takes them")
_STANDARD: Form = (
    _is_standard_secret,
    "16 to 64 bytes in base64, with or without whsec_ before it",
)

_REQUIRED: dict[PsaKind, dict[str, Form]] = {
    PsaKind.CONNECTWISE: {"public_key": _KEY, "private_key": _KEY},
    PsaKind.AUTOTASK: {"api_integration_code": _KEY, "api_secret": _KEY},
    PsaKind.HALOPSA: {"client_secret": _KEY},
    PsaKind.STANDARD: {},
}
"""The secrets that every call to the PSA needs."""

_OF_WEBHOOKS = {PsaKind.AUTOTASK: _AUTOTASK, PsaKind.HALOPSA: _PASSWORD, PsaKind.STANDARD: _STANDARD}
"""What webhooks are proven by. ConnectWise has none that we could keep: it publishes a key for each callback."""


def names_of(kind: PsaKind) -> list[str]:
    """Return the names of the secrets that an integration of this kind may have."""
    return list(_forms_of(kind))


def changed_secrets(kind: PsaKind, current: Mapping[str, str], changes: Mapping[str, str | None]) -> dict[str, str]:
    """Return the secrets after `changes`: a string sets one, None removes it, what is not named stays.

    A webhook secret that is replaced goes on counting as the previous one until it is removed, so that nothing is
    refused while the PSA is being told. Making the same change again changes nothing. Raises InvalidRequest naming
    what is unknown, malformed or missing; it never repeats a value.
    """
    forms = _forms_of(kind)
    for name, value in changes.items():
        if name not in forms:
            raise InvalidRequest(f"/secrets/{name}", f"{kind} has no secret of this name; it has {', '.join(forms)}.")
        is_well_formed, words = forms[name]
        if value is not None and not is_well_formed(value):
            raise InvalidRequest(f"/secrets/{name}", f"This has to be {words}.")
    after = {**current, **_rotation(current, changes), **changes}
    for name in _REQUIRED[kind]:
        if not after.get(name):
            raise InvalidRequest(f"/secrets/{name}", f"{kind} cannot be asked for anything without this.")
    return {name: value for name, value in after.items() if value is not None}


def require_every_secret(kind: PsaKind, changes: Mapping[str, str | None]) -> None:
    """Raise InvalidRequest unless `changes` sets every secret that is shown to the PSA when it is asked.

    For an address at another host: else anyone who may change the address could have secrets sent to a host of theirs.
    """
    for name in _REQUIRED[kind]:
        if not changes.get(name):
            raise InvalidRequest(f"/secrets/{name}", "The address is at another host; enter this secret again.")


def webhook_secrets(secrets: Mapping[str, str]) -> list[str]:
    """Return the secrets that a webhook may be proven by now: the current one, and the previous while there is one."""
    return [secrets[name] for name in (WEBHOOK_SECRET, PREVIOUS_WEBHOOK_SECRET) if name in secrets]


def _rotation(current: Mapping[str, str], changes: Mapping[str, str | None]) -> dict[str, str | None]:
    old, new = current.get(WEBHOOK_SECRET), changes.get(WEBHOOK_SECRET)
    return {PREVIOUS_WEBHOOK_SECRET: old} if old and new and new != old else {}


def _forms_of(kind: PsaKind) -> dict[str, Form]:
    if kind not in _OF_WEBHOOKS:
        return _REQUIRED[kind]
    form = _OF_WEBHOOKS[kind]
    return {**_REQUIRED[kind], WEBHOOK_SECRET: form, PREVIOUS_WEBHOOK_SECRET: form}
