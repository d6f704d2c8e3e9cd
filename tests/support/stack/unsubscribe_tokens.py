"""Tokens that switch e-mail off, put into the stack: its SES drops the header of an e-mail that holds one."""

import hashlib
import time
from base64 import urlsafe_b64encode

from chalicelib.actions.deliveries.unsubscribe import SEPARATOR
from infra.local.deployed import DeployedStack, emulator_session
from infra.local.site import STAGE

SECRET = "sent-by-mail"


def put_unsubscribe_token(stack: DeployedStack, account_id: str, engineer_id: str) -> str:
    """Keep a token for the person as a sent e-mail does, and return it."""
    row = {
        "account_id": {"S": account_id},
        "item": {"S": f"unsubscribe#{hashlib.sha256(SECRET.encode()).hexdigest()}"},
        "engineer_id": {"S": engineer_id},
        "expires_at": {"N": str(int(time.time()) + 3600)},
    }
    dynamodb = emulator_session().client("dynamodb", endpoint_url=stack.endpoint_url)
    dynamodb.put_item(TableName=f"flowpilot-{STAGE}-accounts", Item=row)
    return urlsafe_b64encode(f"{account_id}{SEPARATOR}{SECRET}".encode()).decode().rstrip("=")
