"""The tests' faster moto answers, and refuses, as moto does."""

from collections.abc import Iterator
from typing import Any

import boto3
import pytest
from botocore.exceptions import ClientError
from moto import mock_aws

from tests.support.dynamodb.moto_speed import speed_up

Request = tuple[str, dict[str, Any]]
TABLE: dict[str, Any] = {
    "KeySchema": [{"AttributeName": "pk", "KeyType": "HASH"}, {"AttributeName": "sk", "KeyType": "RANGE"}],
    "AttributeDefinitions": [
        {"AttributeName": "pk", "AttributeType": "S"},
        {"AttributeName": "sk", "AttributeType": "N"},
        {"AttributeName": "state", "AttributeType": "S"},
    ],
    "GlobalSecondaryIndexes": [
        {
            "IndexName": "by_state",
            "KeySchema": [
                {"AttributeName": "state", "KeyType": "HASH"},
                {"AttributeName": "sk", "KeyType": "RANGE"},
            ],
            "Projection": {"ProjectionType": "ALL"},
        }
    ],
    "BillingMode": "PAY_PER_REQUEST",
}
VALUES: dict[str, dict[str, Any]] = {
    ":s": {"S": "naïve"},
    ":n": {"N": "3"},
    ":m": {"M": {"a": {"S": "x"}, "b": {"L": [{"N": "1"}, {"NULL": True}]}}},
    ":l": {"L": [{"S": "last"}]},
    ":ss": {"SS": ["one", "two"]},
    ":big": {"S": "é" * 202_500},
    ":empty": {"S": ""},
}
NAMES = {"#a": "name", "#b": "count", "#c": "state", "#p": "pk"}


def key(pk: str, sk: int) -> dict[str, Any]:
    return {"pk": {"S": pk}, "sk": {"N": str(sk)}}


def used(*expressions: str) -> dict[str, Any]:
    """The names and values that expressions use, as DynamoDB refuses others."""
    text = " ".join(expressions).replace("(", " ").replace(")", " ").replace(",", " ").replace(".", " ").split()
    names = {name: NAMES[name] for name in text if name in NAMES}
    values = {name: VALUES[name] for name in text if name in VALUES}
    return ({"ExpressionAttributeNames": names} if names else {}) | (
        {"ExpressionAttributeValues": values} if values else {}
    )


def update(expression: str, condition: str = "", sk: int = 1) -> Request:
    conditional = {"ConditionExpression": condition} if condition else {}
    return "update_item", {
        "TableName": "things",
        "Key": key("a", sk),
        "UpdateExpression": expression,
        "ReturnValues": "ALL_NEW",
        **conditional,
        **used(expression, condition),
    }


def query(expression: str, **more: Any) -> Request:
    return "query", {"TableName": "things", "KeyConditionExpression": expression, **used(expression), **more}


def put(pk: str, sk: int, **attributes: dict[str, Any]) -> Request:
    return "put_item", {"TableName": "things", "Item": key(pk, sk) | attributes}


def transaction(*writes: dict[str, dict[str, Any]]) -> Request:
    return "transact_write_items", {
        "TransactItems": [{kind: {"TableName": "things", **write}} for item in writes for kind, write in item.items()]
    }


WRITES: list[Request] = [
    *(put("a", number, state={"S": "open"}, count={"N": "1"}) for number in (10, 2, 1)),
    put("b", 2, state={"S": "open"}),
    put("b", 3),
    put("b", 4, is_on={"BOOL": False}, numbers={"NS": ["1", "2"]}, nothing={"NULL": True}),
    put("b", 5, raw={"B": b"\x00\xff"}, raws={"BS": [b"one", b"\xff"]}, deep={"M": {"a": {"L": [{"B": b"x"}]}}}),
    ("batch_write_item", {"RequestItems": {"things": [{"PutRequest": {"Item": key("b", 6)}}]}}),
    ("delete_item", {"TableName": "things", "Key": key("b", 6), "ReturnValues": "ALL_OLD"}),
    ("delete_item", {"TableName": "things", "Key": key("b", 7), "ReturnConsumedCapacity": "TOTAL"}),
    update("SET #a = :s , #b = #b + :n", "attribute_exists ( #p ) AND #b < :n"),
    update("SET #a = :s , #b = #b + :n", "attribute_exists ( #p ) AND #b < :n"),
    update("SET notes = list_append ( if_not_exists ( notes , :l ) , :l )"),
    update("SET notes = list_append ( if_not_exists ( notes , :l ) , :l )"),
    update("SET #a = :m REMOVE #b ADD tags :ss", "NOT ( #a = :n OR contains ( #a , :n ) )"),
    update("SET nested = :m"),
    update("SET nested.b[0] = :n REMOVE nested.a"),
    update("SET #b = if_not_exists ( #b , :n )", "size ( tags ) < :n"),
    update("SET #b = if_not_exists ( #b , :n )", "size ( tags ) BETWEEN :n AND :n"),
    update("SET #b = if_not_exists ( #b , :n )", "attribute_not_exists ( gone ) AND #c IN ( :s , :n )", sk=77),
    update("SET #b = :n", sk=78),
    update("SET #c = :n", sk=79),
    update("SET #c = :empty", sk=80),
    update("DELETE tags :ss"),
    transaction(
        {"Put": {"Item": key("c", 1), "ConditionExpression": "attribute_not_exists(pk)"}},
        {"Update": {"Key": key("a", 2), "UpdateExpression": "SET #b = :n", **used("#b :n")}},
        {"Delete": {"Key": key("b", 3)}},
        {"ConditionCheck": {"Key": key("a", 1), "ConditionExpression": "attribute_exists(pk)"}},
    ),
]
REFUSED: list[Request] = [
    update("SET #a = :s SET #b = :n"),
    update("SET #a = :s , #a = :n"),
    update("SET #p = :s"),
    update("SET #a = :missing"),
    update("SET #missing = :s"),
    update("SET #a = #d"),
    update("SET #a = nowhere"),
    update("SET nowhere.b = :n"),
    update("SET #a = :s + :n"),
    update("SET big = :big , bigger = :big"),
    update("SET #a = "),
    update("SET #a = :s", "#missing = :n"),
    update("SET #a = :s", "name = :missing"),
    update("SET #a = :s", "(( #a = :s ))"),
    update("SET #a = :s", "#a = :n AND"),
    update("SET #a = :s", "state = :n"),
    update("SET #a = :s", "#b > :n"),
    ("update_item", {**update("SET #a = :s")[1], "ExpressionAttributeValues": VALUES}),
    put("d", 1, big={"S": "é" * 203_000}),
    put("", 1),
    query("nothing = :s"),
    query("#c = :s", IndexName="missing"),
    transaction({"Put": {"Item": key("e", 1)}}, {"Delete": {"Key": key("e", 1)}}),
    transaction(
        {"Put": {"Item": key("e", 1)}},
        {"Update": {"Key": key("a", 1), "UpdateExpression": "SET #p = :s", **used("#p :s")}},
        {"Put": {"Item": key("a", 2), "ConditionExpression": "attribute_not_exists(pk)"}},
    ),
]
READS: list[Request] = [
    ("get_item", {"TableName": "things", "Key": key("a", 1)}),
    ("get_item", {"TableName": "things", "Key": key("b", 4), "ReturnConsumedCapacity": "TOTAL"}),
    ("get_item", {"TableName": "things", "Key": key("b", 5)}),
    ("get_item", {"TableName": "things", "Key": key("nobody", 1)}),
    ("batch_get_item", {"RequestItems": {"things": {"Keys": [key("a", 1), key("nobody", 1)]}}}),
    (
        "transact_get_items",
        {"TransactItems": [{"Get": {"TableName": "things", "Key": key(pk, 1)}} for pk in ("a", "nobody")]},
    ),
    ("scan", {"TableName": "things"}),
    *(
        ("query", {"TableName": "things", "ScanIndexForward": forward, "Limit": limit, **more})
        for forward in (True, False)
        for limit in (1, 50)
        for more in (
            {"KeyConditionExpression": "pk = :p", "ExpressionAttributeValues": {":p": {"S": "a"}}},
            {"KeyConditionExpression": "pk = :p", "ExpressionAttributeValues": {":p": {"S": "b"}}},
            {"KeyConditionExpression": "pk = :p", "ExpressionAttributeValues": {":p": {"S": "nobody"}}},
            {
                "KeyConditionExpression": "pk = :p AND sk > :n",
                "ExpressionAttributeValues": {":p": {"S": "a"}, ":n": {"N": "1"}},
                "ExclusiveStartKey": key("a", 2),
            },
            {
                "IndexName": "by_state",
                "KeyConditionExpression": "#c = :o",
                "ExpressionAttributeNames": {"#c": "state"},
                "ExpressionAttributeValues": {":o": {"S": "open"}},
            },
        )
    ),
]


def answers(requests: list[Request]) -> Iterator[dict[str, Any]]:
    """What moto answers to each request, in order, and its refusals."""
    with mock_aws():
        dynamodb = boto3.client("dynamodb", region_name="us-east-1")
        dynamodb.create_table(TableName="things", **TABLE)
        for operation, parameters in requests:
            try:
                answer = getattr(dynamodb, operation)(**parameters)
            except ClientError as refusal:
                answer = refusal.response
            except Exception as crash:  # noqa: BLE001  moto refuses some in this way
                answer = {"Error": repr(crash)}
            yield {name: content for name, content in answer.items() if name != "ResponseMetadata"}


def test_faster_moto_answers_as_moto_does(monkeypatch: pytest.MonkeyPatch) -> None:
    requests = [*WRITES, *READS, *REFUSED, *REFUSED, *READS]
    expected = list(answers(requests))
    speed_up(monkeypatch)

    first, again = list(answers(requests)), list(answers(requests))

    assert ["Error" in answer for answer in expected[len(WRITES) :]] == (
        [False] * len(READS) + [True] * (2 * len(REFUSED)) + [False] * len(READS)
    )
    for request, answer, faster, cached in zip(requests, expected, first, again, strict=True):
        assert (faster, cached) == (answer, answer), request
