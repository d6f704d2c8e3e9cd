"""A repeat, after its first answer was lost, is a success also where a ticket note or an assessment came in between."""

from collections.abc import Callable

import pytest

from chalicelib.domain.errors import InvalidState
from chalicelib.domain.handoff import Receipt
from chalicelib.domain.handoff_change import MADE_BY_NOBODY, HandoffChange
from chalicelib.domain.handoff_detail import HandoffDetail
from chalicelib.domain.people import Caller
from chalicelib.store.rows.handoffs import HandoffRow
from chalicelib.store.session_updates import dated
from tests.support.builders import ALEX, JANE, OLGA, SAM, minute
from tests.support.scenarios.actions import claim, escalated, now, release
from tests.support.scenarios.directed_handoffs import directed
from tests.support.scenarios.open_handoffs import decline, reassign

pytestmark = pytest.mark.usefixtures("directory")


def change_by_nobody(handoff: HandoffDetail, change: HandoffChange) -> None:
    HandoffRow(handoff.account_id, handoff.id).update(dated(change, minute(31)))


def held() -> HandoffDetail:
    handoff = escalated()
    claim(handoff, SAM)
    return handoff


def declined(handoff: HandoffDetail, by: Caller) -> Receipt:
    return decline(handoff, 12, by)


def released(handoff: HandoffDetail, by: Caller) -> Receipt:
    return release(handoff, by, at_minute=30)


def reassigned(handoff: HandoffDetail, by: Caller) -> Receipt:
    return reassign(handoff, 30, to=ALEX, by=by)


@pytest.mark.parametrize("change", sorted(MADE_BY_NOBODY))
@pytest.mark.parametrize(
    ("begin", "act", "by"),
    [(held, released, OLGA), (held, reassigned, OLGA), (held, reassigned, SAM), (directed, declined, SAM)],
    ids=["release by admin", "reassignment by admin", "reassignment by holder", "decline"],
)
def test_repeat_is_a_success_after_a_change_that_nobody_made(
    begin: Callable[[], HandoffDetail],
    act: Callable[[HandoffDetail, Caller], Receipt],
    by: Caller,
    change: HandoffChange,
) -> None:
    handoff = begin()
    first = act(handoff, by)
    change_by_nobody(handoff, change)
    before = now(handoff)

    assert act(handoff, by) == first

    assert now(handoff) == before


@pytest.mark.parametrize(("act", "by"), [(released, JANE), (reassigned, SAM), (declined, JANE)])
def test_what_others_did_is_no_repeat(act: Callable[[HandoffDetail, Caller], Receipt], by: Caller) -> None:
    handoff = held()
    released(handoff, OLGA)
    change_by_nobody(handoff, HandoffChange.TICKET_NOTES)

    with pytest.raises(InvalidState):
        act(handoff, by)
