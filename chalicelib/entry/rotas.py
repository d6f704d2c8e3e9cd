"""Routes of rotas: who is on call, and when."""

from typing import Any
from urllib.parse import quote

from chalice.app import Response

from chalicelib.actions.clock.calendar_tokens import issue_calendar_token, revoke_calendar_token
from chalicelib.actions.clock.list_duties import list_duties, list_shifts
from chalicelib.actions.clock.save_rota import delete_rota as delete
from chalicelib.actions.clock.save_rota import list_rotas, read_rota, save_rota
from chalicelib.actions.clock.take_shift import take_over_shift
from chalicelib.contracts.clock import (
    CalendarQuery,
    CalendarView,
    DutyView,
    OnCallQuery,
    OnCallView,
    RotaListView,
    RotaRequest,
    RotaView,
    ShiftListView,
    ShiftsQuery,
    ShiftView,
    TakeShiftRequest,
)
from chalicelib.domain.errors import InvalidRequest, InvalidState, NotFound, Unavailable
from chalicelib.domain.people import Role
from chalicelib.entry.api import Api
from chalicelib.entry.problems import BadShape, InternalError
from chalicelib.entry.requests import Call, read_query
from chalicelib.entry.responses import Document, respond
from chalicelib.entry.wall_clock import now

rotas = Api("clock")

ROTA = "/rotas/{rota_id}"
CALENDAR = ROTA + "/calendar"


@rotas.operation("GET", "/on-call", takes=OnCallQuery, answers=OnCallView)
def get_on_call(call: Call[OnCallQuery]) -> OnCallView:
    """Read who is on call, now or at a given time."""
    return OnCallView(items=[DutyView.of(duty) for duty in list_duties(call.body.at or call.at, by=call.caller)])


@rotas.operation("GET", "/rotas", answers=RotaListView)
def get_rotas(call: Call[None]) -> RotaListView:
    """List the rotas of your account."""
    return RotaListView(items=[RotaView.of(saved) for saved in list_rotas(by=call.caller)])


@rotas.operation("GET", ROTA, answers=RotaView)
def get_rota(call: Call[None], rota_id: str) -> RotaView:
    """Read a rota."""
    return RotaView.of(read_rota(rota_id, by=call.caller))


@rotas.operation(
    "PUT", ROTA, takes=RotaRequest, answers=RotaView, role=Role.ADMIN, refuses=(InvalidRequest, InvalidState)
)
def put_rota(call: Call[RotaRequest], rota_id: str) -> RotaView:
    """Create a rota, or replace it."""
    body = call.body
    return RotaView.of(save_rota(rota_id, body.name, body.rota, body.version, by=call.caller, at=call.at))


@rotas.operation("DELETE", ROTA, answers=None, role=Role.ADMIN, status=204)
def delete_rota(call: Call[None], rota_id: str) -> None:
    """Delete a rota; its calendar feed ends."""
    delete(rota_id, by=call.caller)


@rotas.operation("GET", ROTA + "/shifts", takes=ShiftsQuery, answers=ShiftListView, refuses=(InvalidRequest,))
def get_shifts(call: Call[ShiftsQuery], rota_id: str) -> ShiftListView:
    """List the shifts of a span, at most 400 days."""
    begin = call.body.begin or call.at
    found = list_shifts(rota_id, begin, call.body.end, by=call.caller)
    return ShiftListView(items=[ShiftView.of(shift) for shift in found])


@rotas.operation(
    "POST", ROTA + "/shifts/take", takes=TakeShiftRequest, answers=RotaView, role=Role.SENIOR, refuses=(InvalidRequest,)
)
def post_take_shift(call: Call[TakeShiftRequest], rota_id: str) -> RotaView:
    """Take the rest of somebody else's shift."""
    take_over_shift(rota_id, call.body.begins_at, by=call.caller, at=call.at)
    return RotaView.of(read_rota(rota_id, by=call.caller))


@rotas.operation("POST", CALENDAR, answers=CalendarView, role=Role.ADMIN, status=201)
def post_calendar(call: Call[None], rota_id: str) -> CalendarView:
    """Issue the key to a rota's calendar feed; an earlier one ends."""
    token = issue_calendar_token(rota_id, by=call.caller, at=call.at)
    return CalendarView(path=f"/rotas/{rota_id}/calendar.ics?token={quote(token, safe='~')}")


@rotas.operation("DELETE", CALENDAR, answers=None, role=Role.ADMIN, status=204)
def delete_calendar(call: Call[None], rota_id: str) -> None:
    """Revoke the key to a rota's calendar feed."""
    revoke_calendar_token(rota_id, by=call.caller)


@rotas.open_operation(
    "GET",
    CALENDAR + ".ics",
    takes=CalendarQuery,
    answers=None,
    media_types=("text/calendar",),
    refuses=(BadShape, NotFound, Unavailable, InternalError),
)
def get_calendar(request: Any, rota_id: str) -> Response:
    """Read a rota's shifts as a calendar; the token in the query stands in for a sign-in."""
    from chalicelib.actions.clock.write_calendar import write_calendar  # lazy: cold start (ADR 0015)

    token = read_query(request, CalendarQuery).token
    return respond(Document(write_calendar(rota_id, token, at=now()), "text/calendar"))
