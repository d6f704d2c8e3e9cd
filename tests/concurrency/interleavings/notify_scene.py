"""An escalation that somebody is about to be told of outside the page, while people change it."""

import json
from enum import StrEnum
from typing import Any

import pytest

from chalicelib.actions.deliveries.send_delivery import send_delivery
from chalicelib.actions.deliveries.send_gathered import send_gathered
from chalicelib.adapters.aws import secrets, sms, versioned_secrets
from chalicelib.adapters.psa import http_exchange
from chalicelib.adapters.psa.http_exchange import RawAnswer
from chalicelib.contracts.gather_order import GatherOrder
from chalicelib.contracts.send_order import SendOrder
from chalicelib.domain.deliveries.device import Device, Devices
from chalicelib.domain.deliveries.gathering import Lane, LaneId
from chalicelib.domain.deliveries.ledger import DeliveryKind, LedgerEntry, Recipient, RecipientDevice
from chalicelib.domain.events import EventType
from chalicelib.domain.handoff import HandoffStatus, Priority
from chalicelib.store import channels, deliveries, devices, engineers, gathering, handoffs
from chalicelib.store.rows.accounts import SpentRow
from tests.concurrency.interleavings.gathering_scene import MailAndQueue
from tests.concurrency.interleavings.scenes import Act, ExploredCase
from tests.support.builders import ACME, JANE, SAM, an_event, minute
from tests.support.channels import a_channel
from tests.support.environment import configure
from tests.support.phones import confirm_number
from tests.support.push import KEYS_SECRET, SUBSCRIPTION, key_pair

CHATS = (DeliveryKind.SLACK, DeliveryKind.TEAMS)
ROUND = "1.1"
URL = "https://hooks.example.com/services/1"


class Way(StrEnum):
    """How a message goes out, by which it is decided what is asked before."""

    ALONE = "alone"
    ROUND = "in a round"
    PASSED_STEP = "for a step that was passed"


class WatchedServices(MailAndQueue):
    """Services that take every message, and remember how the handoff stood when they were asked to.

    While something else is asked of them, others may be ahead: that reads an item as well, at which the explorer stops.
    """

    def __init__(self) -> None:
        super().__init__()
        self.case: ExploredCase | None = None
        self.stood: tuple[HandoffStatus, ...] = ()

    def stand_in(self, monkeypatch: pytest.MonkeyPatch) -> None:
        """Take the place of SES, SNS, SQS, Secrets Manager and of whom messages are posted to."""
        super().stand_in(monkeypatch)
        for adapter in (sms, secrets, versioned_secrets):
            monkeypatch.setattr(adapter, "_client", lambda: self)
        monkeypatch.setattr(http_exchange, "exchange", self.exchange)
        configure(monkeypatch, SENDS_SMS="true", PUSH_KEYS_SECRET=KEYS_SECRET, PUSH_PUBLIC_KEY=key_pair()["public_key"])

    def save(self) -> Any:
        return super().save(), self.stood

    def restore(self, saved: Any) -> None:
        sent, self.stood = saved
        super().restore(sent)

    def send_email(self, **request: Any) -> dict[str, str]:
        self._note()
        return super().send_email(**request)

    def publish(self, **_: Any) -> dict[str, str]:
        self._note()
        return {"MessageId": "m"}

    def check_if_phone_number_is_opted_out(self, **_: Any) -> dict[str, bool]:
        handoffs.find(ACME, "another")
        return {"isOptedOut": False}

    def exchange(self, *_: Any, **__: Any) -> RawAnswer:
        self._note()
        return RawAnswer(200, "", b"ok")

    def get_secret_value(self, **_: Any) -> dict[str, str]:
        handoffs.find(ACME, "another")
        return {"SecretString": json.dumps({**key_pair(), "url": URL})}

    def _note(self) -> None:
        assert self.case
        (images,) = self.case.images.values()
        self.stood += (images[-1].status,)


class NotifiedCase(ExploredCase):
    """An escalation of Jane's, and the message of it that was decided to be sent."""

    has_side_effects = True

    def __init__(self, services: WatchedServices, kind: DeliveryKind, way: Way) -> None:
        self.services, self.way = services, way
        self._to = Recipient(kind=kind, id=SAM.id, name=SAM.name)
        for person in (JANE, SAM):
            engineers.enter(person)
        if kind in CHATS:
            assert channels.save(a_channel(id=SAM.id, kind=kind.value), None)
        if kind is DeliveryKind.SMS:
            confirm_number(SAM, at=minute(0))
        if kind is DeliveryKind.PUSH:
            self._to = self._to.model_copy(update={"device": _a_device()})
        super().__init__(prepare=lambda _: self._plan(), priority=Priority.HIGH)
        services.case = self

    def save(self) -> Any:
        return super().save(), self.services.save()

    def restore(self, saved: Any) -> None:
        case, services = saved
        super().restore(case)
        self.services.restore(services)

    def digest(self) -> str:
        return f"{super().digest()} {self.services.save()}"

    def begin_process(self) -> None:
        """Forget the secrets too, as a process that has just started knows none."""
        super().begin_process()
        secrets._kept.clear()
        versioned_secrets._kept.clear()

    def notify(self) -> Act:
        """The run that sends the message."""
        given: dict[str, Any] = {"attempt": 1, "is_last": False, "clock": lambda: minute(11)}
        if self.way is Way.ROUND:
            return lambda: send_gathered(GatherOrder(lane=LaneId.of(self.entry), round=ROUND), **given)
        return lambda: send_delivery(SendOrder.of(self.entry), **given)

    def _plan(self) -> None:
        about: dict[str, Any] = {"handoff_id": self.handoff_id, "session_id": self.session_id, "actor": JANE.person}
        if self.way is Way.PASSED_STEP:
            about |= {"type": EventType.OVERDUE, "data": {"because": "nobody"}}
        self.entry = LedgerEntry.planned(an_event(id="event", occurred_at=minute(2), **about), self._to, minute(3))
        assert deliveries.add(self.entry)
        if self.way is Way.ROUND:
            lane = LaneId.of(self.entry)
            assert gathering.save(lane, Lane(round=ROUND, due_at=minute(11), version=1), Lane(), minute(3))
            gathering.join(lane, ROUND, self.entry, minute(3))
            assert deliveries.gather(self.entry, ROUND, minute(11), minute(3))

    def state(self) -> str:
        """How the delivery ended."""
        found = deliveries.find(ACME, self.entry.subject, self.entry.position)
        assert found
        return found.state.value

    def sms_counted(self) -> set[int]:
        """How many SMS the day's counters have, Sam's and the account's."""
        return {int(row.calls) for row in SpentRow.query(ACME, SpentRow.item.startswith("sms#"))}


def _a_device() -> RecipientDevice:
    keys: Any = SUBSCRIPTION["keys"]
    phone = Device(id="phone", name="Phone", endpoint=str(SUBSCRIPTION["endpoint"]), added_at=minute(0), **keys)
    assert devices.save(ACME, SAM.id, Devices(items=(phone,), version=1), Devices())
    return RecipientDevice(id=phone.id, name=phone.name)
