from datetime import datetime
from itertools import combinations
from uuid import UUID

from hypothesis import given
from hypothesis import strategies as st

from chalicelib.domain.audiences import Audience, AudienceKind
from chalicelib.domain.handoff import Handoff, Priority
from chalicelib.store.keys import (
    audience_key,
    engineer_key,
    feed_position,
    queue_order,
    request_number,
    requests_key,
    session_key,
)
from tests.support.builders import a_handoff
from tests.support.strategies import IDS, INSTANTS

NAMES = st.text("abc.:@|_-", min_size=1, max_size=6)
"""What an account, an engineer or a session may be called: never with a `#`."""

WAITING = st.builds(
    lambda priority, created_at, handoff_id: a_handoff(priority=priority, created_at=created_at, id=handoff_id),
    st.sampled_from(Priority),
    INSTANTS,
    IDS,
)


@given(st.lists(WAITING, max_size=8))
def test_queue_goes_by_urgency_then_by_age(waiting: list[Handoff]) -> None:
    in_order = sorted(waiting, key=queue_order)

    assert in_order == sorted(waiting, key=lambda handoff: (handoff.priority.rank, handoff.created_at, handoff.id))


@given(INSTANTS, INSTANTS, IDS, IDS)
def test_feed_goes_by_time(one: datetime, other: datetime, one_id: str, other_id: str) -> None:
    is_before = feed_position(one, one_id) < feed_position(other, other_id)

    assert is_before == ((one, one_id) < (other, other_id))


@given(st.uuids())
def test_request_has_a_number_that_dynamodb_keeps_exactly(request_id: UUID) -> None:
    assert len(str(request_number(request_id))) <= 38


def test_requests_whose_ids_differ_early_or_late_have_different_numbers() -> None:
    ids = [UUID(int=1 << bit) for bit in range(2, 128)]

    assert len({request_number(one) for one in ids}) == len(ids)


@given(st.lists(st.tuples(NAMES, NAMES), min_size=2, max_size=2, unique=True))
def test_partition_keys_of_two_things_differ(pairs: list[tuple[str, str]]) -> None:
    for key in (engineer_key, session_key, requests_key):
        assert len({key(account, one) for account, one in pairs}) == 2


@given(NAMES, NAMES, NAMES)
def test_partition_keys_of_two_feeds_differ(account: str, other_account: str, engineer: str) -> None:
    feeds = {
        Audience(account_id=name, kind=kind, engineer_id=engineer if kind is AudienceKind.ENGINEER else None)
        for name in (account, other_account)
        for kind in AudienceKind
    }

    assert all(audience_key(one) != audience_key(other) for one, other in combinations(feeds, 2))


@given(NAMES, NAMES)
def test_marks_of_requests_lie_beside_the_turns_not_among_them(account: str, session: str) -> None:
    assert requests_key(account, session) != session_key(account, session)
