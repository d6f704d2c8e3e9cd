"""A senior who was removed from the directory is told nothing on the deployed stack, while another one is.

The account is one of its own, as nobody is put back.
"""

from collections.abc import Iterator
from contextlib import ExitStack, suppress

import httpx2
import pytest

from infra.local.api import Api, Json, Refused
from infra.local.deployed import DeployedStack
from infra.local.people import Person
from tests.support.scenarios.http import a_handoff, place_of, refused
from tests.support.stack.own_people import signed_in
from tests.support.waiting import eventually

ACCOUNT = "leavers"
EVE, LEA, STAN, BOSS = PEOPLE = (
    Person("Eve Long", ACCOUNT, "engineer"),
    Person("Lea Past", ACCOUNT, "senior"),
    Person("Stan Okoro", ACCOUNT, "senior"),
    Person("Bea Boss", ACCOUNT, "admin"),
)


@pytest.fixture(scope="module")
def of(stack: DeployedStack) -> Iterator[dict[Person, Api]]:
    """The people of the account, who all are in its directory."""
    stack.verify_mail(LEA.email)
    with ExitStack() as clients:
        apis = {person: clients.enter_context(signed_in(person, stack)) for person in PEOPLE}
        for api in apis.values():
            api.get("/me")
        yield apis


def emails_about(stack: DeployedStack, handoff: Json) -> list[str] | None:
    """To whom e-mails about a handoff went, once there is one."""
    found = httpx2.get(f"{stack.post_office_url}/messages", timeout=10).json()
    return [one["to"] for one in found if one["kind"] == "email" and handoff["session_id"] in one["text"]] or None


def told(by: Api, handoff: Json) -> set[str]:
    return {one["recipient"]["name"] for one in by.get(f"{place_of(handoff)}/deliveries")["items"]}


def both_of(sent: list[str] | None) -> list[str] | None:
    return sent if sent and len(sent) > 1 else None


def back_again(stack: DeployedStack) -> Json | None:
    """Lea's profile by a new sign-in; none within the second of the removal, as tokens count whole seconds."""
    with signed_in(LEA, stack) as again, suppress(Refused):
        return again.get("/me")
    return None


def test_removed_senior_is_told_nothing_while_another_is(stack: DeployedStack, of: dict[Person, Api]) -> None:
    lea = of[LEA].get("/me")
    before = a_handoff(of[EVE])
    both = eventually(lambda: both_of(emails_about(stack, before)), "two e-mails")

    of[BOSS].delete(f"/engineers/{lea['id']}")
    of[BOSS].delete(f"/engineers/{lea['id']}")
    after = a_handoff(of[EVE])

    sent = eventually(lambda: emails_about(stack, after), "an e-mail")
    assert (set(both), set(sent)) == ({LEA.email, STAN.email}, {STAN.email})
    assert (told(of[BOSS], before), told(of[BOSS], after)) == ({LEA.name, STAN.name}, {STAN.name})
    assert [one["name"] for one in of[BOSS].get("/engineers")["items"] if one["id"] == lea["id"]] == []
    for path in ("/me", "/start"):
        with refused(403, "removed"):
            of[LEA].get(path)
    assert eventually(lambda: back_again(stack), "a new sign-in")["id"] == lea["id"]
