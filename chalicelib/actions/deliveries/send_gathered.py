"""Send what was gathered for a person in one message."""

from collections.abc import Callable
from datetime import datetime, timedelta
from typing import NamedTuple

from chalicelib import log
from chalicelib.actions.deliveries.change_lane import change_lane
from chalicelib.actions.deliveries.look_before_sending import look_for_person
from chalicelib.actions.deliveries.mark_shown import new_shown_secret
from chalicelib.actions.deliveries.note_reached import note_accepted
from chalicelib.actions.deliveries.send_alert_to_person import PreparedAlert, prepare_alert
from chalicelib.actions.deliveries.send_delivery import ENDS, SendAgain
from chalicelib.actions.deliveries.try_next_channel import try_next_channel
from chalicelib.actions.retry_stale import retry_stale
from chalicelib.contracts.gather_order import GatherOrder
from chalicelib.domain.deliveries.alert import Alert
from chalicelib.domain.deliveries.ledger import DeliveryKind, DeliveryState, LedgerEntry, pause_after_try_s
from chalicelib.domain.deliveries.outcome import SendOutcome, SendResult
from chalicelib.domain.deliveries.people_told import Addressee, priority_of
from chalicelib.domain.deliveries.plan import why_not_needed
from chalicelib.domain.deliveries.still_wanted import NOT_IN_THE_DIRECTORY
from chalicelib.domain.handoff import Handoff
from chalicelib.domain.instants import Instant, to_milliseconds
from chalicelib.settings import settings
from chalicelib.store import addressees, deliveries, gathering, handoffs
from chalicelib.store.stale_write import StaleWrite

MOST_AT_ONCE = 500
"""How many deliveries one message gathers; the rest of its round comes with the next run of the order."""

_NEXT_PART_S = 60


class _Gathered(NamedTuple):
    """A delivery that is taken, and what it is about."""

    entry: LedgerEntry
    handoff: Handoff | None


def send_gathered(order: GatherOrder, *, attempt: int, is_last: bool, clock: Callable[[], datetime]) -> None:
    """Send one message for all deliveries of a round that are still true; each is taken before, and settled after.

    Raises SendAgain when the other side may take the message later, or there are more than one message names.
    """
    at = to_milliseconds(clock())
    retry_stale(lambda: _close(order, at), what="What was gathered")
    waiting = _waiting(order, at)
    part = waiting[:MOST_AT_ONCE]
    person = addressees.find(order.lane.account_id, part[0].recipient.id) if part else None
    secret = new_shown_secret()
    taken = [one for entry in part if (one := _taken(order, entry, person, secret, at))]
    if person and taken:
        _send(order, taken, person, secret, attempt, is_last=is_last, at=at)
    if len(waiting) > len(part):
        raise SendAgain(_NEXT_PART_S)


def _close(order: GatherOrder, at: Instant) -> None:
    lane = gathering.load(order.lane)
    if lane.round == order.round and not gathering.save(order.lane, lane.closed(at), lane, at):
        raise StaleWrite


def _waiting(order: GatherOrder, at: Instant) -> list[LedgerEntry]:
    places = gathering.list_round(order.lane, order.round)
    found = (deliveries.find(order.lane.account_id, subject, position) for subject, position in places)
    return [entry for entry in found if entry and entry.may_be_taken(at)]


def _taken(
    order: GatherOrder, entry: LedgerEntry, person: Addressee | None, secret: str, at: Instant
) -> _Gathered | None:
    """Take `entry` unless it is no longer true, which ends it, or another run has it."""
    handoff, reason = look_for_person(entry, person, at)
    if reason:
        deliveries.settle(entry, DeliveryState.SKIPPED, reason, at)
        return None
    shown_secret = secret if entry.recipient.kind is DeliveryKind.PUSH else None
    taken = deliveries.take(entry, at, shown_secret=shown_secret, round_name=order.round)
    return _Gathered(taken, handoff) if taken else None


def _looked_at_again(taken: list[_Gathered]) -> tuple[list[_Gathered], list[tuple[LedgerEntry, str]]]:
    """Return what still holds right before it is sent, as taking many takes a while, and what does not, with why.

    One request for the person, and one for each hundred cases. Nothing is written: whatever follows the look comes
    after the message.
    """
    first = taken[0].entry
    is_gone = addressees.find(first.account_id, first.recipient.id) is None
    ids = [one.handoff.id for one in taken if one.handoff]
    known = handoffs.find_many(first.account_id, ids, consistent=True)
    left: list[_Gathered] = []
    over: list[tuple[LedgerEntry, str]] = []
    for one in taken:
        handoff = known.get(one.handoff.id) if one.handoff else None
        reason = why_not_needed(one.entry.event, handoff, one.entry.recipient.kind)
        if is_gone or reason:
            over.append((one.entry, reason or NOT_IN_THE_DIRECTORY))
        else:
            left.append(_Gathered(one.entry, handoff))
    return left, over


def _note_shown(order: GatherOrder, at: Instant) -> None:
    """Remember which round the device shows; while others keep changing the lane, a claim replaces nothing there."""
    change_lane(order.lane, lambda lane: lane.showing(order.round), at)


def _send(
    order: GatherOrder,
    taken: list[_Gathered],
    person: Addressee,
    secret: str,
    attempt: int,
    *,
    is_last: bool,
    at: Instant,
) -> None:
    prepared = prepare_alert(taken[-1].entry, person, secret, at)
    taken, over = _looked_at_again(taken)
    outcome = _send_or_drop(prepared, taken, at)
    for entry, reason in over:
        deliveries.settle(entry, DeliveryState.SKIPPED, reason, at)
    if outcome is None:
        return
    log.count("Deliveries", Kind=taken[0].entry.recipient.kind.value, Outcome=outcome.result.name.lower())
    log.info("gathered sent", deliveries=len(taken), outcome=outcome.result.name, attempt=attempt)
    is_again = outcome.result is SendResult.RETRY and not is_last
    pause_s = pause_after_try_s(attempt, outcome.retry_after_s)
    for one in taken:
        _settle(one.entry, outcome, len(taken), at, at + timedelta(seconds=pause_s) if is_again else None)
    if is_again:
        raise SendAgain(pause_s)
    if outcome.result is SendResult.ACCEPTED:
        note_accepted(taken[-1].entry, outcome.place, at)
    if outcome.result is SendResult.ACCEPTED and order.lane.kind == DeliveryKind.PUSH.value:
        _note_shown(order, at)


def _send_or_drop(prepared: PreparedAlert, taken: list[_Gathered], at: Instant) -> SendOutcome | None:
    """Send one message for all of `taken`, and return how that ended; None where none of them is left."""
    if not taken:
        prepared.drop()
        return None
    alert = Alert.of_many([(one.entry.event, one.handoff) for one in taken], settings().page_url, at)
    priority = max((priority_of(one.handoff) for one in taken), key=lambda each: -each.rank)
    return prepared.send(taken[-1].entry, alert, priority)


def _settle(entry: LedgerEntry, outcome: SendOutcome, count: int, at: Instant, again_at: Instant | None) -> None:
    if again_at:
        deliveries.settle(entry, DeliveryState.GATHERED, outcome.detail, at, next_try_at=again_at)
        return
    state = ENDS.get(outcome.result, DeliveryState.FAILED)
    detail = outcome.detail or (f"In one message with {count - 1} more." if count > 1 else None)
    if deliveries.settle(entry, state, detail, at, outcome=outcome):
        try_next_channel(entry.settled(state, outcome), at=at)
