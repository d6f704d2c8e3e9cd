"""Which kinds of message the stack sends to people."""

from chalicelib.domain.deliveries.ledger import DeliveryKind
from chalicelib.settings import settings


def sent_kinds() -> list[DeliveryKind]:
    """Return the kinds of message that the stack sends to people."""
    return [kind for kind in (DeliveryKind.PUSH, DeliveryKind.EMAIL, DeliveryKind.SMS) if is_sent(kind)]


def is_sent(kind: DeliveryKind) -> bool:
    """Whether the stack sends this kind of message to people."""
    if kind is DeliveryKind.SMS:
        return settings().sends_sms
    return bool(settings().push_public_key if kind is DeliveryKind.PUSH else settings().email_sender)
