"""Phone numbers, read by the rules of each country (libphonenumber)."""

from typing import TYPE_CHECKING

from chalicelib.domain.errors import InvalidRequest

if TYPE_CHECKING:
    from phonenumbers import PhoneNumber

FIELD = "/number"


def mobile_number(text: str) -> str:
    """Return the mobile number that `text` writes, in E.164 (`+32470123456`).

    Raises InvalidRequest, which says why, for a number without its country, of no country, of a landline, of a service
    that costs extra, and for what is no number at all.
    """
    if not text.strip().startswith("+"):
        raise InvalidRequest(FIELD, "Begin with + and the country, such as +32 470 12 34 56.")
    if any(char.isalpha() for char in text):
        raise InvalidRequest(FIELD, "Write the number in digits, without an extension.")
    number = _parsed(text)
    _require_mobile(number)
    return f"+{number.country_code}{'0' * _leading_zeros(number)}{number.national_number}"


def _parsed(text: str) -> "PhoneNumber":
    import phonenumbers  # lazy: cold start (ADR 0015)

    try:
        number = phonenumbers.parse(text, None)
    except phonenumbers.NumberParseException as error:
        raise InvalidRequest(FIELD, "This is no phone number of any country.") from error
    if number.extension or not phonenumbers.is_valid_number(number):
        raise InvalidRequest(FIELD, "There is no such number in that country.")
    return number


def _require_mobile(number: "PhoneNumber") -> None:
    import phonenumbers  # lazy: cold start (ADR 0015)

    kinds = phonenumbers.PhoneNumberType
    kind = phonenumbers.number_type(number)
    if phonenumbers.region_code_for_number(number) == phonenumbers.REGION_CODE_FOR_NON_GEO_ENTITY:
        raise InvalidRequest(FIELD, "No SMS is sent to satellite and other international numbers.")
    if kind == kinds.FIXED_LINE:
        raise InvalidRequest(FIELD, "This is a landline. SMS go to mobile phones only.")
    if kind in (kinds.PREMIUM_RATE, kinds.SHARED_COST, kinds.TOLL_FREE):
        raise InvalidRequest(FIELD, "This is the number of a service with a rate of its own, not of a mobile phone.")
    if kind not in (kinds.MOBILE, kinds.FIXED_LINE_OR_MOBILE):
        raise InvalidRequest(FIELD, "This is not the number of a mobile phone.")


def _leading_zeros(number: "PhoneNumber") -> int:
    return (number.number_of_leading_zeros or 1) if number.italian_leading_zero else 0
