"""Routes of the account's policy: deadlines, ladder and working hours."""

from chalicelib.contracts.clock import (
    PolicyPreviewRequest,
    PolicyPreviewView,
    PolicyRequest,
    PolicyView,
    PreviewedStepView,
)
from chalicelib.contracts.holidays import HolidaysQuery, NationalHolidaysView
from chalicelib.domain.errors import InvalidRequest, InvalidState
from chalicelib.domain.people import Role
from chalicelib.entry.api import Api
from chalicelib.entry.requests import Call

policy = Api("clock")


@policy.operation("GET", "/policy", answers=PolicyView, role=Role.ADMIN)
def get_policy(call: Call[None]) -> PolicyView:
    """Read the policy of your account."""
    from chalicelib.actions.clock.save_policy import read_policy  # lazy: cold start (ADR 0015)

    return PolicyView.of(read_policy(by=call.caller))


@policy.operation(
    "PUT", "/policy", takes=PolicyRequest, answers=PolicyView, role=Role.ADMIN, refuses=(InvalidRequest, InvalidState)
)
def put_policy(call: Call[PolicyRequest]) -> PolicyView:
    """Replace the policy of your account."""
    from chalicelib.actions.clock.save_policy import save_policy  # lazy: cold start (ADR 0015)

    return PolicyView.of(save_policy(call.body.policy, call.body.version, by=call.caller))


@policy.operation(
    "POST",
    "/policy/preview",
    takes=PolicyPreviewRequest,
    answers=PolicyPreviewView,
    role=Role.ADMIN,
    refuses=(InvalidRequest,),
)
def post_policy_preview(call: Call[PolicyPreviewRequest]) -> PolicyPreviewView:
    """Preview whom a policy notifies of a handoff that nobody takes, and when."""
    from chalicelib.actions.clock.preview_policy import preview_policy  # lazy: cold start (ADR 0015)

    asked = call.body
    found = preview_policy(
        asked.policy, asked.priority, asked.start, asked.client, asked.problem_domain, by=call.caller
    )
    return PolicyPreviewView(steps=[PreviewedStepView.of(step) for step in found])


@policy.operation(
    "GET", "/holidays", takes=HolidaysQuery, answers=NationalHolidaysView, role=Role.ADMIN, refuses=(InvalidRequest,)
)
def get_holidays(call: Call[HolidaysQuery]) -> NationalHolidaysView:
    """List the national holidays of a country from this year on, for a policy to take over."""
    from chalicelib.actions.clock.find_national_holidays import find_national_holidays  # lazy: cold start (ADR 0015)

    return NationalHolidaysView.of(find_national_holidays(call.body, at=call.at))
