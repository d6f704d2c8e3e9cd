"""Routes of the caller's profile and the directory."""

from typing import Any

from chalicelib.actions.people.list_engineers import list_engineers
from chalicelib.actions.people.read_profile import read_profile
from chalicelib.actions.people.set_availability import set_availability
from chalicelib.actions.people.set_skills import set_skills
from chalicelib.contracts.clock import AvailabilityRequest
from chalicelib.contracts.notification_settings import NotificationSettingsRequest, NotificationSettingsView
from chalicelib.contracts.page_query import PageQuery
from chalicelib.contracts.requests import SkillsRequest
from chalicelib.contracts.views import EngineerListView, EngineerView, MeView
from chalicelib.domain.availability import Availability
from chalicelib.domain.deliveries.notification_settings import NotificationSettings
from chalicelib.domain.errors import InvalidRequest, InvalidState, RemovedFromDirectory
from chalicelib.domain.people import Role
from chalicelib.entry.api import Api
from chalicelib.entry.requests import Call

people = Api("people")

NOTIFICATIONS = "/me/notifications"


@people.operation("GET", "/me", answers=MeView, refuses=(RemovedFromDirectory,))
def get_me(call: Call[None]) -> MeView:
    """Read your profile; this also adds you to the directory."""
    return MeView.of(call.caller.account_id, read_profile(call.caller, at=call.at), call.at)


@people.operation(
    "PUT",
    "/me/availability",
    takes=AvailabilityRequest,
    answers=MeView,
    refuses=(InvalidRequest, RemovedFromDirectory),
)
def put_availability(call: Call[AvailabilityRequest]) -> MeView:
    """Set your availability: available, busy or away, with an optional end."""
    said = Availability(presence=call.body.presence, until=call.body.until)
    return MeView.of(call.caller.account_id, set_availability(said, by=call.caller, at=call.at), call.at)


@people.operation("GET", NOTIFICATIONS, answers=NotificationSettingsView)
def get_notification_settings(call: Call[None]) -> NotificationSettingsView:
    """Read your notification settings for e-mail, push messages and SMS, and your quiet hours."""
    from chalicelib.actions.people.save_notification_settings import (
        read_notification_settings,
    )  # lazy: cold start (ADR 0015)

    return _settings_view(call, read_notification_settings(by=call.caller))


@people.operation(
    "PUT",
    NOTIFICATIONS,
    takes=NotificationSettingsRequest,
    answers=NotificationSettingsView,
    refuses=(InvalidRequest, InvalidState, RemovedFromDirectory),
)
def put_notification_settings(call: Call[NotificationSettingsRequest]) -> NotificationSettingsView:
    """Replace your notification settings: least priorities by sort of event and kind of message, quiet hours."""
    from chalicelib.actions.people.save_notification_settings import (
        save_notification_settings,
    )  # lazy: cold start (ADR 0015)

    return _settings_view(call, save_notification_settings(call.body, by=call.caller, at=call.at))


def _settings_view(call: Call[Any], saved: NotificationSettings) -> NotificationSettingsView:
    from chalicelib.actions.people.read_ways_to_reach import read_ways_to_reach  # lazy: cold start (ADR 0015)

    return NotificationSettingsView.of(saved, call.caller.email, read_ways_to_reach(by=call.caller, at=call.at))


@people.operation("GET", "/engineers", takes=PageQuery, answers=EngineerListView)
def get_engineers(call: Call[PageQuery]) -> EngineerListView:
    """List the directory of your account."""
    found = list_engineers(call.page, by=call.caller)
    return EngineerListView(items=[EngineerView.of(one, call.at) for one in found.items], next_cursor=found.next_cursor)


@people.operation("PUT", "/engineers/{engineer_id}", takes=SkillsRequest, answers=EngineerView, role=Role.ADMIN)
def put_engineer(call: Call[SkillsRequest], engineer_id: str) -> EngineerView:
    """Set the skills of an engineer in the directory."""
    return EngineerView.of(set_skills(engineer_id, call.body.skills, by=call.caller), call.at)


@people.operation("DELETE", "/engineers/{engineer_id}", answers=None, role=Role.ADMIN, status=204)
def delete_engineer(call: Call[None], engineer_id: str) -> None:
    """Remove somebody else from the directory: nothing is sent to them any more. It does not end their sign-in."""
    from chalicelib.actions.people.remove_engineer import remove_engineer  # lazy: cold start (ADR 0015)

    remove_engineer(engineer_id, by=call.caller, at=call.at)
