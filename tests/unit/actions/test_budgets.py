"""How often each action asks DynamoDB, and how much it makes it read: the budgets, counted on the wire."""

import sys
from collections.abc import Callable, Iterator
from math import ceil
from typing import Any

import pytest

from chalicelib.actions.handoffs.list_escalations import list_escalations
from chalicelib.actions.notifications.list_notifications import NEWEST, list_notifications
from chalicelib.actions.notifications.read_feed import read_feed
from chalicelib.actions.sessions.list_sessions import list_sessions
from chalicelib.domain.audiences import Audience, AudienceKind
from chalicelib.domain.errors import AlreadyClaimed, OwnHandoff
from chalicelib.domain.handoff import HandoffStatus
from chalicelib.domain.handoff_detail import HandoffDetail
from chalicelib.domain.pagination import PageRequest
from chalicelib.store import policies
from chalicelib.store.keys import audience_key
from chalicelib.store.mapping import to_document
from chalicelib.store.rows.feed import FeedRow
from chalicelib.store.rows.handoffs import HandoffRow
from chalicelib.store.rows.sessions import SessionRow
from chalicelib.store.session_rows import new_rows
from tests.support.builders import ACME, ALEX, JANE, SAM, a_handoff, a_session, a_snapshot, an_event, minute
from tests.support.dynamodb.recorder import Recorder
from tests.support.dynamodb.stream_records import row_of
from tests.support.scenarios.actions import (
    claim,
    escalated,
    hand_off,
    open_case,
    release,
    resolve,
    stream,
    try_step,
    withdraw,
)

READ_UNIT = 4096
"""What half a read unit reads, in bytes, when it need not be consistent."""

ONE_WRITE = ["TransactWriteItems"]


@pytest.fixture
def handoff(recorder: Recorder) -> HandoffDetail:
    handoff = escalated()
    recorder.exchanges.clear()
    return handoff


def test_claim_that_wins_is_one_request(handoff: HandoffDetail, recorder: Recorder) -> None:
    claim(handoff, SAM)

    assert recorder.operations == ONE_WRITE


def test_claim_that_loses_is_one_request_too_and_that_says_who_won(handoff: HandoffDetail, recorder: Recorder) -> None:
    claim(handoff, SAM)
    recorder.exchanges.clear()

    with pytest.raises(AlreadyClaimed):
        claim(handoff, ALEX)

    assert recorder.operations == ONE_WRITE


def test_claim_of_ones_own_is_refused_by_one_request(handoff: HandoffDetail, recorder: Recorder) -> None:
    with pytest.raises(OwnHandoff):
        claim(handoff, JANE)

    assert recorder.operations == ONE_WRITE


def test_claim_that_is_repeated_is_one_request(handoff: HandoffDetail, recorder: Recorder) -> None:
    claim(handoff, SAM)
    recorder.exchanges.clear()

    claim(handoff, SAM)

    assert recorder.operations == ONE_WRITE


def test_withdrawal_is_one_request(handoff: HandoffDetail, recorder: Recorder) -> None:
    withdraw(handoff)

    assert recorder.operations == ONE_WRITE


@pytest.mark.parametrize(("note", "reads"), [("", ["GetItem"]), ("Not mine.", ["GetItem", "Query"])])
def test_release_is_one_read_and_one_transaction_and_one_read_more_with_a_note(
    handoff: HandoffDetail, recorder: Recorder, note: str, reads: list[str]
) -> None:
    claim(handoff, SAM)
    recorder.exchanges.clear()

    release(handoff, note=note)

    assert recorder.operations == [*reads, *ONE_WRITE]


def test_resolution_is_two_reads_and_one_transaction(handoff: HandoffDetail, recorder: Recorder) -> None:
    claim(handoff, SAM)
    recorder.exchanges.clear()

    resolve(handoff.session_id)

    assert recorder.operations == ["Query", "GetItem", *ONE_WRITE]


@pytest.mark.parametrize("steps", [0, 40])
def test_hand_off_is_two_reads_and_one_transaction_however_long_the_session(recorder: Recorder, steps: int) -> None:
    session = open_case()
    for _ in range(steps):
        try_step(session.id)
    policies.find(session.account_id)  # as most processes remember it
    recorder.exchanges.clear()

    hand_off(session.id)

    assert recorder.operations == ["Query", "Query", *ONE_WRITE]


def test_first_hand_off_of_a_process_reads_the_policy_too(recorder: Recorder) -> None:
    session = open_case()
    recorder.exchanges.clear()

    hand_off(session.id)

    assert recorder.operations == ["Query", "Query", "GetItem", *ONE_WRITE]


class Sockets:
    """Which addresses this process connects to, as Python's audit events tell."""

    def __init__(self) -> None:
        self.reached: list[object] = []
        self.is_watching = False

    def __call__(self, event: str, details: tuple[Any, ...]) -> None:
        if self.is_watching and event in ("socket.connect", "socket.getaddrinfo", "socket.gethostbyname"):
            self.reached.append(details)


@pytest.fixture(scope="module")
def _sockets() -> Sockets:
    sockets = Sockets()
    sys.addaudithook(sockets)  # which cannot be removed
    return sockets


@pytest.fixture
def sockets(_sockets: Sockets) -> Iterator[Sockets]:
    _sockets.is_watching = True
    yield _sockets
    _sockets.is_watching = False
    _sockets.reached.clear()


def test_hand_off_reaches_for_nothing_but_dynamodb(recorder: Recorder, sockets: Sockets) -> None:
    """There is neither a topic nor an AI here, and moto answers without a connection."""
    hand_off(open_case().id)

    assert sockets.reached == []
    assert len(stream()) == 1


def fill_queue(waiting: int, claimed: int = 0) -> None:
    with HandoffRow.batch_write() as batch:
        for number in range(waiting + claimed):
            status = HandoffStatus.UNCLAIMED if number < waiting else HandoffStatus.CLAIMED
            given = {"status": status, "created_at": minute(number), "snapshot": a_snapshot(steps=(), messages=())}
            handoff = a_handoff(id=f"handoff-{number:05}", **given)
            batch.save(row_of(handoff))


def fill_feeds(count: int) -> None:
    own = Audience(account_id=ACME, kind=AudienceKind.ENGINEER, engineer_id=SAM.id)
    kinds = [Audience(account_id=ACME, kind=AudienceKind.ACCOUNT), Audience(account_id=ACME, kind=AudienceKind.SENIORS)]
    with FeedRow.batch_write() as batch:
        for audience in (*kinds, own):
            for number in range(count):
                event = to_document(an_event(id=f"{number:05}", handoff_id=f"{number:05}", occurred_at=minute(number)))
                batch.save(FeedRow(audience_key(audience), f"{number:05}", event=event, expires_at=0))


def fill_sessions(count: int) -> None:
    with SessionRow.batch_write() as batch:
        for number in range(count):
            session = a_session(id=f"session-{number:05}", updated_at=minute(number))
            batch.save(new_rows(session, None)[0])


def read_units(recorder: Recorder) -> float:
    """What DynamoDB charges for the queries on the wire: half a unit for each 4 KB that it read, before any filter.

    See "Capacity consumption for read operations"; moto charges the same for every query.
    """
    return sum(0.5 * ceil(_bytes_read(exchange.answered) / READ_UNIT) for exchange in recorder.exchanges)


def _bytes_read(answered: dict[str, Any]) -> int:
    items: list[object] = answered.get("Items", [])
    filtered_out: int = answered.get("ScannedCount", 0) - len(items)
    return len(str(items)) + filtered_out * len(str(items[:1]))


READS: dict[str, tuple[Callable[[int], None], Callable[[], object], list[str]]] = {
    "queue": (fill_queue, lambda: list_escalations(PageRequest(50), by=SAM), ["Query"]),
    "feed": (fill_feeds, lambda: read_feed(None, PageRequest(10), by=SAM), ["Query"]),
    "sessions": (fill_sessions, lambda: list_sessions(None, PageRequest(10), by=JANE), ["Query", "Query"]),
    "bell of a senior": (
        fill_feeds,
        lambda: list_notifications(PageRequest(10), by=SAM),
        ["GetItem", "Query", "Query", "BatchGetItem"],
    ),
    "bell of an engineer": (fill_feeds, lambda: list_notifications(PageRequest(10), by=JANE), ["GetItem", "Query"]),
}


@pytest.mark.parametrize("what", READS)
def test_page_is_one_query_of_each_of_its_sources(recorder: Recorder, what: str) -> None:
    fill, read, budget = READS[what]
    fill(30)
    recorder.exchanges.clear()

    read()

    assert recorder.operations == budget


@pytest.mark.parametrize(("what", "few"), [("feed", 10), ("sessions", 10), ("bell of a senior", NEWEST)])
def test_page_costs_the_same_among_few_and_among_a_thousand(recorder: Recorder, what: str, few: int) -> None:
    fill, read, _ = READS[what]
    costs: list[float] = []
    for count in (few, 1000):
        fill(count)
        recorder.exchanges.clear()
        read()
        costs.append(read_units(recorder))

    assert costs[0] == costs[1] > 0


def test_queue_is_one_query_more_where_it_does_not_fit_and_none_for_later_pages(recorder: Recorder) -> None:
    fill_queue(30)
    recorder.exchanges.clear()

    first = list_escalations(PageRequest(10), by=SAM)
    assert recorder.operations == ["Query", "Query"]

    list_escalations(PageRequest(10, first.next_cursor), by=SAM)
    assert recorder.operations == ["Query", "Query", "Query"]


def test_queue_costs_the_same_from_a_thousand_that_wait_on_and_at_most_a_megabyte(recorder: Recorder) -> None:
    costs: list[float] = []
    for count in (1_000, 2_000):
        fill_queue(count)
        recorder.exchanges.clear()
        list_escalations(PageRequest(10), by=SAM)
        assert len(recorder.exchanges) == 2
        costs.append(read_units(recorder))

    assert costs[0] == costs[1] <= 1024 * 1024 / (2 * READ_UNIT)


def test_empty_queue_asks_once_more_whether_there_was_ever_anything(recorder: Recorder) -> None:
    list_escalations(PageRequest(10), by=SAM)

    assert recorder.operations == ["Query", "Query"]


def test_queue_costs_nothing_for_what_has_been_claimed(recorder: Recorder) -> None:
    fill_queue(waiting=3, claimed=300)
    recorder.exchanges.clear()

    page = list_escalations(PageRequest(100), by=SAM)

    assert len(page.items) == 3
    assert recorder.exchanges[0].answered["ScannedCount"] == 3


def test_later_page_of_notifications_costs_what_the_first_does(recorder: Recorder) -> None:
    fill_feeds(250)
    cursor = list_notifications(PageRequest(10), by=SAM).next_cursor
    recorder.exchanges.clear()

    list_notifications(PageRequest(100, cursor), by=SAM)

    assert recorder.operations == ["GetItem", "Query", "Query", "BatchGetItem"]
