from concurrent.futures import ThreadPoolExecutor
from threading import Barrier

import pytest
from pydantic import ValidationError

from chalicelib.domain.frozen_model import FrozenModel
from chalicelib.domain.people import Person


def test_value_cannot_be_changed() -> None:
    person = Person(id="1", name="Jane")

    with pytest.raises(ValidationError, match="frozen"):
        person.name = "Joe"  # type: ignore[misc]  # the point of the test


def test_value_refuses_a_field_it_does_not_have() -> None:
    with pytest.raises(ValidationError, match="Extra inputs"):
        Person.model_validate({"id": "1", "name": "Jane", "nick": "J"})


def test_values_of_the_same_content_are_equal() -> None:
    assert Person(id="1", name="Jane") == Person(id="1", name="Jane")


def test_validator_that_many_threads_need_first_at_the_same_moment_works_for_all() -> None:
    for _ in range(20):

        class Inner(FrozenModel):
            number: int

        class Outer(FrozenModel):
            inner: Inner
            name: str

        together = Barrier(8)

        def build(number: int, outer: type[Outer] = Outer, together: Barrier = together) -> object:
            together.wait()
            made = outer.model_validate({"inner": {"number": number}, "name": "n"})
            return type(made), made.model_dump()

        with ThreadPoolExecutor(8) as threads:
            built = list(threads.map(build, range(8)))

        assert built == [(Outer, {"inner": {"number": number}, "name": "n"}) for number in range(8)]
