"""Where a secret stands in a text, and what kind of secret it is."""

from enum import StrEnum
from typing import NamedTuple


class Kind(StrEnum):
    """What a secret is. The value is what a mask says."""

    PASSWORD = "password"  # noqa: S105  a word, not a password
    PIN = "PIN"
    CODE = "one-time code"
    KEY = "key"
    TOKEN = "token"  # noqa: S105
    SECRET = "secret"  # noqa: S105
    CREDENTIALS = "credentials"
    COOKIE = "cookie"
    COMMUNITY = "SNMP community"
    KEY_BLOCK = "key block"
    WEBHOOK = "webhook address"
    MARKED = "marked by the author"


class Span(NamedTuple):
    """The characters from `start` up to, not including, `end`; offsets count code points."""

    start: int
    end: int
    kind: Kind
