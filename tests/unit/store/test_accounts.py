"""Items of an account, each changed by one person at a time."""

import pytest

from chalicelib.store import accounts
from chalicelib.store.accounts import AccountItem
from tests.support.builders import ACME, GLOBEX

pytestmark = pytest.mark.usefixtures("tables")

POLICY = {"time_zone": "Europe/Brussels", "working_hours": {"mon": [["08:00", "18:00"]]}, "direct_for_min": 10}


def test_item_that_was_never_saved_is_none() -> None:
    assert accounts.find(ACME, "policy") is None


def test_item_is_found_as_it_was_saved() -> None:
    assert accounts.save(ACME, "policy", POLICY, None)

    assert accounts.find(ACME, "policy") == AccountItem(POLICY, 1)


def test_item_is_saved_over_what_was_loaded() -> None:
    accounts.save(ACME, "policy", POLICY, None)
    loaded = accounts.find(ACME, "policy")

    assert accounts.save(ACME, "policy", {"direct_for_min": 5}, loaded)

    assert accounts.find(ACME, "policy") == AccountItem({"direct_for_min": 5}, 2)


def test_item_that_was_changed_meanwhile_is_not_written_over() -> None:
    accounts.save(ACME, "policy", POLICY, None)
    loaded = accounts.find(ACME, "policy")
    accounts.save(ACME, "policy", {"direct_for_min": 5}, loaded)

    assert not accounts.save(ACME, "policy", {"direct_for_min": 7}, loaded)
    assert not accounts.save(ACME, "policy", {"direct_for_min": 7}, None)

    assert accounts.find(ACME, "policy") == AccountItem({"direct_for_min": 5}, 2)


def test_items_have_names_and_accounts_of_their_own() -> None:
    accounts.save(ACME, "policy", POLICY, None)

    assert accounts.find(ACME, "limits") is None
    assert accounts.find(GLOBEX, "policy") is None
