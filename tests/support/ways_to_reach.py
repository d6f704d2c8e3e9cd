"""A person's ways to be reached, as stored on their directory row; none for people who are not there."""

from datetime import datetime

from chalicelib.domain.deliveries.mail_feedback import EmailTrouble
from chalicelib.domain.deliveries.phone import Phone
from chalicelib.store import addressees


def trouble_of(account_id: str, person_id: str) -> EmailTrouble | None:
    """Why no e-mail is sent to their address."""
    found = addressees.find(account_id, person_id)
    return found.email_trouble if found else None


def phone_of(account_id: str, person_id: str) -> Phone | None:
    """The number that they have confirmed."""
    found = addressees.find(account_id, person_id)
    return found.phone if found else None


def reached(account_id: str, person_id: str) -> dict[str, datetime]:
    """When a message last reached them, by place."""
    found = addressees.find(account_id, person_id)
    return found.reached if found else {}
