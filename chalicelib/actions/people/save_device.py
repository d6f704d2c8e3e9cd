"""Add and remove the devices that the caller gets push messages on."""

from collections.abc import Callable

from chalicelib import log
from chalicelib.actions.retry_stale import retry_stale
from chalicelib.contracts.devices import DeviceRequest
from chalicelib.domain.deliveries.device import (
    LONGEST_ENDPOINT,
    Device,
    Devices,
    device_id_of,
    require_subscription_keys,
)
from chalicelib.domain.errors import InvalidRequest, NotFound
from chalicelib.domain.instants import Instant
from chalicelib.domain.outbound_urls import parse_address
from chalicelib.domain.people import Caller
from chalicelib.settings import settings
from chalicelib.store import devices, engineers
from chalicelib.store.stale_write import StaleWrite


def list_devices(*, by: Caller) -> Devices:
    """Return the caller's devices."""
    return devices.load(by.account_id, by.id)


def add_device(body: DeviceRequest, *, by: Caller, at: Instant) -> Device:
    """Add a device, or renew its name and keys where it is there; it writes the caller into the directory if new.

    Raises InvalidRequest for an address that is not called and keys that nothing can be encrypted for, and InvalidState
    when the caller has as many devices as there can be.
    """
    _require_endpoint(body.endpoint)
    require_subscription_keys(body.keys.p256dh, body.keys.auth)
    device = Device(
        id=device_id_of(body.endpoint),
        name=body.name,
        endpoint=body.endpoint,
        p256dh=body.keys.p256dh,
        auth=body.keys.auth,
        added_at=at,
    )
    engineers.enter(by)
    saved = _change(by.account_id, by.id, lambda known: known.adding(device))
    log.info("device added", devices=len(saved.items))
    return saved.find(device.id) or device


def remove_device(device_id: str, *, by: Caller) -> None:
    """Remove one of the caller's devices. Raises NotFound."""
    if devices.load(by.account_id, by.id).find(device_id) is None:
        raise NotFound("device")
    saved = _change(by.account_id, by.id, lambda known: known.without(device_id))
    log.info("device removed", devices=len(saved.items))


def forget_device(account_id: str, engineer_id: str, device: Device) -> None:
    """Remove somebody's device, which its push service does not know; it stays where it has subscribed again since.

    Raises Unavailable when others write all the time.
    """
    saved = _change(account_id, engineer_id, lambda known: known.without_gone(device))
    log.info("device forgotten", devices=len(saved.items))


def _change(account_id: str, engineer_id: str, change: Callable[[Devices], Devices]) -> Devices:
    def save() -> Devices:
        loaded = devices.load(account_id, engineer_id)
        changed = change(loaded)
        if changed != loaded and not devices.save(account_id, engineer_id, changed, loaded):
            raise StaleWrite
        return changed

    return retry_stale(save, what="The devices")


def _require_endpoint(endpoint: str) -> None:
    try:
        parse_address(endpoint, may_be_local=settings().may_call_this_machine, longest=LONGEST_ENDPOINT)
    except ValueError as error:
        raise InvalidRequest("/endpoint", f"This cannot be called: {error}.") from error
