"""What sending leaves in the ledger: messages that a device may say it showed, test messages, and what is counted."""

import hashlib
from datetime import UTC, datetime, timedelta
from typing import TYPE_CHECKING
from uuid import uuid4

from boto3.dynamodb.conditions import Attr
from boto3.dynamodb.types import TypeSerializer

from chalicelib.actions.deliveries.mark_shown import shown_token
from chalicelib.domain.deliveries.gathering import MOST_ALONE, WINDOW, Lane, LaneId, Slot
from chalicelib.domain.deliveries.ledger import DeliveryKind, DeliveryState, LedgerEntry, Recipient, RecipientDevice
from chalicelib.domain.events import EventType
from chalicelib.domain.instants import Instant, to_milliseconds
from chalicelib.store.keys import lane_key
from chalicelib.store.mapping import to_attributes
from infra.local.deployed import DeployedStack, emulator_session
from infra.local.site import STAGE
from tests.support.builders import an_event

if TYPE_CHECKING:
    from mypy_boto3_dynamodb.service_resource import Table

SECRET = "sent-by-push"

PAGE_ID = "5e3c7a52-0000-5000-8000-000000000001"


def put_test_message(stack: DeployedStack, account_id: str, person_id: str) -> str:
    """Keep what the ledger needs of a test message that somebody was sent by e-mail, and return the test's id."""
    to = Recipient(kind=DeliveryKind.EMAIL, id=person_id, name="Ada")
    at = to_milliseconds(datetime.now(UTC))
    event = an_event(EventType.PAGE_TEST, id=PAGE_ID, account_id=account_id, session_id=None, handoff_id=None)
    entry = LedgerEntry.planned(event, to, at).model_copy(update={"state": DeliveryState.ACCEPTED})
    _put(stack, entry)
    return PAGE_ID


def put_shown_token(stack: DeployedStack, account_id: str) -> str:
    """Keep what the ledger needs of a push message that was sent, and return the token that went along."""
    to = Recipient(kind=DeliveryKind.PUSH, id="sven", name="Sven", device=RecipientDevice(id="d", name="Phone"))
    event = an_event(id=str(uuid4()), account_id=account_id)
    entry = LedgerEntry.planned(event, to, to_milliseconds(datetime.now(UTC)))
    accepted = entry.model_copy(update={"state": DeliveryState.ACCEPTED})
    _put(stack, accepted, shown_digest=hashlib.sha256(SECRET.encode()).hexdigest())
    return shown_token(entry, SECRET)


def reset_gathering(stack: DeployedStack) -> None:
    """Have nobody's messages counted, so that the next one is not gathered with others."""
    table = _table(stack)
    for row in table.scan(FilterExpression=Attr("position").eq("lane"))["Items"]:
        table.delete_item(Key={name: row[name] for name in ("subject_key", "position")})


def fill_slots(stack: DeployedStack, account_id: str, person_id: str, until: Instant) -> None:
    """Have somebody got as many e-mails one by one as they may, so that more are gathered until then."""
    lane_id = LaneId(account_id=account_id, place=person_id, kind=DeliveryKind.EMAIL.value, is_urgent=False)
    slots = tuple(Slot(message=f"before-{number}", at=until - WINDOW) for number in range(MOST_ALONE))
    content = to_attributes(Lane(alone=slots, version=1))
    expires_at = int((until + timedelta(days=1)).timestamp())
    key = {"subject_key": lane_key(lane_id), "position": "lane"}
    _table(stack).put_item(Item={**key, "content": content, "expires_at": expires_at})


def _table(stack: DeployedStack) -> "Table":
    resource = emulator_session().resource("dynamodb", endpoint_url=stack.endpoint_url)
    return resource.Table(f"flowpilot-{STAGE}-deliveries")


def _put(stack: DeployedStack, entry: LedgerEntry, **more: str) -> None:
    key = {"subject_key": f"{entry.account_id}#{entry.subject}", "position": entry.position}
    row = {name: TypeSerializer().serialize(value) for name, value in (to_attributes(entry) | key | more).items()}
    dynamodb = emulator_session().client("dynamodb", endpoint_url=stack.endpoint_url)
    dynamodb.put_item(TableName=f"flowpilot-{STAGE}-deliveries", Item=row)
