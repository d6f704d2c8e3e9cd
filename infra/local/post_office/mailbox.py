"""What arrived at the post office, what it refused, and what is made to go wrong."""

from collections import deque
from collections.abc import Callable
from dataclasses import asdict, dataclass, field
from datetime import UTC, datetime
from typing import TYPE_CHECKING, Any

from chalicelib.domain.instants import format_instant
from infra.local.fault_switch import FaultSwitch
from infra.local.post_office.faults import DeliveryFault

if TYPE_CHECKING:
    from infra.local.post_office.push_service import Subscription

MOST_KEPT = 1000


@dataclass(frozen=True)
class PostedMessage:
    """One message as its receiver would see it."""

    kind: str
    to: str
    title: str
    text: str
    html: str | None
    headers: dict[str, str]
    at: str = field(default_factory=lambda: format_instant(datetime.now(UTC)))


@dataclass
class Mailbox:
    """The state that all connections share. `refused` records why a receiver refused a message."""

    messages: deque[PostedMessage] = field(default_factory=lambda: deque(maxlen=MOST_KEPT))
    refused: deque[str] = field(default_factory=lambda: deque(maxlen=MOST_KEPT))
    secrets: dict[str, list[str]] = field(default_factory=dict)
    subscriptions: dict[str, "Subscription"] = field(default_factory=dict)
    says_later: Callable[[str, str, str], None] = lambda *_: None
    """Told what became of an e-mail: the kind of event, the address, and the id that SES gave the message."""
    collect: Callable[[], None] = lambda: None
    """Called before messages are listed, to put into `messages` what has to be asked for."""
    emulator_url: str = ""
    """Where calls of SES and SNS go on to; empty when there is no emulator."""
    faults: FaultSwitch[DeliveryFault] = field(default_factory=lambda: FaultSwitch(DeliveryFault))

    def since(self, at: str) -> list[dict[str, Any]]:
        """Return what arrived at that time or later, oldest first; all of it for an empty time."""
        self.collect()
        return [asdict(message) for message in list(self.messages) if message.at >= at]
