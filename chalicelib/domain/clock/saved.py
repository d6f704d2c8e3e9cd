"""What an account has saved for its clock: its policy and its rotas, each with a version."""

import hashlib
import hmac
import re
from datetime import datetime

from chalicelib.domain.clock.policy import Policy
from chalicelib.domain.clock.rota import Rota
from chalicelib.domain.errors import InvalidState
from chalicelib.domain.frozen_model import FrozenModel
from chalicelib.domain.instants import Instant


class SavedPolicy(FrozenModel):
    """An account's policy, and how often it has been saved: 0 while the defaults hold."""

    policy: Policy
    version: int

    def require_version(self, read: int | None) -> None:
        """Raise InvalidState unless the version that somebody read, and wants to replace, is this one; None is any."""
        _require_version("the policy", read, self.version)


class CalendarToken(FrozenModel):
    """The key to a rota's calendar feed, kept as a digest alone."""

    sha256: str
    issued_at: Instant

    @classmethod
    def of(cls, secret: str, at: datetime) -> "CalendarToken":
        """Return what is kept of a token's secret."""
        return cls(sha256=digest_of(secret), issued_at=at)

    def is_for(self, secret: str) -> bool:
        """Whether `secret` is the token's, compared in constant time."""
        return hmac.compare_digest(self.sha256, digest_of(secret))


class SavedRota(FrozenModel):
    """A rota of an account, with its name."""

    account_id: str
    id: str
    name: str
    rota: Rota
    calendar_token: CalendarToken | None = None
    updated_at: Instant
    version: int

    def require_version(self, read: int | None) -> None:
        """Raise InvalidState unless the version that somebody read, and wants to replace, is this one; None is any."""
        _require_version("this rota", read, self.version)


def is_rota_id(text: str) -> bool:
    """Tell whether `text` can be a rota's id: 1 to 64 of A-Z, a-z, 0-9, - and _, with no - or _ first."""
    return re.fullmatch(r"[A-Za-z0-9][A-Za-z0-9_-]{0,63}", text) is not None


def digest_of(secret: str) -> str:
    """Return the SHA-256 of a secret with enough entropy of its own, in hexadecimal."""
    return hashlib.sha256(secret.encode()).hexdigest()


def _require_version(thing: str, read: int | None, version: int) -> None:
    if read not in (None, version):
        detail = f"Somebody has saved {thing} since you read version {read}; it is at {version} now."
        raise InvalidState(detail, status="changed")
