"""What has to hold after every order, whatever was asked."""

from chalicelib.actions.handoffs.read_handoff import read_package
from chalicelib.domain.errors import DomainError
from chalicelib.domain.session import SessionStatus
from tests.concurrency.interleavings.explorer import Run
from tests.concurrency.interleavings.scenes import ExploredCase


def require_only_refusals(run: Run) -> None:
    """Who does not get through is refused; nothing fails."""
    failures = [outcome for outcome in run.outcomes.values() if isinstance(outcome, BaseException)]
    assert all(isinstance(failure, DomainError) for failure in failures), run


def require_agreement(case: ExploredCase, run: Run) -> None:
    """Session, open handoff and package tell one story."""
    session = case.session()
    assert (session.status is SessionStatus.ACTIVE) <= (session.holder is not None), run
    if session.status in (SessionStatus.ESCALATED, SessionStatus.PARKED):
        assert session.holder is None, run
        assert session.open_handoff_id, run
    open_handoffs = [images[-1] for images in case.images.values() if images[-1].is_open]
    assert [handoff.id for handoff in open_handoffs] == [session.open_handoff_id][: len(open_handoffs)], run
    assert len(open_handoffs) == (session.open_handoff_id is not None), run
    for handoff in open_handoffs:
        assert handoff.claim_epoch == session.epoch, run
        assert (handoff.claimed_by or None) == (session.holder or None), run
    if package := read_package(session):
        newest = max(case.images.values(), key=lambda images: images[0].claim_epoch)[-1]
        assert package.handoff_id == newest.id, run
