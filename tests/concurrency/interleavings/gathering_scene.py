"""Several messages to one person at once: what their runs, and that of the round, ask DynamoDB in every order."""

import json
import secrets
from collections.abc import Callable
from datetime import timedelta
from typing import Any

import pytest

from chalicelib.actions.deliveries.admit_delivery import admit_delivery
from chalicelib.actions.deliveries.send_delivery import send_delivery
from chalicelib.actions.deliveries.send_gathered import send_gathered
from chalicelib.adapters.aws import notifications_queue, ses
from chalicelib.contracts.gather_order import GatherOrder
from chalicelib.contracts.send_order import SendOrder
from chalicelib.domain.deliveries.gathering import MOST_ALONE, LaneId
from chalicelib.domain.deliveries.ledger import DeliveryKind, LedgerEntry, Recipient
from chalicelib.domain.events import EventType
from chalicelib.domain.instants import Instant
from chalicelib.store import deliveries, engineers, gathering
from tests.concurrency.interleavings.scenes import digest_of_tables
from tests.support.builders import ACME, JANE, SAM, an_event, minute
from tests.support.environment import configure
from tests.support.tables import restore_tables, save_tables

NOW = minute(0)
TO_SAM = Recipient(kind=DeliveryKind.EMAIL, id=SAM.id, name=SAM.name)
PREPARED = timedelta(seconds=90)
"""How long before the messages of a scene those went out that it begins with."""

Act = Callable[[], object]


class MailAndQueue:
    """The mail service and the queue of the scene, which take everything and remember it."""

    def __init__(self) -> None:
        self.mails: list[str] = []
        self.orders: list[tuple[Instant, str]] = []
        self.at = NOW

    def save(self) -> Any:
        """Return what was sent."""
        return tuple(self.mails), tuple(self.orders), self.at

    def restore(self, saved: Any) -> None:
        """Put back what was sent."""
        mails, orders, self.at = saved
        self.mails, self.orders = list(mails), list(orders)

    def stand_in(self, monkeypatch: pytest.MonkeyPatch) -> None:
        """Take the place of SES and SQS; tokens are the same in each order."""
        monkeypatch.setattr(ses, "_client", lambda: self)
        monkeypatch.setattr(notifications_queue, "_client", lambda: self)
        monkeypatch.setattr(secrets, "token_urlsafe", lambda _: "secret")
        configure(monkeypatch, PAGE_URL="https://pilot.example.com", EMAIL_SENDER="flowpilot@msp.example")

    def send_email(self, **request: Any) -> dict[str, str]:
        tags = {each["Name"]: each["Value"] for each in request["EmailTags"]}
        self.mails.append(json.dumps(tags, sort_keys=True))
        return {"MessageId": f"m{len(self.mails)}"}

    def send_message(self, **params: Any) -> None:
        self.orders.append((self.at + timedelta(seconds=params["DelaySeconds"]), params["MessageBody"]))


class GatheringScene:
    """A lane of Sam's in which `alone` messages went out before, and `waiting` more opened a round."""

    has_side_effects = True

    def __init__(self, services: MailAndQueue, *, alone: int, waiting: int, fresh: int) -> None:
        self.services = services
        self.free_slots = MOST_ALONE - alone
        for one in (JANE, SAM):
            engineers.enter(one)
        services.at = NOW - PREPARED
        self.before = [self._planned(f"before-{number}", services.at) for number in range(alone + waiting)]
        for entry in self.before:
            self._send(entry)
        services.at = NOW
        self.fresh = [self._planned(f"fresh-{number}", NOW) for number in range(fresh)]

    def save(self) -> Any:
        return save_tables(), self.services.save()

    def restore(self, saved: Any) -> None:
        tables, services = saved
        restore_tables(tables)
        self.services.restore(services)

    def digest(self) -> str:
        """Return a digest of the tables, and what was sent."""
        sent = (sorted(self.services.mails), sorted(map(str, self.services.orders)))
        return f"{digest_of_tables()} {sent}"

    def begin_process(self) -> None:
        """Do nothing: these actions remember nothing between runs."""

    def record_images(self) -> None:
        """Do nothing: no stream is read here."""

    def send(self, number: int) -> Act:
        """The run of a fresh message."""
        return lambda: self._send(self.fresh[number])

    def ask(self, number: int) -> Act:
        """What the run of a fresh message asks before it sends: whether it goes out alone."""
        return lambda: admit_delivery(self.fresh[number], NOW)

    def send_round(self) -> Act:
        """The run of the order for the round that is open, which came in time."""
        order = GatherOrder(lane=self.lane_id, round=gathering.load(self.lane_id).round or "")
        return lambda: send_gathered(order, attempt=1, is_last=False, clock=lambda: NOW)

    def work_orders(self) -> None:
        """Send what has its slot and was not sent, then work what is in the queue, until nothing is."""
        self.services.at = NOW
        for entry in self.fresh:
            self._send(entry)
        while due := sorted(self.services.orders):
            self.services.orders.remove(due[0])
            at, body = max(due[0][0], NOW), due[0][1]
            self.services.at = at
            if "lane" in json.loads(body):
                order = GatherOrder.model_validate_json(body)
                send_gathered(order, attempt=1, is_last=False, clock=lambda at=at: at)  # type: ignore[misc]

    def entries(self) -> list[LedgerEntry]:
        places = [(entry.subject, entry.position) for entry in (*self.before, *self.fresh)]
        return deliveries.find_many(ACME, places)

    @property
    def lane_id(self) -> LaneId:
        return LaneId.of(self.fresh[0])

    def _planned(self, name: str, at: Instant) -> LedgerEntry:
        event = an_event(
            EventType.SESSION_NOTE_ADDED,
            id=name,
            session_id=f"session-{name}",
            handoff_id=None,
            occurred_at=at,
            actor=JANE.person,
        )
        entry = LedgerEntry.planned(event, TO_SAM, at)
        assert deliveries.add(entry)
        return entry

    def _send(self, entry: LedgerEntry) -> None:
        at = self.services.at
        send_delivery(SendOrder.of(entry), attempt=1, is_last=False, clock=lambda: at)
