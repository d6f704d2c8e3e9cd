"""Handoffs of which a step of the ladder is due."""

from datetime import date

from chalicelib.contracts.due_share import DueShare
from chalicelib.domain.agenda import DueHandoff
from chalicelib.domain.clock.rota import Handover, Rota
from chalicelib.domain.clock.saved import SavedRota
from chalicelib.domain.handoff import Handoff, Priority
from chalicelib.domain.handoff_detail import HandoffDetail
from chalicelib.domain.people import Caller
from chalicelib.store.rows.handoffs import HandoffRow
from tests.support.builders import ACME, JANE, SAM, minute
from tests.support.scenarios.actions import hand_off, open_case

NIGHTS = SavedRota(
    account_id=ACME,
    id="nights",
    name="Nights",
    rota=Rota(
        time_zone="Europe/Brussels", people=(SAM.id,), handover=Handover(time="00:00"), starts_on=date(2026, 11, 1)
    ),
    updated_at=minute(0),
    version=1,
)
"""Sam is on call, always."""

DUE_AT = 15
"""The minute at which the second step of an urgent escalation of minute 10 is due, by the default policy."""


def urgent(
    by: Caller = JANE, at_minute: int = 10, priority: Priority = Priority.URGENT, to: str | None = None
) -> HandoffDetail:
    """An escalation whose assessment is settled, so that only the ladder is due."""
    handoff = hand_off(open_case(by=by).id, by=by, at_minute=at_minute, priority=priority, to=to)
    row = HandoffRow(handoff.account_id, handoff.id)
    row.update([HandoffRow.assessment_outcome.set("timeout"), HandoffRow.pending_since.remove()])
    return handoff


def step_due(by: Caller = JANE) -> HandoffDetail:
    """An urgent escalation of minute 10 whose second step is what comes next, at `DUE_AT`."""
    handoff = urgent(by)
    due_s = int(minute(DUE_AT).timestamp())
    row = HandoffRow(handoff.account_id, handoff.id)
    row.update([HandoffRow.is_level_assumed.remove(), HandoffRow.due_at.set(due_s)])
    return handoff


def share_of(*handoffs: Handoff) -> DueShare:
    """A share of these, due at `DUE_AT`."""
    due_s = int(minute(DUE_AT).timestamp())
    return DueShare(
        handoffs=tuple(DueHandoff(account_id=one.account_id, handoff_id=one.id, due_s=due_s) for one in handoffs)
    )
