"""What makes moto fast enough for long sessions: it converts and copies far more for each request than it needs.

`tests/unit/store/test_transactions.py` and the stateful tests hold that a canceled transaction still changes nothing.
"""

import time
from collections import defaultdict
from copy import copy, deepcopy
from functools import cache
from typing import Any

import pytest
from cryptography.hazmat.primitives.asymmetric.rsa import RSAPrivateKey, generate_private_key
from moto.core.model import StructureShape
from moto.core.serialize import JSONSerializer
from moto.dynamodb import responses as handler
from moto.dynamodb.exceptions import ItemSizeTooLarge
from moto.dynamodb.models import DynamoDBBackend
from moto.dynamodb.models.dynamo_type import DynamoType, Item, LimitedSizeDict
from moto.dynamodb.models.table import Table
from moto.sns.models import Subscription
from moto.sqs import models as sqs

from tests.support.dynamodb.moto_expressions import remember_expressions
from tests.support.dynamodb.moto_requests import skip_http

SESSION_STAYS: Any = {"core": {"reset_boto3_session": False}}
"""For `mock_aws`: a new session reads the description of each service from disk again."""

SIZE_LIMIT = 405_000  # bytes, as moto has it
PLAIN = {"S", "N", "BOOL", "NULL"}
CHANGED_IN_PLACE = {"SS", "NS", "BS", "L", "M"}


def speed_up(patch: pytest.MonkeyPatch) -> None:
    """Replace the slow parts of moto until `patch` is undone."""
    skip_http(patch)
    remember_expressions(patch)
    patch.setattr(Item, "__init__", _init_item)
    patch.setattr(JSONSerializer, "_serialize_type_structure", _with_attributes_as_they_are)
    patch.setattr(DynamoType, "size", _size_of)
    patch.setattr(DynamoType, "cast_value", property(_cast))
    patch.setattr(handler, "dynamo_to_dict", _to_dict)
    patch.setattr(Table, "query", _query)
    patch.setattr(sqs, "unix_time_millis", lambda: time.time() * 1000)  # asked of each message that ever waited
    patch.setattr(Subscription, "private_key", lambda _: _signing_key())
    patch.setattr(Item, "__deepcopy__", _copy_of_item)
    patch.setattr(Table, "__deepcopy__", _copy_of_table, raising=False)
    patch.setattr(DynamoDBBackend, "update_item", _update_copy_of_item)


def _with_attributes_as_they_are(self: Any, answer: Any, value: Any, shape: StructureShape, key: str) -> None:
    """Write a structure into a refusal of moto's, but a plain attribute as it is stored, `{"S": "text"}`.

    For each attribute, moto tries every type there is under each of its spellings.
    """
    if shape.name == "AttributeValue" and key and value.keys() <= PLAIN:
        answer[key] = value
    else:
        _structure(self, answer, value, shape, key)


_structure = JSONSerializer._serialize_type_structure


def _init_item(item: Item, hash_key: DynamoType, range_key: DynamoType | None, attrs: dict[str, Any]) -> None:
    """Make an item and measure it once; moto measures the whole item again for each attribute that it adds."""
    item.hash_key, item.range_key = hash_key, range_key
    item.attrs = LimitedSizeDict({name: DynamoType(value) for name, value in attrs.items()})
    if item.size() > SIZE_LIMIT:
        raise ItemSizeTooLarge


def _size_of(value: DynamoType) -> int:
    """Measure a text at once; moto asks for each of the other types first."""
    content = value.value
    return len(content) if value.type == "S" and content.isascii() else _size_of_any(value)


def _cast(value: DynamoType) -> Any:
    return value.value if value.type == "S" else _cast_any(value)


_size_of_any = DynamoType.size
_cast_any = vars(DynamoType)["cast_value"].fget


@cache
def _signing_key() -> RSAPrivateKey:
    """The key that signs all SNS messages of the process; moto makes one for each subscription."""
    return generate_private_key(public_exponent=65537, key_size=2048)


def _to_dict(stored: Any) -> Any:
    """Copy what moto stored into plain dictionaries; moto imports a module and makes four checks for each value."""
    kind = type(stored)
    if kind is DynamoType and stored.type in PLAIN:
        return {stored.type: stored.value}
    if kind is dict or kind is LimitedSizeDict:
        return {name: _to_dict(value) for name, value in stored.items()}
    if kind is list:
        return [_to_dict(value) for value in stored]
    return _to_dict_any(stored)


_to_dict_any: Any = vars(handler)["dynamo_to_dict"]


def _query(table: Table, *args: Any, **kwargs: Any) -> Any:
    """Have moto look through the items of the key alone, as they come; it sorts the whole table, then what it finds."""
    hash_key, index_name = args[0], args[INDEX_NAME]
    items = list(table.items.values())
    if table.range_key_attr:
        held: Any = items if index_name else [table.items.get(hash_key, {})]
        items = [item for by_range in held for item in by_range.values()]
    view: Any = object.__new__(type(table))
    view.__dict__ = {**table.__dict__, "all_items": lambda: items}
    return _query_all(view, *args, **kwargs)


INDEX_NAME = 7
"""Where moto's backend puts it among the arguments."""

_query_all = Table.query


def _copy_of_item(item: Item, memo: dict[int, Any]) -> Item:
    """Copy an item, sharing the values that moto only ever replaces: all but sets, lists and maps."""
    copied = object.__new__(Item)  # without moto's own `__new__`, which remembers each item ever made
    copied.hash_key, copied.range_key = item.hash_key, item.range_key
    copied.attrs = LimitedSizeDict(item.attrs)
    for name, value in item.attrs.items():
        if value.type in CHANGED_IN_PLACE:
            dict.__setitem__(copied.attrs, name, deepcopy(value, memo))
    return copied


def _copy_of_table(table: Any, _memo: dict[int, Any]) -> Any:
    """Copy a table, sharing its items, which `_update_copy_of_item` never changes in place.

    moto copies each table that a transaction writes to, once for every write, to go back to it: with every item, that
    was most of the time of long sessions.
    """
    copied = _shallow(table)
    copied.items = copy_items(table, table.items)
    if table.stream_shard:
        copied.stream_shard = _shallow(table.stream_shard)
        copied.stream_shard.table = copied
    return copied


def copy_items(table: Any, items: dict[Any, Any]) -> dict[Any, Any]:
    """Copy a table's items as moto keeps them; later writes to the table leave the copy unchanged."""
    has_ranges = table.range_key_attr is not None
    return defaultdict(dict, {key: dict(value) for key, value in items.items()} if has_ranges else items)


def _shallow(thing: Any) -> Any:
    copied = object.__new__(type(thing))
    for name, value in vars(thing).items():
        setattr(copied, name, copy(value) if type(value) in (dict, list) else value)
    return copied


def _update_copy_of_item(self: Any, table_name: str, key: dict[str, Any], *args: Any, **kwargs: Any) -> Item:
    """Put a copy in the item's place, then have moto change that."""
    table = self.get_table(table_name)
    if all(name in key for name in table.table_key_attrs):
        hash_value, range_value = self.get_keys_value(table, key)
        if item := table.get_item(hash_value, range_value):
            copied = _copy_of_item(item, {})
            if range_value:
                table.items[hash_value][range_value] = copied
            else:
                table.items[hash_value] = copied
    updated: Item = _update_item(self, table_name, key, *args, **kwargs)
    return updated


_update_item = DynamoDBBackend.update_item
