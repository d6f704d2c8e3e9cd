"""Routes of the phone number that a person gets SMS on."""

from chalicelib.contracts.phones import PhoneCodeRequest, PhoneCodeView, PhoneRequest, PhoneView
from chalicelib.domain.errors import InvalidRequest, InvalidState, RemovedFromDirectory, TooManyRequests
from chalicelib.entry.api import Api
from chalicelib.entry.requests import Call

phones = Api("people")

PHONE = "/me/phone"

# What each person asks for once is imported when it is asked for.  # lazy: cold start (ADR 0015)


@phones.operation(
    "POST",
    PHONE,
    takes=PhoneRequest,
    answers=PhoneCodeView,
    status=201,
    refuses=(InvalidRequest, InvalidState, TooManyRequests, RemovedFromDirectory),
)
def post_phone(call: Call[PhoneRequest]) -> PhoneCodeView:
    """Have a code sent to a mobile number of yours, three times an hour at most."""
    from chalicelib.actions.people.confirm_phone import send_phone_code

    return PhoneCodeView.of(send_phone_code(call.body.number, by=call.caller, at=call.at))


@phones.operation(
    "POST", PHONE + "/confirm", takes=PhoneCodeRequest, answers=PhoneView, refuses=(InvalidRequest, InvalidState)
)
def post_phone_confirm(call: Call[PhoneCodeRequest]) -> PhoneView:
    """Confirm the number by the code that came to it: five guesses, within ten minutes."""
    from chalicelib.actions.people.confirm_phone import confirm_phone

    return PhoneView.of(confirm_phone(call.body.code, by=call.caller, at=call.at), call.at)


@phones.operation("DELETE", PHONE, answers=None, status=204)
def delete_phone(call: Call[None]) -> None:
    """Remove your number, and a code for another: you get no more SMS."""
    from chalicelib.actions.people.confirm_phone import remove_phone

    remove_phone(by=call.caller)
