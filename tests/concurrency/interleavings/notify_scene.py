"""An escalation of which a senior is about to be told, while people change it."""

from typing import Any

from chalicelib.actions.deliveries.send_delivery import send_delivery
from chalicelib.contracts.send_order import SendOrder
from chalicelib.domain.deliveries.ledger import DeliveryKind, LedgerEntry, Recipient
from chalicelib.domain.handoff import HandoffStatus, Priority
from chalicelib.store import deliveries, engineers
from tests.concurrency.interleavings.gathering_scene import MailAndQueue
from tests.concurrency.interleavings.scenes import Act, ExploredCase
from tests.support.builders import ACME, JANE, SAM, an_event, minute

TO_SAM = Recipient(kind=DeliveryKind.EMAIL, id=SAM.id, name=SAM.name)


class WatchedServices(MailAndQueue):
    """A mail service that remembers as well how the handoff stood when it was asked to send."""

    def __init__(self) -> None:
        super().__init__()
        self.case: ExploredCase | None = None
        self.stood: list[HandoffStatus] = []

    def send_email(self, **request: Any) -> dict[str, str]:
        if self.case:
            (images,) = self.case.images.values()
            self.stood.append(images[-1].status)
        return super().send_email(**request)


class NotifiedCase(ExploredCase):
    """An escalation of Jane's, and the e-mail to Sam that it was decided to send."""

    def __init__(self, services: WatchedServices) -> None:
        self.services = services
        for person in (JANE, SAM):
            engineers.enter(person)
        super().__init__(prepare=lambda _: self._plan(), priority=Priority.HIGH)

    def reset(self) -> None:
        super().reset()
        self.services.case = self
        self.services.mails, self.services.orders, self.services.stood = [], [], []

    def notify(self) -> Act:
        """The run that sends the e-mail."""
        return lambda: send_delivery(SendOrder.of(self.entry), attempt=1, is_last=False, clock=lambda: minute(11))

    def _plan(self) -> None:
        about: dict[str, Any] = {"handoff_id": self.handoff_id, "session_id": self.session_id, "actor": JANE.person}
        event = an_event(id="created", occurred_at=minute(2), **about)
        self.entry = LedgerEntry.planned(event, TO_SAM, minute(3))
        assert deliveries.add(self.entry)

    def state(self) -> str:
        """How the delivery ended."""
        found = deliveries.find(ACME, self.entry.subject, self.entry.position)
        assert found
        return found.state.value
