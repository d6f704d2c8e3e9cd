"""What sending leaves in the ledger: messages that a device may say it showed, test messages, and what is counted."""

import hashlib
from datetime import UTC, datetime
from uuid import uuid4

from boto3.dynamodb.conditions import Attr
from boto3.dynamodb.types import TypeSerializer

from chalicelib.actions.deliveries.mark_shown import shown_token
from chalicelib.domain.deliveries.ledger import DeliveryKind, DeliveryState, LedgerEntry, Recipient, RecipientDevice
from chalicelib.domain.events import EventType
from chalicelib.domain.instants import to_milliseconds
from chalicelib.store.mapping import to_attributes
from infra.local.deployed import DeployedStack, emulator_session
from infra.local.site import STAGE
from tests.support.builders import an_event

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
    table = (
        emulator_session().resource("dynamodb", endpoint_url=stack.endpoint_url).Table(f"flowpilot-{STAGE}-deliveries")
    )
    for row in table.scan(FilterExpression=Attr("position").eq("lane"))["Items"]:
        table.delete_item(Key={name: row[name] for name in ("subject_key", "position")})


def _put(stack: DeployedStack, entry: LedgerEntry, **more: str) -> None:
    key = {"subject_key": f"{entry.account_id}#{entry.subject}", "position": entry.position}
    row = {name: TypeSerializer().serialize(value) for name, value in (to_attributes(entry) | key | more).items()}
    dynamodb = emulator_session().client("dynamodb", endpoint_url=stack.endpoint_url)
    dynamodb.put_item(TableName=f"flowpilot-{STAGE}-deliveries", Item=row)
