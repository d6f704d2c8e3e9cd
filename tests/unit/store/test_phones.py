"""The numbers that people have confirmed, while they change them."""

from chalicelib.domain.deliveries.phone import Phone
from chalicelib.store import addressees, phones
from tests.support.builders import ACME, SAM, minute
from tests.support.phones import NUMBER, OTHER_NUMBER, confirm_number


def number() -> str | None:
    person = addressees.find(ACME, SAM.id)
    return person.phone.number if person and person.phone else None


def test_number_is_removed(tables: None) -> None:
    confirm_number(SAM)

    phones.remove(ACME, SAM.id, Phone(number=NUMBER, confirmed_at=minute(0)))

    assert number() is None


def test_number_confirmed_while_another_is_removed_stays(tables: None) -> None:
    confirm_number(SAM, OTHER_NUMBER)

    phones.remove(ACME, SAM.id, Phone(number=NUMBER, confirmed_at=minute(0)))

    assert number() == OTHER_NUMBER
