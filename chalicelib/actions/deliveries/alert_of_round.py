"""What a gathered message says once some of its cases no longer wait."""

from chalicelib.domain.deliveries.alert import Alert
from chalicelib.domain.deliveries.gathering import LaneId
from chalicelib.domain.deliveries.ledger import WENT_OUT, LedgerEntry
from chalicelib.domain.deliveries.plan import why_not_needed
from chalicelib.domain.handoff import Handoff
from chalicelib.domain.instants import Instant
from chalicelib.settings import settings
from chalicelib.store import deliveries, gathering, handoffs


def alert_of_round(entry: LedgerEntry, at: Instant) -> Alert | None:
    """Return what is left of the round that `entry` replaces; None when the device shows a later one by now.

    One read and one query of the lane; for every hundred messages of the round a batch read each of deliveries and
    handoffs.
    """
    replaced = entry.recipient.replaces_round
    lane_id = LaneId.of(entry)
    if replaced is None or gathering.load(lane_id).shown != replaced.name:
        return None
    found = deliveries.find_many(entry.account_id, gathering.list_round(lane_id, replaced.name))
    told = [one for one in found if one.state in WENT_OUT]
    ids = [one.event.handoff_id for one in told if one.event.handoff_id]
    known = handoffs.find_many(entry.account_id, ids, consistent=True)
    left = [(one.event, handoff) for one in told if _still_holds(one, handoff := known.get(one.event.handoff_id or ""))]
    page_url = settings().page_url
    return Alert.of_many(left, page_url, at) if left else Alert.of_none(len(told), page_url)


def _still_holds(entry: LedgerEntry, handoff: Handoff | None) -> bool:
    return why_not_needed(entry.event, handoff, entry.recipient.kind) is None
