"""Send the message of one entry of the ledger, and write down what became of it."""

from collections.abc import Callable
from datetime import datetime, timedelta

from chalicelib import log
from chalicelib.actions.deliveries.admit_delivery import admit_delivery, give_back_slot
from chalicelib.actions.deliveries.mark_shown import new_shown_secret
from chalicelib.actions.deliveries.note_reached import note_accepted
from chalicelib.actions.deliveries.send_sms import send_sms
from chalicelib.actions.deliveries.send_to_channel import send_to_channel
from chalicelib.actions.deliveries.send_to_person import send_to_person
from chalicelib.actions.deliveries.try_next_channel import try_next_channel
from chalicelib.adapters.aws import notifications_queue
from chalicelib.contracts.send_order import SendOrder
from chalicelib.domain.deliveries.gathering import is_counted
from chalicelib.domain.deliveries.ledger import DeliveryKind, DeliveryState, LedgerEntry, pause_after_try_s
from chalicelib.domain.deliveries.next_channel import is_lost
from chalicelib.domain.deliveries.outcome import SendOutcome, SendResult
from chalicelib.domain.instants import Instant, to_milliseconds
from chalicelib.store import deliveries

ENDS = {
    SendResult.ACCEPTED: DeliveryState.ACCEPTED,
    SendResult.REFUSED: DeliveryState.FAILED,
    SendResult.GONE: DeliveryState.FAILED,
    SendResult.UNKNOWN: DeliveryState.UNKNOWN,
    SendResult.PLACE_GONE: DeliveryState.SKIPPED,
    SendResult.NOT_NEEDED: DeliveryState.SKIPPED,
}
"""What an entry ends as, by the result of its last try."""

NOT_SENT = (SendResult.NOT_NEEDED, SendResult.PLACE_GONE, SendResult.REFUSED, SendResult.GONE)
"""The results after which the person has received nothing."""


class SendAgain(Exception):
    """The message is to be sent again after `pause_s` seconds."""

    def __init__(self, pause_s: int) -> None:
        super().__init__(f"again in {pause_s} s")
        self.pause_s = pause_s


def send_delivery(order: SendOrder, *, attempt: int, is_last: bool, clock: Callable[[], datetime]) -> None:
    """Send what `order` names, unless it was sent, is being sent, or is no longer needed.

    `attempt` counts how often the order has come. Raises SendAgain when the other side may take the message later.
    """
    entry = deliveries.find(order.account_id, order.subject, order.position)
    if entry and is_lost(entry):
        try_next_channel(entry, at=to_milliseconds(clock()))  # a run may have died right before
    if entry is None or not entry.may_be_taken(clock()):
        return
    if is_counted(entry) and not admit_delivery(entry, to_milliseconds(clock())):
        return
    secret = new_shown_secret() if entry.recipient.kind is DeliveryKind.PUSH else None
    taken = deliveries.take(entry, to_milliseconds(clock()), shown_secret=secret)
    if taken is None:
        return
    outcome = _send(taken, secret, lambda: to_milliseconds(clock()))
    if is_counted(taken) and outcome.result in NOT_SENT:
        give_back_slot(taken, to_milliseconds(clock()))
    _settle(taken, outcome, attempt, is_last=is_last, at=to_milliseconds(clock()))


def wait_for_next_try(receipt_handle: str, pause_s: int) -> None:
    """Have the received order come again after `pause_s` seconds, once it is reported as failed.

    Raises botocore.exceptions.ClientError or BotoCoreError.
    """
    notifications_queue.hide(receipt_handle, pause_s)


def _send(entry: LedgerEntry, shown_secret: str | None, clock: Callable[[], Instant]) -> SendOutcome:
    if shown_secret:
        from chalicelib.actions.deliveries.send_to_device import send_to_device  # lazy: cold start (ADR 0015)

        return send_to_device(entry, shown_secret, clock=clock)
    if entry.recipient.kind is DeliveryKind.EMAIL:
        return send_to_person(entry, clock=clock)
    if entry.recipient.kind is DeliveryKind.SMS:
        return send_sms(entry, clock=clock)
    return send_to_channel(entry, clock=clock)


def _settle(entry: LedgerEntry, outcome: SendOutcome, attempt: int, *, is_last: bool, at: Instant) -> None:
    to, result = entry.recipient, outcome.result.name
    log.count("Deliveries", Kind=to.kind.value, Outcome=result.lower())
    log.info("sent", kind=to.kind.value, recipient_id=to.id, outcome=result, attempt=attempt)
    if outcome.result is SendResult.RETRY and not is_last:
        pause_s = pause_after_try_s(attempt, outcome.retry_after_s)
        next_try_at = at + timedelta(seconds=pause_s)
        deliveries.settle(entry, DeliveryState.PENDING, outcome.detail, at, next_try_at=next_try_at)
        raise SendAgain(pause_s)
    state = ENDS.get(outcome.result, DeliveryState.FAILED)
    is_settled = deliveries.settle(entry, state, outcome.detail, at, outcome=outcome)
    if outcome.result is SendResult.ACCEPTED:
        note_accepted(entry, outcome.place, at)
    elif is_settled:
        try_next_channel(entry.settled(state, outcome), at=at)
