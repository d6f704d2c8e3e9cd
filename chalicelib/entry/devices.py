"""Routes of the devices that get push messages, and what those say of the messages."""

from typing import Any

from chalice.app import Response

from chalicelib.contracts.devices import DeviceRequest, DeviceView, ShownRequest
from chalicelib.domain.errors import InvalidRequest, InvalidState, NotFound, RemovedFromDirectory, Unavailable
from chalicelib.entry.api import Api
from chalicelib.entry.problems import BadJson, BadShape, InternalError, TooLarge
from chalicelib.entry.requests import Call, read_body
from chalicelib.entry.responses import respond
from chalicelib.entry.wall_clock import current_instant

devices = Api("people")


@devices.operation(
    "POST",
    "/me/devices",
    takes=DeviceRequest,
    answers=DeviceView,
    status=201,
    refuses=(InvalidRequest, InvalidState, RemovedFromDirectory),
)
def post_device(call: Call[DeviceRequest]) -> DeviceView:
    """Subscribe this browser to your push messages; the same subscription again renews its name and keys."""
    from chalicelib.actions.people.save_device import add_device  # lazy: cold start (ADR 0015)

    return DeviceView.of(add_device(call.body, by=call.caller, at=call.at))


@devices.operation("DELETE", "/me/devices/{device_id}", answers=None, status=204)
def delete_device(call: Call[None], device_id: str) -> None:
    """Unsubscribe a device of yours from push messages."""
    from chalicelib.actions.people.save_device import remove_device  # lazy: cold start (ADR 0015)

    remove_device(device_id, by=call.caller)


@devices.open_operation(
    "POST",
    "/deliveries/shown",
    takes=ShownRequest,
    answers=None,
    status=204,
    refuses=(BadJson, BadShape, TooLarge, NotFound, Unavailable, InternalError),
)
def post_shown(request: Any) -> Response:
    """Report that a push message was shown, by the one-time token that came with it."""
    from chalicelib.actions.deliveries.mark_shown import mark_shown  # lazy: cold start (ADR 0015)

    mark_shown(read_body(request, ShownRequest).token, at=current_instant())
    return respond(None, 204)
