"""The numbers that people have confirmed, while they change them."""

from chalicelib.domain.deliveries.phone import Phone, PhoneCode
from chalicelib.store import addressees, phones
from tests.support.builders import ACME, SAM, minute
from tests.support.dynamodb.faults import lose_answer
from tests.support.dynamodb.recorder import Recorder
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


def test_code_is_kept_though_the_answer_is_lost(recorder: Recorder) -> None:
    code, other = (PhoneCode.of(digits, NUMBER, "salt", minute(0)) for digits in ("123456", "654321"))
    recorder.tamper("PutItem", lose_answer)

    assert phones.add_code(ACME, SAM.id, code, None)

    assert not phones.add_code(ACME, SAM.id, other, None)
    assert phones.find_code(ACME, SAM.id) == code
