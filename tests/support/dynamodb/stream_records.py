"""Records of the stream of the table `handoffs`, in the shape in which Lambda hands them to a function.

Source: "Using AWS Lambda with Amazon DynamoDB", example event; the images are written by the store's own rows.
"""

from typing import Any

from chalicelib.domain.handoff import Handoff
from chalicelib.store.handoff_rows import new_row
from chalicelib.store.rows.handoffs import HandoffRow
from tests.support.builders import START

StreamRecord = dict[str, Any]

STREAM_ARN = "arn:aws:dynamodb:us-east-1:123456789012:table/flowpilot-test-handoffs/stream/2026-11-23T09:00:00.000"


def row_of(handoff: Handoff, **attributes: Any) -> HandoffRow:
    """The row of a handoff as the store keeps it; `attributes` are written over its own."""
    row = new_row(handoff)
    for name, content in attributes.items():
        setattr(row, name, content)
    return row


def image_of(handoff: Handoff, **attributes: Any) -> dict[str, Any]:
    """The image of that row."""
    image: dict[str, Any] = row_of(handoff, **attributes).serialize()
    return image


def record_of(old: Handoff | None, new: Handoff, sequence: int = 1, **attributes: Any) -> StreamRecord:
    """The record of a change from `old` to `new`."""
    return record_between(image_of(old) if old else None, image_of(new, **attributes), sequence)


def record_between(old: dict[str, Any] | None, new: dict[str, Any], sequence: int = 1) -> StreamRecord:
    """The record of a change between two images."""
    change: dict[str, Any] = {
        "ApproximateCreationDateTime": START.timestamp() + sequence,
        "Keys": {name: new[name] for name in ("account_id", "handoff_id")},
        "NewImage": new,
        "SequenceNumber": sequence_number(sequence),
        "SizeBytes": 1_000,
        "StreamViewType": "NEW_AND_OLD_IMAGES",
    }
    return {
        "eventID": f"{sequence:032x}",
        "eventName": "MODIFY" if old else "INSERT",
        "eventVersion": "1.1",
        "eventSource": "aws:dynamodb",
        "awsRegion": "us-east-1",
        "dynamodb": change | ({"OldImage": old} if old else {}),
        "eventSourceARN": STREAM_ARN,
    }


def sequence_number(sequence: int) -> str:
    """The number of a record in its shard: digits, too many for a float."""
    return f"{100_000_000_000_000_000_000 + sequence}"


def event_of(*records: StreamRecord) -> dict[str, Any]:
    """What a function is called with."""
    return {"Records": list(records)}
