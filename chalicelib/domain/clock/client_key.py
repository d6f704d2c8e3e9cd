"""The key by which a client's rules are found, short enough for the handoff's row that a claim writes."""

from base64 import urlsafe_b64encode
from hashlib import sha256
from typing import Self
from unicodedata import normalize

from chalicelib.domain.display_text import one_line
from chalicelib.domain.frozen_model import FrozenModel

DIGEST_LENGTH = 7
"""Of a text that is compared, 42 bits are kept: beside 500 rules one text in 9 billion is mistaken for another."""


class ClientKey(FrozenModel):
    """The texts by which a client and its ticket are compared, each as a digest; None where unknown."""

    id: str | None = None
    name: str | None = None
    contract: str | None = None
    type: str | None = None

    @classmethod
    def of(
        cls, *, id: str | None = None, name: str | None = None, contract: str | None = None, type: str | None = None
    ) -> Self:
        """Return the key of a client by its texts, which ticket systems give each in its own words."""
        return cls(id=digest_of(id), name=digest_of(name), contract=digest_of(contract), type=digest_of(type))

    @property
    def packed(self) -> str | None:
        """The key as one text of 31 characters at most, such as `kq3_Zx1..b0-9aLw.`; None where nothing is known."""
        parts = [part or "" for part in (self.id, self.name, self.contract, self.type)]
        return ".".join(parts) if any(parts) else None

    @classmethod
    def unpacked(cls, text: str | None) -> Self | None:
        """Return the key that was `packed` as `text`; None for None."""
        if text is None:
            return None
        id_, name, contract, type_ = (part or None for part in text.split("."))
        return cls(id=id_, name=name, contract=contract, type=type_)


def digest_of(text: str | None) -> str | None:
    """Return what of `text` is compared: case, white space and two ways to write a letter make no difference."""
    folded = one_line(normalize("NFKC", text)).casefold() if text else ""
    return urlsafe_b64encode(sha256(folded.encode()).digest())[:DIGEST_LENGTH].decode() if folded else None
