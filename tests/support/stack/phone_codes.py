"""Codes that phones were sent, put into the stack: what it sends tells the phone alone."""

from datetime import UTC, datetime

from boto3.dynamodb.types import TypeSerializer

from chalicelib.domain.deliveries.phone import PhoneCode
from chalicelib.domain.instants import to_milliseconds
from chalicelib.store.mapping import to_attributes
from infra.local.deployed import DeployedStack, emulator_session
from infra.local.site import STAGE
from tests.support.phones import CODE, NUMBER


def put_phone_code(stack: DeployedStack, account_id: str, engineer_id: str) -> str:
    """Keep a code as sending it does, and return it."""
    kept = to_attributes(PhoneCode.of(CODE, NUMBER, "salt", to_milliseconds(datetime.now(UTC))))
    key = {"account_id": account_id, "item": f"phone-code#{engineer_id}", "expires_at": 2**33}
    row = {name: TypeSerializer().serialize(value) for name, value in (kept | key).items()}
    dynamodb = emulator_session().client("dynamodb", endpoint_url=stack.endpoint_url)
    dynamodb.put_item(TableName=f"flowpilot-{STAGE}-accounts", Item=row)
    return CODE
