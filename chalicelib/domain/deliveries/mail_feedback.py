"""What the mail service says later of an e-mail that it took: it came back, or its reader marked it as spam."""

from base64 import urlsafe_b64decode, urlsafe_b64encode
from collections.abc import Mapping
from enum import StrEnum

from chalicelib.domain.frozen_model import FrozenModel
from chalicelib.domain.instants import Instant
from chalicelib.domain.people import is_account_id


class FeedbackKind(StrEnum):
    """What became of an e-mail."""

    BOUNCED = "bounced"
    """It came back for good: there is no such mailbox."""
    NOT_TAKEN = "not_taken"
    """It came back for now: a full mailbox, or a server that could not be reached for hours."""
    COMPLAINED = "complained"
    """Its reader marked it as spam."""


class EmailTrouble(FrozenModel):
    """Why and since when no e-mail is sent to an address, until its person saves their settings or has another."""

    address: str
    why: FeedbackKind
    at: Instant

    def is_about(self, address: str) -> bool:
        """Whether it is about `address`, whatever the case of its letters."""
        return self.address.casefold() == address.casefold()


class MailReference(FrozenModel):
    """A reference to the ledger entry of an e-mail, which the mail service gets with it and returns in its events."""

    account_id: str
    subject: str
    position: str

    @property
    def tags(self) -> dict[str, str]:
        """The reference as tags of the message, whose values may be letters, digits, `-` and `_`."""
        return {name: _encoded(getattr(self, name)) for name in _NAMES}

    @classmethod
    def of_tags(cls, tags: Mapping[str, str]) -> "MailReference | None":
        """Return the reference in `tags`, None for a message that is none of ours. Raises ValueError for a torn one."""
        if not any(name in tags for name in _NAMES):
            return None
        missing = [name for name in _NAMES if not tags.get(name)]
        if missing:
            raise ValueError(f"the tag {missing[0]} is missing")
        values = {name: _decoded(name, tags[name]) for name in _NAMES}
        if not is_account_id(values["account_id"]):
            raise ValueError("the tag account_id names no account")
        return cls(**values)


class MailFeedback(FrozenModel):
    """What became of one e-mail to `address`, which was sent at `sent_at`."""

    kind: FeedbackKind
    address: str
    reference: MailReference
    sent_at: Instant

    @property
    def switches_off(self) -> bool:
        """Whether nothing more is sent to the address."""
        return self.kind is not FeedbackKind.NOT_TAKEN

    @property
    def detail(self) -> str:
        """What the ledger says of it."""
        return _SAID[self.kind]


_SAID = {
    FeedbackKind.BOUNCED: "It came back: there is no such mailbox. E-mail to this address is switched off.",
    FeedbackKind.NOT_TAKEN: "It came back: the mailbox did not take it.",
    FeedbackKind.COMPLAINED: "It was marked as spam. E-mail to this address is switched off.",
}

_NAMES = ("account_id", "subject", "position")


def _encoded(text: str) -> str:
    return urlsafe_b64encode(text.encode()).decode().rstrip("=")


def _decoded(name: str, text: str) -> str:
    try:
        return urlsafe_b64decode(text + "=" * (-len(text) % 4)).decode()
    except ValueError as error:
        raise ValueError(f"the tag {name} cannot be read") from error
