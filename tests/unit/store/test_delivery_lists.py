"""The pages of the ledger of deliveries."""

from datetime import timedelta

from chalicelib.domain.deliveries.ledger import DeliveryKind, LedgerEntry, Recipient
from chalicelib.domain.pagination import PageRequest
from chalicelib.store import deliveries, delivery_lists
from tests.support.builders import ACME, HANDOFF_ID, START, an_event
from tests.support.dynamodb.recorder import Recorder


def deliver(count: int, *, handoff_id: str = HANDOFF_ID) -> list[str]:
    """Plan a delivery each second, and return the ids of their events, which are in no order of time."""
    ids = [f"{number * 7919 % 1009:04}" for number in range(count)]
    for second, event_id in enumerate(ids):
        to = Recipient(kind=DeliveryKind.EMAIL, id="sub-sam", name="Sam")
        event = an_event(id=event_id, handoff_id=handoff_id)
        deliveries.add(LedgerEntry.planned(event, to, START + timedelta(seconds=second)))
    return ids


def listed(page: PageRequest) -> tuple[list[str], str | None]:
    found = delivery_lists.list_of_subject(ACME, HANDOFF_ID, page)
    return [entry.event.id for entry in found.items], found.next_cursor


def test_page_of_a_case_has_the_newest_deliveries(tables: None) -> None:
    ids = deliver(250)
    deliver(1, handoff_id="another")

    newest, cursor = listed(PageRequest(100))

    assert newest == ids[:149:-1]
    assert cursor is not None


def test_pages_of_a_case_have_each_delivery_once(tables: None) -> None:
    ids = deliver(11)

    first, cursor = listed(PageRequest(4))
    second, cursor = listed(PageRequest(4, cursor))
    third, cursor = listed(PageRequest(4, cursor))

    assert (first + second + third, cursor) == (ids[::-1], None)


def test_page_of_a_case_costs_one_query_and_one_read_of_the_rows(recorder: Recorder) -> None:
    deliver(30)
    recorder.forget()

    listed(PageRequest(25))

    assert recorder.operations == ["Query", "BatchGetItem"]
