"""Accounts that have the AI off for a client, and tickets that turn out to be that client's."""

from chalicelib.domain.clock.policy import Policy
from chalicelib.store import accounts, policies, sessions, ticket_updates
from chalicelib.store.rows.accounts import AccountItemRow
from tests.support.builders import ACME
from tests.support.ticket_facts import ticket_facts

ACORN = {"id": "17", "name": "Acorn Ltd"}


def save_policy(**fields: object) -> None:
    """Save the account's policy."""
    assert policies.save(ACME, Policy.model_validate(fields), policies.load(ACME))


def switch_off_for_acorn() -> None:
    """Save a policy that has the AI off for one client."""
    save_policy(clients=[{"match": {"client": "Acorn Ltd"}, "ai": "off"}])


def switch_on() -> None:
    """Save a policy that has the AI on for all."""
    save_policy()


def switch_off_elsewhere() -> None:
    """Let another process save a policy that has the AI off, while this one remembers that it was on."""
    policies.find(ACME)
    remembered = dict(policies._remembered)
    save_policy(ai="off")
    policies._remembered.update(remembered)


def break_policy() -> None:
    """Store a policy that this version cannot read."""
    assert accounts.save(ACME, policies.ITEM, {"ai": "perhaps"}, accounts.find(ACME, policies.ITEM))


def repair_policy() -> None:
    """Store the defaults in place of a policy that cannot be read."""
    AccountItemRow(ACME, policies.ITEM).delete()
    policies.forget()


def learn_client(session_id: str, **facts: object) -> None:
    """Let the ticket system tell, after the session was opened, that its ticket is Acorn's."""
    told = ticket_facts(**{"client": ACORN, **facts})
    assert ticket_updates.refresh(sessions.load(ACME, session_id), told)
