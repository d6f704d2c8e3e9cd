"""Record that an e-mail bounced or was marked as spam, and stop sending to its address."""

from chalicelib import log
from chalicelib.actions.deliveries.try_next_channel import try_next_channel
from chalicelib.domain.deliveries.gathering import LaneId
from chalicelib.domain.deliveries.ledger import DeliveryKind, LedgerEntry
from chalicelib.domain.deliveries.mail_feedback import EmailTrouble, FeedbackKind, MailFeedback
from chalicelib.domain.instants import Instant
from chalicelib.store import addressees, deliveries, email_trouble, gathering


def handle_mail_feedback(feedback: MailFeedback, *, at: Instant) -> None:
    """Note on the delivery that it failed, and switch its person's address off unless it came back only for now.

    Who was not reached is told by their next channel.

    Each write has its condition and may be made again, so an event that comes twice changes nothing. An event about a
    delivery that is not known, or an address that is not its person's any more, switches nothing off.
    """
    place = feedback.reference
    entry = deliveries.find(place.account_id, place.subject, place.position)
    if entry is None or entry.recipient.kind is not DeliveryKind.EMAIL:
        log.info("mail feedback of no delivery", feedback=feedback.kind.value)
        return
    log.count("MailFeedback", Feedback=feedback.kind.value)
    for each in _sent_with(entry):
        deliveries.fail_later(each, feedback.detail, at)
    if feedback.switches_off:
        _switch_off(entry, feedback, at)
    if feedback.kind is FeedbackKind.COMPLAINED:
        return  # who complains has read it
    for failed in _sent_with(entry):
        try_next_channel(failed, at=at)


def _sent_with(entry: LedgerEntry) -> list[LedgerEntry]:
    """Return what went out in the same e-mail as `entry`, as it is now, that itself included."""
    places = gathering.list_round(LaneId.of(entry), entry.round) if entry.round else []
    found = [deliveries.find(entry.account_id, *place) for place in places or [(entry.subject, entry.position)]]
    return [one for one in found if one and one.message_id == entry.message_id]


def _switch_off(entry: LedgerEntry, feedback: MailFeedback, at: Instant) -> None:
    person = addressees.find(entry.account_id, entry.recipient.id)
    trouble = EmailTrouble(address=feedback.address, why=FeedbackKind(feedback.kind), at=at)
    if person is None or not trouble.is_about(person.engineer.email):
        log.info("mail feedback of an address that is not theirs", recipient_id=entry.recipient.id)
        return
    theirs = trouble.model_copy(update={"address": person.engineer.email})
    is_off = email_trouble.switch_off(entry.account_id, entry.recipient.id, theirs, feedback.sent_at)
    log.info("address switched off" if is_off else "address left on", recipient_id=entry.recipient.id)
