"""Resolving a session with its handoff."""

import pytest

from chalicelib.domain.assessment import Verdict
from chalicelib.domain.errors import NotFound
from chalicelib.domain.handoff import Handoff, HandoffStatus
from chalicelib.domain.handoff_change import HandoffChange
from chalicelib.domain.people import Caller
from chalicelib.domain.session import Session, SessionStatus
from chalicelib.store import handoff_transitions, session_endings
from chalicelib.store.rows.handoffs import HandoffRow
from chalicelib.store.rows.sessions import SessionRow
from chalicelib.store.stale_write import StaleWrite
from tests.support.builders import (
    ACME,
    ALEX,
    HANDOFF_ID,
    JANE,
    SAM,
    SESSION_ID,
    a_claimed_handoff,
    a_claimed_session,
    minute,
)
from tests.support.dynamodb.recorder import Recorder
from tests.support.scenarios.store import (
    ENDED,
    assessed,
    claimed,
    everything,
    handed_off,
    handoff_now,
    in_work,
    row_now,
    session_now,
    write_session,
)

pytestmark = pytest.mark.usefixtures("tables")

FIXED = "Autodiscover pointed at the old server."


def resolve(session: Session, handoff: Handoff | None, verdict: Verdict | None = None, by: Caller = SAM) -> Session:
    resolved = session.resolved(FIXED, "A stale record.", at=minute(40))
    session_endings.mark_resolved(session, handoff, verdict, resolved, by)
    return resolved


def test_session_that_was_never_handed_off_is_resolved_alone() -> None:
    resolved = resolve(in_work(), None, by=JANE)

    assert resolved == session_now()
    assert resolved.status is SessionStatus.RESOLVED


def test_session_and_handoff_are_resolved_together() -> None:
    held = claimed()

    resolved = resolve(session_now(), held)

    closed = {
        "status": HandoffStatus.RESOLVED,
        **ENDED,
        "change": HandoffChange.RESOLVED,
        "version": 3,
        "updated_at": minute(40),
    }
    assert session_now() == resolved
    assert handoff_now() == held.model_copy(update=closed)


def test_resolver_stays_on_record() -> None:
    held = claimed()

    resolve(session_now(), held)

    assert session_now().holder == SAM.person
    assert handoff_now().claimed_by == SAM.person


def test_resolution_is_one_request(recorder: Recorder) -> None:
    held, session = claimed(), session_now()
    recorder.exchanges.clear()

    resolve(session, held)

    assert recorder.operations == ["TransactWriteItems"]


@pytest.mark.parametrize("verdict", [*Verdict, None])
def test_verdict_is_kept(verdict: Verdict | None) -> None:
    handed_off()
    assessed()
    handoff_transitions.mark_claimed(SESSION_ID, HANDOFF_ID, SAM, minute(20))

    resolve(session_now(), handoff_now(), verdict)

    assert handoff_now().verdict == verdict


def test_root_cause_that_is_not_given_leaves_none() -> None:
    session = in_work()

    session_endings.mark_resolved(session, None, None, session.resolved(FIXED, None, at=minute(40)), JANE)

    assert session_now().root_cause is None


@pytest.mark.parametrize(
    "meanwhile",
    [
        {"epoch": 9},
        {"status": "escalated"},
        {"holder": ALEX.person.model_dump()},
        {"open_handoff_id": "another"},
    ],
    ids=str,
)
@pytest.mark.parametrize("is_handed_off", [True, False])
def test_session_that_is_not_as_it_was_loaded_is_not_resolved(
    meanwhile: dict[str, object],
    is_handed_off: bool,  # noqa: FBT001  pytest gives it by name
) -> None:
    held = claimed() if is_handed_off else None
    session = session_now() if is_handed_off else in_work()
    write_session(**meanwhile)
    before = everything()

    with pytest.raises(StaleWrite) as stale:
        resolve(session, held, by=SAM if is_handed_off else JANE)

    assert stale.value.handoff is None
    assert everything() == before


@pytest.mark.parametrize(
    "meanwhile",
    [{"version": 9}, {"status": "unclaimed"}, {"claimed_by": ALEX.person.model_dump()}],
    ids=str,
)
def test_handoff_that_is_not_as_it_was_loaded_keeps_the_session_open(meanwhile: dict[str, object]) -> None:
    held = claimed()
    actions = [getattr(HandoffRow, name).set(content) for name, content in meanwhile.items()]
    HandoffRow(ACME, HANDOFF_ID).update(actions)
    before = everything()

    with pytest.raises(StaleWrite) as stale:
        resolve(session_now(), held)

    assert stale.value.handoff == row_now()
    assert everything() == before


def test_resolving_what_is_not_there_creates_nothing() -> None:
    with pytest.raises(StaleWrite):
        resolve(a_claimed_session(), None)

    assert everything() == ([], [])


def test_resolving_with_a_handoff_that_is_not_there_creates_nothing() -> None:
    with pytest.raises(NotFound):
        resolve(a_claimed_session(), a_claimed_handoff())

    assert everything() == ([], [])


def test_resolved_session_stays_in_its_last_holders_list() -> None:
    held = claimed()

    resolve(session_now(), held)

    assert [row.session_id for row in SessionRow.by_holder.query(f"{ACME}#{SAM.id}")] == [SESSION_ID]
