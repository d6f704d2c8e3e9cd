"""Which choices of a ticket mapping the PSA does not have any more."""

import pytest

from chalicelib.domain.integration import TicketMapping
from chalicelib.domain.mapping_choices import MappingChoices, OwnerChoice, missing_choices, sorted_choices

SAM = OwnerChoice(id="14", name="Sam Rivera", email="sam@acme.example")
ONE_BOARD = sorted_choices([("305", "In Progress"), ("310", ">Closed")], [SAM])
TWO_BOARDS = sorted_choices([("305", "In Progress"), ("405", "In Progress")], [])


@pytest.mark.parametrize(
    ("choices", "mapping", "missing"),
    [
        (ONE_BOARD, {"status_on_claim": " in progress", "status_on_resolve": "310"}, []),
        (ONE_BOARD, {"status_on_claim": "Doing"}, ["The status “Doing” no longer exists there."]),
        (ONE_BOARD, {"closed_statuses": ("Billed",)}, ["The status “Billed” no longer exists there."]),
        (ONE_BOARD, {"status_on_claim": "999"}, ["The status “999” no longer exists there."]),
        (TWO_BOARDS, {"status_on_claim": "405"}, []),
        (ONE_BOARD, {"owner_ids": {"sam@acme.example": "14", "joe@acme.example": "SRivera"}}, []),
        (
            ONE_BOARD,
            {"owner_ids": {"joe@acme.example": "13"}},
            ["The owner 13 of joe@acme.example no longer exists there."],
        ),
        (MappingChoices(statuses=[], owners=[]), {"status_on_claim": "Doing", "owner_ids": {"j@a.example": "1"}}, []),
    ],
    ids=["known", "name", "closing", "id", "id of one board", "owners", "owner", "no lists"],
)
def test_choices_that_the_psa_does_not_list_are_named(
    choices: MappingChoices, mapping: dict[str, object], missing: list[str]
) -> None:
    assert missing_choices(TicketMapping.model_validate(mapping), choices) == missing
