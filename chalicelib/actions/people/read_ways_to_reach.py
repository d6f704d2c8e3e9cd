"""Read the ways in which messages reach the caller."""

from chalicelib.actions.people.save_device import list_devices
from chalicelib.domain.deliveries.ways_to_reach import WaysToReach
from chalicelib.domain.instants import Instant
from chalicelib.domain.people import Caller
from chalicelib.settings import settings
from chalicelib.store import addressees, phones


def read_ways_to_reach(*, by: Caller, at: Instant) -> WaysToReach:
    """Return the caller's ways: one read each of their row of the directory, their devices and their code."""
    known = addressees.find(by.account_id, by.id)
    code = phones.find_code(by.account_id, by.id) if settings().sends_sms else None
    return WaysToReach(
        devices=list_devices(by=by),
        email_trouble=known.email_trouble if known else None,
        phone=known.phone if known else None,
        phone_code=code if code and code.is_good_at(at) else None,
        reached=known.reached if known else {},
        push_public_key=settings().push_public_key,
        sends_sms=settings().sends_sms,
    )
