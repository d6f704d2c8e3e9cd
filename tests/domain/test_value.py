import pytest
from pydantic import ValidationError

from chalicelib.domain.people import Person


def test_a_value_cannot_be_changed() -> None:
    person = Person(id="1", name="Jane")

    with pytest.raises(ValidationError, match="frozen"):
        person.name = "Joe"  # type: ignore[misc]  # the point of the test


def test_a_value_refuses_a_field_it_does_not_have() -> None:
    with pytest.raises(ValidationError, match="Extra inputs"):
        Person.model_validate({"id": "1", "name": "Jane", "nick": "J"})


def test_values_of_the_same_content_are_equal() -> None:
    assert Person(id="1", name="Jane") == Person(id="1", name="Jane")
