from typing import Any, Literal
from unicodedata import normalize

import pytest

from chalicelib.domain.ai_switch import may_ai_see
from chalicelib.domain.clock.policy import Policy
from tests.support.ticket_facts import ticket_facts

NormalForm = Literal["NFC", "NFD"]
ACORN = ticket_facts(client={"id": "17", "name": "Acorn Ltd"}, contract="Gold", type="Managed")
UNKNOWN = ticket_facts(client=None)


def policy(match: dict[str, str] | None = None, **fields: Any) -> Policy:
    """A policy that has the AI off for the clients of `match`, if for any."""
    clients = [{"match": match, "ai": "off"}] if match else []
    return Policy.model_validate({"clients": clients, **fields})


@pytest.mark.parametrize(
    ("match", "may_see"),
    [
        ({"client": "17"}, False),
        ({"client": "Acorn Ltd"}, False),
        ({"client": " ACORN  ltd\u200b"}, False),
        ({"contract": "gold"}, False),
        ({"type": "managed"}, False),
        ({"client": "17", "type": "Managed", "contract": "Gold"}, False),
        ({"client": "Acorn"}, True),
        ({"client": "17", "type": "Co-managed"}, True),
    ],
    ids=str,
)
def test_ai_sees_nothing_of_a_client_that_is_off(match: dict[str, str], *, may_see: bool) -> None:
    assert may_ai_see(policy(match), ACORN) is may_see


@pytest.mark.parametrize(("written", "told"), [("NFC", "NFD"), ("NFD", "NFC")])
def test_client_is_off_however_its_letters_are_encoded(written: NormalForm, told: NormalForm) -> None:
    client = {"id": None, "name": normalize(told, "M\u00fcller Bau")}

    assert not may_ai_see(policy({"client": normalize(written, "M\u00fcller Bau")}), ticket_facts(client=client))


@pytest.mark.parametrize("ticket", [None, UNKNOWN], ids=["no ticket", "no client"])
@pytest.mark.parametrize(("switch", "may_see"), [("on", True), ("off", False)])
def test_accounts_switch_holds_until_the_client_is_known(switch: str, ticket: Any, *, may_see: bool) -> None:
    rules = [{"match": {"client": "17"}, "ai": "off" if may_see else "on"}]

    assert may_ai_see(policy(ai=switch, clients=rules), ticket) is may_see


def test_client_that_is_on_is_seen_in_an_account_that_is_off() -> None:
    assert may_ai_see(policy(ai="off", clients=[{"match": {"client": "17"}, "ai": "on"}]), ACORN)


def test_client_without_a_switch_of_its_own_follows_the_account() -> None:
    rules = [{"match": {"client": "17"}, "around_the_clock": True}]

    assert not may_ai_see(policy(ai="off", clients=rules), ACORN)


def test_only_the_first_rules_that_match_count() -> None:
    rules = [{"match": {"type": "Managed"}, "ai": "on"}, {"match": {"client": "17"}, "ai": "off"}]

    assert may_ai_see(policy(clients=rules), ACORN)
