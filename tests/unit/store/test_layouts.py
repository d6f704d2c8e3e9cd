"""Layout numbers: an older item is upgraded when it is read, a newer one refused."""

from collections.abc import Mapping
from typing import ClassVar

import pytest
from pynamodb.attributes import UnicodeAttribute

from chalicelib.store import accounts, handoffs
from chalicelib.store.connection import TableName, dynamodb
from chalicelib.store.rows.row import Image, Row, UnknownLayout, Upgrade
from tests.support.builders import ACME, HANDOFF_ID
from tests.support.scenarios.store import handed_off
from tests.support.tables import PREFIX

pytestmark = pytest.mark.usefixtures("tables")


def _split_name(image: Image) -> Image:
    first, _, last = image["name"]["S"].partition(" ")
    kept = {name: value for name, value in image.items() if name != "name"}
    return {**kept, "first_name": {"S": first}, "last_name": {"S": last}}


def _greet(image: Image) -> Image:
    return {**image, "greeting": {"S": f"Hello {image['first_name']['S']}"}}


class PersonRow(Row):
    """A row in its third layout: the second split the name, the third added a greeting."""

    LAYOUT = 3
    UPGRADES: ClassVar[Mapping[int, Upgrade]] = {1: _split_name, 2: _greet}

    class Meta:
        table_name = TableName("accounts")

    account_id = UnicodeAttribute(hash_key=True)
    item = UnicodeAttribute(range_key=True)
    first_name = UnicodeAttribute()
    last_name = UnicodeAttribute()
    greeting = UnicodeAttribute()


KEYS = {"account_id": {"S": ACME}, "item": {"S": "person"}}
FIRST: Image = {**KEYS, "name": {"S": "Jane Cooper"}, "layout": {"N": "1"}}
SECOND: Image = {**KEYS, "first_name": {"S": "Jane"}, "last_name": {"S": "Cooper"}, "layout": {"N": "2"}}


@pytest.mark.parametrize("older", [FIRST, SECOND], ids=["first", "second"])
def test_older_item_is_read_as_if_it_were_new(older: Image) -> None:
    row = PersonRow.from_raw_data(older)

    assert (row.first_name, row.last_name, row.greeting) == ("Jane", "Cooper", "Hello Jane")


def test_older_image_is_upgraded_as_well_and_left_as_it_was() -> None:
    image = dict(FIRST)
    row = PersonRow()

    row.deserialize(image)

    assert row.greeting == "Hello Jane"
    assert image == FIRST


def test_older_item_that_is_put_again_has_the_new_layout() -> None:
    row = PersonRow.from_raw_data(FIRST)
    row.save()

    assert PersonRow.get(ACME, "person").layout == 3


def test_newer_item_is_refused_in_words_that_say_which() -> None:
    with pytest.raises(UnknownLayout, match=r"PersonRow in .*accounts has layout 4; this release knows 3"):
        PersonRow.from_raw_data({**SECOND, "layout": {"N": "4"}})


def write_layout(table: str, key: dict[str, str]) -> None:
    """Let the item be one that a later release wrote."""
    change = {
        "TableName": PREFIX + table,
        "Key": {name: {"S": value} for name, value in key.items()},
        "UpdateExpression": "SET layout = :layout",
        "ExpressionAttributeValues": {":layout": {"N": "99"}},
    }
    dynamodb().dispatch("UpdateItem", change)


def test_handoff_of_a_newer_layout_is_refused() -> None:
    handed_off()
    write_layout("handoffs", {"account_id": ACME, "handoff_id": HANDOFF_ID})

    with pytest.raises(UnknownLayout, match="HandoffRow"):
        handoffs.find_detail(ACME, HANDOFF_ID)


def test_account_item_of_a_newer_layout_is_refused() -> None:
    accounts.save(ACME, "limits", {"messages": 60}, None)
    write_layout("accounts", {"account_id": ACME, "item": "limits"})

    with pytest.raises(UnknownLayout, match="AccountItemRow"):
        accounts.find(ACME, "limits")
