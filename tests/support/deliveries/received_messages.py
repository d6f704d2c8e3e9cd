"""Messages that arrived, with receiver and test time: e-mails and SMS from moto, push messages from the post office."""

import re
from collections import Counter
from collections.abc import Iterable
from datetime import timedelta
from email import message_from_string
from typing import Any, NamedTuple

from moto.backends import get_backend
from moto.core.models import DEFAULT_ACCOUNT_ID

from chalicelib.domain.deliveries.ledger import DeliveryKind
from chalicelib.domain.instants import Instant
from infra.local.post_office import PostOffice
from tests.support.deliveries.worked_queue import WorkedQueue
from tests.support.phones import sms_sent

_GATHERED = re.compile(r"(\d+) more (?:urgent )?escalations are waiting")


class Received(NamedTuple):
    """One message: `to` is an address, a number or a subscription; `cases` is how many escalations it stands for."""

    kind: DeliveryKind
    to: str
    title: str
    cases: int
    at: Instant

    @property
    def is_gathered(self) -> bool:
        return _GATHERED.search(self.title) is not None


class WatchedQueue(WorkedQueue):
    """A queue that looks after each of its messages what has arrived since."""

    def __init__(self, server: PostOffice) -> None:
        super().__init__()
        self.received: list[Received] = []
        self._server = server

    def run(self, body: str) -> None:
        super().run(body)
        known = Counter(one.kind for one in self.received)
        for mail in _taken_by_ses()[known[DeliveryKind.EMAIL] :]:
            message = message_from_string(mail.raw_data)
            self._note(DeliveryKind.EMAIL, message["To"], message["Subject"])
        for number, text in sms_sent()[known[DeliveryKind.SMS] :]:
            self._note(DeliveryKind.SMS, number, text)
        for push in list(self._server.mailbox.messages)[known[DeliveryKind.PUSH] :]:
            self._note(DeliveryKind.PUSH, push.to, push.title)

    def _note(self, kind: DeliveryKind, to: str, title: str) -> None:
        found = _GATHERED.search(title)
        self.received.append(Received(kind, to, title, int(found[1]) if found else 1, self.at))


def most_within(times: Iterable[Instant], span: timedelta) -> int:
    """The most of `times` that lie within any time as long as `span`."""
    known = sorted(times)
    return max((sum(1 for other in known if start <= other < start + span) for start in known), default=0)


def _taken_by_ses() -> list[Any]:
    taken: list[Any] = get_backend("ses")[DEFAULT_ACCOUNT_ID]["us-east-1"].sent_messages
    return taken
