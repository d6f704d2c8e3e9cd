"""Have the caller's phone number confirmed by a code that is sent to it, and remove it."""

import secrets

from chalicelib import log
from chalicelib.adapters.aws import sms
from chalicelib.adapters.phone_numbers import mobile_number
from chalicelib.domain.deliveries.outcome import SendResult
from chalicelib.domain.deliveries.phone import CODE_DIGITS, Phone, PhoneCode, refused_code
from chalicelib.domain.deliveries.reach_marks import phone_place
from chalicelib.domain.deliveries.sms_message import code_text
from chalicelib.domain.errors import InvalidRequest, InvalidState, Unavailable
from chalicelib.domain.instants import Instant
from chalicelib.domain.people import Caller
from chalicelib.settings import settings
from chalicelib.store import addressees, engineers, limits, phones, reach_marks


def send_phone_code(text: str, *, by: Caller, at: Instant) -> PhoneCode:
    """Send a code to the number that `text` writes; the number confirmed before stays until then.

    The same number within half a minute gets no second one: that is a repeat. What was counted is not given back.
    Raises InvalidRequest for a number that gets no SMS, InvalidState where the stack sends none, TooManyRequests after
    three codes in an hour, or as many as the account may have on a day, and Unavailable.
    """
    if not settings().sends_sms:
        raise InvalidState("SMS are switched off here.", status="off")
    number, before = mobile_number(text), phones.find_code(by.account_id, by.id)
    if before and before.was_just_sent(number, at):
        return before
    engineers.enter(by)
    if spent := limits.spend_phone_code(by, at):
        raise refused_code(spent, at)
    digits = f"{secrets.randbelow(10**CODE_DIGITS):0{CODE_DIGITS}}"
    code = PhoneCode.of(digits, number, secrets.token_urlsafe(16), at)
    if not phones.add_code(by.account_id, by.id, code, before):
        raise InvalidState("Another code was sent to you at the same time.", status="changed")
    _send(code, digits, by)
    return code


def confirm_phone(guess: str, *, by: Caller, at: Instant) -> Phone:
    """Take the number as the caller's that the code was sent to; SMS go there from now on.

    It counts as a place that something has reached. Raises InvalidRequest for a wrong code, and InvalidState when none
    is good any more.
    """
    code = phones.find_code(by.account_id, by.id)
    counted = phones.count_guess(by.account_id, by.id, code, at) if code else None
    if counted is None:
        raise InvalidState("No code is valid any more. Request a new one.", status="no_code")
    if not counted.is_opened_by(guess):
        left = counted.guesses_left
        more = f"You can try {left} more time{'s' if left > 1 else ''}." if left else "Request a new one."
        raise InvalidRequest("/code", f"This is not the code. {more}")
    phone = Phone(number=counted.number, confirmed_at=at)
    if not phones.confirm(by.account_id, by.id, counted, phone):
        raise InvalidState("The code was used already.", status="no_code")
    reach_marks.note(by.account_id, by.id, phone_place(phone.number), at)
    log.info("phone confirmed")
    return phone


def remove_phone(*, by: Caller) -> None:
    """Have no SMS sent to the caller's number any more; without a number this changes nothing."""
    known = addressees.find(by.account_id, by.id)
    phone = known.phone if known else None
    phones.remove(by.account_id, by.id, phone)
    if phone:
        reach_marks.forget(by.account_id, by.id, phone_place(phone.number))
    log.info("phone removed")


def _send(code: PhoneCode, digits: str, by: Caller) -> None:
    if sms.has_opted_out(code.number):
        phones.forget_code(by.account_id, by.id, code)
        raise InvalidRequest("/number", "This number has answered STOP, so no SMS reaches it. Use another one.")
    outcome = sms.send_sms(code.number, code_text(digits))
    log.info("phone code sent", outcome=outcome.result.name)
    if outcome.result in (SendResult.ACCEPTED, SendResult.UNKNOWN):
        return
    phones.forget_code(by.account_id, by.id, code)
    if outcome.result is SendResult.RETRY:
        raise Unavailable(outcome.detail or "No SMS can be sent now.", retry_after_s=60)
    raise InvalidRequest("/number", outcome.detail or "No SMS can be sent to this number.")
