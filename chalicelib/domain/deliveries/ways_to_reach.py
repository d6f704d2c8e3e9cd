"""The ways by which messages reach somebody outside the page."""

from chalicelib.domain.deliveries.device import Devices
from chalicelib.domain.deliveries.mail_feedback import EmailTrouble
from chalicelib.domain.deliveries.phone import Phone, PhoneCode
from chalicelib.domain.frozen_model import FrozenModel
from chalicelib.domain.instants import Instant


class WaysToReach(FrozenModel):
    """Somebody's own ways, when a message last reached which place, and which of them the stack sends by.

    `phone_code`: the code, while it is good, of a number that they have not confirmed yet.
    """

    devices: Devices
    email_trouble: EmailTrouble | None
    phone: Phone | None
    phone_code: PhoneCode | None
    reached: dict[str, Instant]
    push_public_key: str
    sends_sms: bool
