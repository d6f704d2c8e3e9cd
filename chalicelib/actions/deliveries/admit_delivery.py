"""Let a message to a person go out alone, or have it gathered with others into one."""

from math import ceil

from chalicelib import log
from chalicelib.actions.deliveries.change_lane import TRIES, change_lane
from chalicelib.adapters.aws import notifications_queue
from chalicelib.contracts.gather_order import GatherOrder
from chalicelib.domain.deliveries.gathering import Decision, Lane, LaneId, decide
from chalicelib.domain.deliveries.ledger import DeliveryState, LedgerEntry
from chalicelib.domain.errors import Unavailable
from chalicelib.domain.instants import Instant
from chalicelib.store import deliveries, gathering
from chalicelib.store.transactions import BUSY


def admit_delivery(entry: LedgerEntry, at: Instant) -> bool:
    """Return whether `entry` is sent now by itself; else it waits, marked as gathered, for the message of its round.

    Everything here may be done again: an order that comes twice, or whose run died, finds its slot or its round. Raises
    Unavailable while the queue takes nothing, or others change the lane all the time.
    """
    lane_id, name = LaneId.of(entry), _name_of(entry)
    for _ in range(TRIES):
        lane = gathering.load(lane_id)
        decided = decide(lane, name, at, lane_id.pace)
        if decided.decision is Decision.WENT_ALONE:
            return True
        if decided.decision is Decision.OPENS:
            _order(lane_id, decided.lane, at)  # before the round is open, so that no round is without its order
        if decided.decision is not Decision.JOINS and not gathering.save(lane_id, decided.lane, lane, at):
            continue
        if decided.decision is Decision.ALONE:
            return True
        if _has_joined(lane_id, decided.lane, entry, at):
            return False
        entry = deliveries.find(entry.account_id, entry.subject, entry.position) or entry
    raise Unavailable(BUSY, retry_after_s=1)


def give_back_slot(entry: LedgerEntry, at: Instant) -> None:
    """Free the slot of `entry`, which was not sent after all; it stays taken while others keep changing the lane."""
    name = _name_of(entry)
    change_lane(LaneId.of(entry), lambda lane: lane.without(name), at)


def _name_of(entry: LedgerEntry) -> str:
    return f"{entry.subject}#{entry.position}"


def _has_joined(lane_id: LaneId, lane: Lane, entry: LedgerEntry, at: Instant) -> bool:
    """Have `entry` wait for the open round; return False when that went out meanwhile, perhaps without it."""
    if lane.round is None or lane.due_at is None:
        return False
    gathering.join(lane_id, lane.round, entry, at)
    if not deliveries.gather(entry, lane.round, lane.due_at, at):
        return True  # somebody else has it
    if gathering.load(lane_id).round == lane.round:
        log.info("gathered", kind=lane_id.kind, subject=entry.subject)
        return True
    there = deliveries.find(entry.account_id, entry.subject, entry.position)
    return there is None or there.state is not DeliveryState.GATHERED


def _order(lane_id: LaneId, lane: Lane, at: Instant) -> None:
    if lane.round and lane.due_at:
        delay_s = max(ceil((lane.due_at - at).total_seconds()), 0)
        notifications_queue.put(GatherOrder(lane=lane_id, round=lane.round), delay_s=delay_s)
