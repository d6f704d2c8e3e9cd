import pytest

from chalicelib.actions.notifications.read_feed import Feed, read_feed
from chalicelib.domain.errors import InvalidRequest
from chalicelib.domain.events import Event
from chalicelib.domain.pagination import PageRequest
from chalicelib.domain.people import Caller
from tests.support.builders import GLOBEX, HANK, JANE, SAM, VIC, a_caller
from tests.unit.store.test_feed import at, put_all

pytestmark = pytest.mark.usefixtures("tables")


def read(after: str | None = None, limit: int = 100, by: Caller = SAM, cursor: str | None = None) -> Feed:
    return read_feed(after, PageRequest(limit, cursor), by=by)


def test_page_that_comes_for_the_first_time_sees_the_newest_in_order() -> None:
    put_all(at(1), at(2), at(3))

    assert read(limit=2).events == [at(2), at(3)]


@pytest.mark.parametrize("by", [JANE, SAM, VIC])
def test_feed_is_the_same_for_everybody_of_the_account(by: Caller) -> None:
    put_all(at(1))

    assert read(by=by).events == [at(1)]


@pytest.mark.parametrize("by", [HANK, a_caller("Sam", account_id=GLOBEX)])
def test_feed_is_hidden_from_other_accounts(by: Caller) -> None:
    put_all(at(1))

    assert read(by=by).events == []


def test_page_that_was_away_sees_all_that_it_missed() -> None:
    put_all(at(1), at(2))
    left_at = read().resume_after
    put_all(at(5), at(6), at(7))

    assert read(left_at).events[-3:] == [at(5), at(6), at(7)]


def test_feed_returns_missed_events_page_by_page() -> None:
    put_all(at(1))
    left_at = read().resume_after
    missed = [at(number) for number in range(5, 12)]
    put_all(*missed)

    events: list[Event] = []
    part = read(left_at, limit=3)
    events += part.events
    while part.next_cursor:
        part = read(left_at, limit=3, cursor=part.next_cursor)
        events += part.events

    assert events[1:] == missed
    assert part.resume_after == read().resume_after


def test_feed_without_new_events_keeps_the_cursor() -> None:
    put_all(at(1))
    left_at = read().resume_after

    assert read(left_at, by=HANK).resume_after == left_at


def test_empty_feed_has_no_place_to_come_back_to() -> None:
    assert read() == Feed([], None, None)


@pytest.mark.parametrize("where", ["after", "cursor"])
def test_forged_place_is_refused_by_its_name(where: str) -> None:
    with pytest.raises(InvalidRequest) as refusal:
        read(**{where: "WyJ4Il0=="})  # type: ignore[arg-type]  # one word for either

    assert refusal.value.pointer == f"/{where}"
