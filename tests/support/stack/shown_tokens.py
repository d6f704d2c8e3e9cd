"""Tokens by which a device says that it showed a push message, put into the stack as sending one does."""

import hashlib
from datetime import UTC, datetime
from uuid import uuid4

from chalicelib.actions.deliveries.mark_shown import shown_token
from chalicelib.domain.deliveries.ledger import DeliveryKind, DeliveryState, LedgerEntry, Recipient, RecipientDevice
from chalicelib.domain.instants import to_milliseconds
from infra.local.deployed import DeployedStack, emulator_session
from infra.local.site import STAGE
from tests.support.builders import an_event

SECRET = "sent-by-push"


def put_shown_token(stack: DeployedStack, account_id: str) -> str:
    """Keep what the ledger needs of a push message that was sent, and return the token that went along."""
    to = Recipient(kind=DeliveryKind.PUSH, id="sven", name="Sven", device=RecipientDevice(id="d", name="Phone"))
    event = an_event(id=str(uuid4()), account_id=account_id)
    entry = LedgerEntry.planned(event, to, to_milliseconds(datetime.now(UTC)))
    row = {
        "subject_key": {"S": f"{account_id}#{entry.subject}"},
        "position": {"S": entry.position},
        "state": {"S": DeliveryState.ACCEPTED.value},
        "shown_digest": {"S": hashlib.sha256(SECRET.encode()).hexdigest()},
    }
    dynamodb = emulator_session().client("dynamodb", endpoint_url=stack.endpoint_url)
    dynamodb.put_item(TableName=f"flowpilot-{STAGE}-deliveries", Item=row)
    return shown_token(entry, SECRET)
