"""The first pages of the queue, the bell and the list of sessions, in process, in accounts of growing history.

The rows are copies of what the product wrote itself, under other keys; a handoff without what the queue does not show.
"""

import os
from collections.abc import Callable, Iterable, Iterator
from datetime import UTC, datetime
from itertools import chain, islice, pairwise
from typing import Any, NamedTuple

from chalicelib.actions.handoffs.list_escalations import list_escalations
from chalicelib.actions.notifications.announce_change import announce_change
from chalicelib.actions.notifications.list_notifications import list_notifications
from chalicelib.actions.sessions.list_sessions import list_sessions
from chalicelib.domain.pagination import PageRequest
from chalicelib.domain.people import Caller, Role
from chalicelib.store.connection import dynamodb
from chalicelib.store.keys import engineer_key
from tests.benchmarks.paired import Pair, in_ms, side_by_side
from tests.benchmarks.request_counter import Seen, seen
from tests.benchmarks.table import Row
from tests.support.builders import JANE, a_caller
from tests.support.scenarios.actions import place_of, worked_escalation

MANY = int(os.environ.get("BENCH_HANDOFFS") or 10_000)
"""`BENCH_HANDOFFS=100000 make bench` goes further: the emulator looks at every row of an account for each query."""

SIZES = (10, 1_000, MANY)
"""Handoffs in the account; as many sessions of one engineer, and events in one feed."""

N, N_SLOW, SLOW = 30, 5, 5_000
BUDGET = 1.25
PAGE = PageRequest(limit=10, cursor=None)
BATCH = 25
LONG_TEXTS = ("snapshot", "engineer_notes", "ticket_notes")

Item = dict[str, Any]


class Look(NamedTuple):
    """A page as one account sees it; `full_at` is the history from which on it reads all that it ever will."""

    what: str
    full_at: int
    read: Callable[[Caller], object]


LOOKS = (
    Look("queue page", 1_000, lambda by: list_escalations(PAGE, by=by)),
    Look("bell page", 100, lambda by: list_notifications(PAGE, by=by)),
    Look("session page", 10, lambda by: list_sessions(None, PAGE, by=by)),
)


def rows(prefix: str) -> list[Row]:
    """A page costs what it shows, whatever its account has seen.

    The emulator's own query takes longer the more rows a table has, unlike DynamoDB's. So the time of a page is held
    against bare requests for the same page, and what it reads against what it reads with less history.
    """
    samples = _samples(prefix)
    return list(chain.from_iterable(zip(*_by_size(samples), strict=True)))


def _by_size(samples: dict[str, Item]) -> Iterator[list[Row]]:
    read_before: dict[str, float] = {}
    for before, size in pairwise((SIZES[0], *SIZES)):
        senior = a_caller("Alex", Role.SENIOR, f"bench-{size}")
        for table, sample in samples.items():
            fill(table, (_copy(table, sample, senior, number) for number in range(size)))
        measured = []
        for look in LOOKS:
            watched = _watch(look, senior)
            is_full = before >= look.full_at
            measured += [
                _latency(look, senior, size, watched),
                _units(look, size, watched, read_before.get(look.what), is_full=is_full),
            ]
            read_before[look.what] = watched.read_units
        yield measured


def _watch(look: Look, by: Caller) -> Seen:
    with seen() as watched:
        look.read(by)
    return watched


def _units(look: Look, size: int, watched: Seen, before: float | None, *, is_full: bool) -> Row:
    """What the queries of a page read; from where it is full, that must not grow any more."""
    read = watched.read_units
    before = before or read
    what = f"    {look.what}, {size:,} handoffs: read units, against fewer"
    return Row(what, f"{read:g}", f"{before:g}", read / before, 1, BUDGET if is_full else None)


def _latency(look: Look, by: Caller, size: int, watched: Seen) -> Row:
    def bare(_: int) -> None:
        for operation, params in watched.requests:
            dynamodb().dispatch(operation, params)

    pair = side_by_side(lambda _: look.read(by), bare, N if size < SLOW else N_SLOW, warm_up=1)
    return _row(f"{look.what}, {size:,} handoffs, against its bare queries", pair)


def _row(what: str, pair: Pair) -> Row:
    return Row(what, in_ms(pair.ours), in_ms(pair.against), pair.ratio, pair.n)


def _samples(prefix: str) -> dict[str, Item]:
    """A waiting handoff, a session and an event, as the product writes them, by table."""
    place = place_of(worked_escalation())
    key = {"account_id": {"S": JANE.account_id}, "handoff_id": {"S": place.handoff_id}}
    handoff = _get(f"{prefix}handoffs", key)
    session = _get(f"{prefix}sessions", {"account_id": key["account_id"], "session_id": {"S": place.session_id}})
    with seen() as announced:
        announce_change(None, handoff)
    event = next(
        params["Item"]
        for _, params in announced.requests
        if params["TableName"] == f"{prefix}feed" and "#seniors" in params["Item"]["audience"]["S"]
    )
    slim = {name: value for name, value in handoff.items() if name not in LONG_TEXTS}
    return {f"{prefix}handoffs": slim, f"{prefix}sessions": session, f"{prefix}feed": event}


def _get(table: str, key: Item) -> Item:
    item: Item = dynamodb().dispatch("GetItem", {"TableName": table, "Key": key, "ConsistentRead": True})["Item"]
    return item


def _copy(table: str, sample: Item, senior: Caller, number: int) -> Item:
    account, name = senior.account_id, f"{number:036}"
    keys = {
        "handoffs": {
            "account_id": account,
            "handoff_id": name,
            "session_key": f"{account}#{name}",
            "queue_order": f"1#{name}",
        },
        "sessions": {
            "account_id": account,
            "session_id": name,
            "owner_key": engineer_key(account, senior.id),
            "updated_at": _instant(number),
        },
        "feed": {"audience": f"{account}#seniors", "event_id": f"{_instant(number)}#{name}"},
    }[table.rpartition("-")[2]]
    return sample | {name: {"S": value} for name, value in keys.items()}


def _instant(number: int) -> str:
    return datetime.fromtimestamp(1_700_000_000 + number, UTC).strftime("%Y-%m-%dT%H:%M:%S.000Z")


def fill(table: str, items: Iterable[Item]) -> None:
    """Put items into a table, whatever was there."""
    left = iter(items)
    while batch := list(islice(left, BATCH)):
        puts = [{"PutRequest": {"Item": item}} for item in batch]
        dynamodb().dispatch("BatchWriteItem", {"RequestItems": {table: puts}})
