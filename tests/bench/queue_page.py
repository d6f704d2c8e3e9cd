"""The first page of the queue, in process, in accounts with few and with many handoffs."""

from typing import Any

from chalicelib.actions.list_escalations import list_escalations
from chalicelib.domain.people import Caller, Role
from chalicelib.domain.slices import Page
from chalicelib.store.connection import dynamodb
from tests.bench.cases import JANE, an_escalation
from tests.bench.paired import Pair, in_ms, side_by_side
from tests.bench.requests_seen import Seen, seen
from tests.bench.table import Row
from tests.builders import a_caller

N, N_SLOW = 60, 15
FEW, PAGEFUL, MANY = 10, 25, 10_000
BUDGET = 1.25
BATCH = 25
PAGE = Page(limit=PAGEFUL, cursor=None)

Item = dict[str, Any]


def rows(table: str) -> list[Row]:
    """A page must cost what it holds: not what the account has seen, nor how many wait behind it.

    The emulator's own query takes longer the more rows an index has, unlike DynamoDB's. So the time of a page of many
    is held against the bare query of that page.
    """
    sample = _sample(table)

    def account(name: str, waiting: int, claimed: int = 0) -> Caller:
        senior = a_caller("Alex", Role.SENIOR, f"bench-{name}")
        _fill(
            table, [_copy(sample, senior.account_id, number, number < waiting) for number in range(waiting + claimed)]
        )
        return senior

    few, history = account("few", FEW), account("history", FEW, MANY - FEW)
    pageful, crowd = account("pageful", PAGEFUL), account("crowd", MANY)
    pages = side_by_side(lambda _: _list(history), lambda _: _list(few), N)
    query = _query_of(crowd)
    bare = side_by_side(lambda _: _list(crowd), lambda _: dynamodb().dispatch("Query", query), N_SLOW, warm_up=1)
    return [
        _row(f"queue page, {FEW} waiting of {MANY:,} handoffs, against {FEW} of {FEW}", pages),
        _units("    read units", history, few),
        _row(f"queue page, {MANY:,} waiting, against its bare query", bare),
        _units(f"    read units, against {PAGEFUL} waiting", crowd, pageful),
    ]


def _list(by: Caller) -> Seen:
    with seen() as watched:
        list_escalations(PAGE, by=by)
    return watched


def _query_of(by: Caller) -> Item:
    ((_, query),) = _list(by).requests
    return query


def _row(what: str, pair: Pair) -> Row:
    return Row(what, in_ms(pair.ours), in_ms(pair.against), pair.ratio, pair.n, BUDGET)


def _units(what: str, ours: Caller, against: Caller) -> Row:
    read, read_against = _list(ours).read_units, _list(against).read_units
    return Row(what, f"{read:g}", f"{read_against:g}", read / read_against, 1, BUDGET)


def _sample(table: str) -> Item:
    place = an_escalation()
    key = {"account_id": {"S": JANE.account_id}, "handoff_id": {"S": place.handoff_id}}
    item: Item = dynamodb().dispatch("GetItem", {"TableName": table, "Key": key})["Item"]
    return item


def _copy(sample: Item, account_id: str, number: int, is_waiting: bool) -> Item:  # noqa: FBT001
    ids = {"account_id": account_id, "handoff_id": f"{number:036}", "session_key": f"{account_id}#{number:036}"}
    queue = {"queue_key": account_id, "queue_order": f"1#{number:036}"}
    kept = {name: value for name, value in sample.items() if name not in queue}
    return kept | {name: {"S": value} for name, value in (ids | queue if is_waiting else ids).items()}


def _fill(table: str, items: list[Item]) -> None:
    for first in range(0, len(items), BATCH):
        puts = [{"PutRequest": {"Item": item}} for item in items[first : first + BATCH]]
        dynamodb().dispatch("BatchWriteItem", {"RequestItems": {table: puts}})
