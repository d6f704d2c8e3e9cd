"""Ids in the path, which API Gateway passes on as they were encoded."""

import pytest

from tests.support.api.fixtures import Gate
from tests.support.builders import ACME, OLGA, a_caller


@pytest.mark.parametrize(
    ("engineer_id", "encoded"), [("auth0|42", "auth0%7C42"), ("joe@acme.example", "joe%40acme.example")]
)
def test_person_of_another_identity_provider_is_found_by_the_encoded_id(
    gate: Gate, engineer_id: str, encoded: str
) -> None:
    person = a_caller("Ann", account_id=ACME).model_copy(update={"id": engineer_id})
    gate.api.call("GET", "/me", by=person)

    answer = gate.api.call("PUT", f"/engineers/{encoded}", by=OLGA, body={"skills": ["vpn"]})

    assert (answer.status, answer.json["id"], answer.json["skills"]) == (200, engineer_id, ["vpn"])
