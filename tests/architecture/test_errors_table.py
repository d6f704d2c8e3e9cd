"""Every refusal that the product knows has its place in HTTP."""

from chalicelib.domain import errors
from chalicelib.entry.problems import TABLE
from tests.unit.entry.test_problems import REFUSALS


def kinds_of(error: type[errors.DomainError]) -> set[type[errors.DomainError]]:
    """The product's kinds of the error, and theirs; a test may have made up others."""
    ours = {kind for kind in error.__subclasses__() if kind.__module__.startswith("chalicelib.")}
    return ours.union(*(kinds_of(kind) for kind in ours))


def test_every_domain_error_has_a_row() -> None:
    assert kinds_of(errors.DomainError) == set(TABLE)


def test_every_row_has_a_status_that_says_whose_fault_it_is() -> None:
    of_ours = {kind.__name__ for kind, (status, _, _) in TABLE.items() if status >= 500}

    assert of_ours == {"Unavailable", "InternalError"}


def test_code_has_one_status_and_one_title() -> None:
    meanings = set(TABLE.values())

    assert len({code for _, code, _ in meanings}) == len(meanings)


def test_every_row_is_tried() -> None:
    assert {type(refusal) for refusal, *_ in REFUSALS} == set(TABLE)
