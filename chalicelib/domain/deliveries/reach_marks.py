"""When something last reached a person, by place: their address, their number, or one of their devices."""

from datetime import datetime, timedelta
from hashlib import sha256

from chalicelib.domain.deliveries.ledger import TO_PEOPLE, DeliveryKind, Recipient
from chalicelib.domain.deliveries.phone import Phone
from chalicelib.domain.instants import Instant

COUNTS_FOR = timedelta(days=30)
"""How long a place counts as one that reaches its person, after something has."""

RENEWED_AFTER = timedelta(days=1)
"""How old a mark is before the next message renews it, so that a burst of messages writes it once."""


def counts_until(reached_at: datetime) -> datetime:
    """Return the instant from which a place does not count any more that was reached at `reached_at`."""
    return reached_at + COUNTS_FOR


def email_place(address: str) -> str:
    """Return the place of an address: what an address reached says nothing of the next one."""
    return _place("email", address.strip().lower())


def phone_place(number: str) -> str:
    """Return the place of a number: what one number got says nothing of the next."""
    return _place("sms", number)


def _place(kind: str, address: str) -> str:
    return f"{kind}-{sha256(address.encode()).hexdigest()[:24]}"


def place_of(to: Recipient, email: str, phone: Phone | None) -> str | None:
    """Return the place that a message to `to` goes to, whose address is `email`; None for what is no person's.

    None as well for an SMS to somebody who has no number any more.
    """
    if to.kind not in TO_PEOPLE:
        return None
    if to.kind is DeliveryKind.PUSH:
        return to.device.id if to.device else None
    if to.kind is DeliveryKind.SMS:
        return phone_place(phone.number) if phone else None
    return email_place(email)


def is_news(known: Instant | None, at: Instant) -> bool:
    """Whether a mark at `at` says more than the one that is known."""
    return known is None or known + RENEWED_AFTER <= at
