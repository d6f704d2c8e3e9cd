"""What telling people of one escalation asks of AWS: counted on moto, from its hand off to its resolution."""

from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, fields
from math import ceil
from typing import Any

from botocore.awsrequest import AWSResponse

from chalicelib.actions.deliveries.save_channel import save_chat_channel
from chalicelib.actions.people.save_device import add_device
from chalicelib.adapters.aws import ses
from chalicelib.domain.events import Event, created_event, events_between
from chalicelib.domain.handoff import Handoff, Priority
from chalicelib.domain.people import Caller
from chalicelib.store import accounts, engineers, handoffs
from infra.local.post_office import PostOffice
from tests.support.builders import ACME, JANE, OLGA, SAM
from tests.support.channels import chat_at
from tests.support.deliveries.worked_queue import NOW, WorkedQueue
from tests.support.dynamodb.faults import Deliver
from tests.support.dynamodb.recorder import Asked, Recorder, recording_requests
from tests.support.dynamodb.write_faults import READS
from tests.support.dynamodb.write_units import counted, item_bytes
from tests.support.people_reached import reaching_people
from tests.support.push import a_subscription
from tests.support.scenarios.actions import claim, hand_off, open_case, resolve
from tests.support.tables import empty_tables

READ_BYTES = 4096


@dataclass
class Calls:
    """What was asked of each service. `queued` messages of the queue are sent, received, worked and deleted."""

    published: float = 0
    queued: float = 0
    mailed: float = 0
    pushed: float = 0
    written: float = 0
    read: float = 0

    def __add__(self, other: "Calls") -> "Calls":
        return Calls(*(getattr(self, each.name) + getattr(other, each.name) for each in fields(self)))

    def times(self, factor: float) -> "Calls":
        """Return so many times as many calls."""
        return Calls(*(getattr(self, each.name) * factor for each in fields(self)))


@dataclass(frozen=True)
class CallsOfEscalation:
    """What an escalation takes by itself, for each person told, and for each other person of the directory."""

    base: Calls
    person: Calls
    colleague: Calls

    def telling(self, people: int, engineers: int) -> Calls:
        """Return what an escalation takes of which so many of the engineers are told by e-mail and push message."""
        return self.base + self.person.times(people) + self.colleague.times(max(engineers - people, 0))


FEW, MORE, COLLEAGUES = 2, 6, 200


def count_calls() -> CallsOfEscalation:
    """Count three escalations, of which few people are told, more are, and few of a larger account.

    The differences are what each person, and each colleague, takes.
    """
    few, more, larger = _counted(FEW), _counted(MORE), _counted(FEW, colleagues=COLLEAGUES)
    person = (more + few.times(-1)).times(1 / (MORE - FEW))
    colleague = Calls(read=(larger.read - few.read) / COLLEAGUES)
    return CallsOfEscalation(base=few + person.times(-FEW), person=person, colleague=colleague)


def _counted(people: int, colleagues: int = 0) -> Calls:
    """Jane hands off, Sam claims and resolves; as many seniors have a device each, and the account a Slack channel."""
    with empty_tables(), reaching_people() as post_office:
        others = (JANE.model_copy(update={"id": f"{JANE.id}-{number}"}) for number in range(colleagues))
        for one in (JANE, *_seniors(people), *others):
            engineers.enter(one)
        for one in _seniors(people):
            add_device(a_subscription(post_office), by=one, at=NOW)
        save_chat_channel("chat", chat_at(f"{post_office.url}/slack/chat"), by=OLGA, at=NOW)
        accounts.note_active_account(ACME)  # all but the first event of a process find it known
        with recording_requests() as recorder:
            return _follow(recorder, post_office, counts_writes=not colleagues)


def _seniors(count: int) -> list[Caller]:
    others = (
        SAM.model_copy(update={"id": f"{SAM.id}-{number}", "email": f"senior{number}@acme.example"})
        for number in range(1, count)
    )
    return [SAM, *others]


def _follow(recorder: Recorder, post_office: PostOffice, *, counts_writes: bool) -> Calls:
    calls, queue, before = Calls(), WorkedQueue(), None
    handed_off = hand_off(open_case().id, priority=Priority.HIGH)
    for act in (lambda: None, lambda: claim(handed_off), lambda: resolve(handed_off.session_id)):
        act()
        now = handoffs.find(ACME, handed_off.id)
        with _watching(recorder, calls, counts_writes=counts_writes):
            for event in _events(before, now):
                calls.published += 1
                _work(queue, event, calls)
        before = now
    calls.mailed = len(_mails())
    calls.pushed = sum(message.kind == "push" for message in post_office.mailbox.messages)
    return calls


def _events(before: Handoff | None, now: Handoff | None) -> list[Event]:
    if now is None:
        return []
    return events_between(before, now) if before else [created_event(now)]


def _work(queue: WorkedQueue, event: Event, calls: Calls) -> None:
    queue.put(event)
    while queue.waiting:
        _, body = queue.waiting.pop(0)
        queue.run(body)
        calls.queued += 1


@contextmanager
def _watching(recorder: Recorder, calls: Calls, *, counts_writes: bool) -> Iterator[None]:
    """Add the units of what is asked of DynamoDB to `calls`; those of writes take long in a large account."""

    def watch(asked: Asked, deliver: Deliver) -> AWSResponse:
        if asked.operation in READS:
            return deliver()
        with counted(in_transaction=asked.operation == "TransactWriteItems") as units:
            answer = deliver()
        calls.written += max(units.total, 1)
        return answer

    recorder.exchanges.clear()
    recorder.every = watch if counts_writes else None
    yield
    recorder.every = None
    calls.read += sum(_read_units(each.operation, each.asked, each.answered) for each in recorder.exchanges)


def _read_units(operation: str, asked: dict[str, Any], answered: dict[str, Any]) -> float:
    """A unit for each 4 KB begun of what is read at once, half of that where it need not be consistent."""
    if operation == "BatchGetItem":
        (table, wanted), *_ = asked["RequestItems"].items()
        found = answered["Responses"].get(table, [])
        units = [ceil(item_bytes(item) / READ_BYTES) for item in found] + [1] * (len(wanted["Keys"]) - len(found))
        return sum(units) * (1.0 if wanted.get("ConsistentRead") else 0.5)
    if operation not in READS:
        return 0
    items = answered.get("Items", [answered["Item"]] if "Item" in answered else [])
    return max(ceil(sum(map(item_bytes, items)) / READ_BYTES), 1) * (1.0 if asked.get("ConsistentRead") else 0.5)


def _mails() -> list[Any]:
    from moto.backends import get_backend
    from moto.core.models import DEFAULT_ACCOUNT_ID

    ses._client()
    taken: list[Any] = get_backend("ses")[DEFAULT_ACCOUNT_ID]["us-east-1"].sent_messages
    return taken
