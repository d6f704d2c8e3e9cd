from chalicelib.domain import errors
from chalicelib.domain.errors import (
    AlreadyClaimed,
    DirectedElsewhere,
    DomainError,
    Forbidden,
    IdempotencyMismatch,
    InvalidRequest,
    InvalidState,
    NoRole,
    NotFound,
    OwnHandoff,
    RemovedFromDirectory,
    StaleEpoch,
    TooManyRequests,
    Unauthenticated,
    Unavailable,
)
from chalicelib.domain.people import Role
from tests.support.builders import JANE, SAM, minute

ONE_OF_EACH = [
    Unauthenticated("The token has expired."),
    NotFound("session"),
    Forbidden.for_role(Role.VIEWER, Role.ENGINEER),
    NoRole("acme", JANE.person, JANE.email),
    RemovedFromDirectory(),
    OwnHandoff(),
    AlreadyClaimed(SAM.person, minute(20)),
    DirectedElsewhere(SAM.person, minute(20)),
    StaleEpoch(3),
    InvalidState("The session is parked.", status="parked"),
    InvalidRequest("/cursor", "This cursor is not one of ours."),
    IdempotencyMismatch(),
    Unavailable("The assistant did not answer.", retry_after_s=5),
    TooManyRequests("Too many messages.", retry_after_s=5),
]


def test_every_refusal_is_here() -> None:
    refusals = {kind for kind in vars(errors).values() if isinstance(kind, type) and issubclass(kind, DomainError)}

    assert {type(error) for error in ONE_OF_EACH} == refusals - {DomainError}


def test_every_refusal_speaks_in_whole_sentences() -> None:
    sentences = [str(error) for error in ONE_OF_EACH]

    assert [text for text in sentences if not (text[:1].isupper() and text.endswith("."))] == []


def test_not_found_names_the_thing() -> None:
    assert str(NotFound("handoff")) == "There is no such handoff."


def test_invalid_request_points_at_the_field() -> None:
    assert InvalidRequest("/priority", "…").pointer == "/priority"


def test_unavailable_neighbor_says_when_to_come_back() -> None:
    assert Unavailable("…", retry_after_s=5).retry_after_s == 5


def test_refusal_for_a_role_names_both_roles() -> None:
    assert str(Forbidden.for_role(Role.ENGINEER, Role.ADMIN)) == (
        "This needs the role admin or higher; yours is engineer."
    )
