"""Messages about reaching people: the test that somebody asks for, and the warning to admins."""

from collections.abc import Iterable
from itertools import groupby
from uuid import uuid5
from zoneinfo import ZoneInfo

from chalicelib.domain.clock.zones import zone_named
from chalicelib.domain.events import EVENT_NAMESPACE, Event, EventType
from chalicelib.domain.instants import Instant, format_instant
from chalicelib.domain.people import Caller
from chalicelib.domain.readiness.forecast import LadderForecast, ReachSpan

MOST_PAGES_PER_HOUR = 3
"""How often an hour somebody may ask for test messages."""

MOST_LINES = 10
"""How many gaps a warning names; the page has them all."""

Line = tuple[str, str]


def page_event(by: Caller, at: Instant) -> Event:
    """Return the event of a test that `by` asks for: it is in no feed."""
    return _event(EventType.PAGE_TEST, f"{by.account_id}/{by.id}/{format_instant(at)}", by.account_id, at).model_copy(
        update={"actor": by.person, "title": "Test message from FlowPilot: please say that it arrived"}
    )


def warning_event(account_id: str, lines: list[Line], at: Instant) -> Event:
    """Return the warning of a day: the same account and day give the same id, so it is sent once."""
    event = _event(EventType.READINESS_WARNING, f"{account_id}/{at:%Y-%m-%d}", account_id, at)
    title = "Escalations will reach nobody: look at Readiness"
    return event.model_copy(update={"title": title, "data": {"lines": [list(line) for line in lines]}})


def warning_lines(found: Iterable[LadderForecast], time_zone: str) -> list[Line]:
    """Return what is wrong, a ladder and a span of time each, in words; the first of them, and how many more."""
    zone = zone_named(time_zone)
    lines = [line for each in found for line in _lines_of(each, zone)]
    left_out = len(lines) - MOST_LINES
    return [*lines[:MOST_LINES], ("Besides", f"{left_out} more, on the page")] if left_out > 0 else lines


def _lines_of(found: LadderForecast, zone: ZoneInfo) -> Iterable[Line]:
    who = ", ".join((found.ladder.priority.value.capitalize(), *found.ladder.clients[:3]))
    for levels, group in groupby(found.spans, key=_wrong_levels):
        if levels:
            yield from ((who, f"{_span(span, zone)}: {_steps(levels)} nobody") for span in _joined(list(group)))


def _wrong_levels(span: ReachSpan) -> tuple[int, ...]:
    return tuple(step.level for step in span.steps if step.is_wrong)


def _joined(spans: list[ReachSpan]) -> Iterable[ReachSpan]:
    """Join spans that touch."""
    joined = [spans[0]]
    for span in spans[1:]:
        if joined[-1].ends_at >= span.begins_at:
            joined[-1] = joined[-1].model_copy(update={"ends_at": span.ends_at})
        else:
            joined.append(span)
    return joined


def _span(span: ReachSpan, zone: ZoneInfo) -> str:
    begins, ends = span.begins_at.astimezone(zone), span.ends_at.astimezone(zone)
    return (
        f"{begins:%a %H:%M} to {ends:%H:%M}"
        if begins.date() == ends.date()
        else f"{begins:%a %H:%M} to {ends:%a %H:%M}"
    )


def _steps(levels: tuple[int, ...]) -> str:
    if len(levels) == 1:
        return f"step {levels[0] + 1} reaches"
    return f"steps {', '.join(str(level + 1) for level in levels[:-1])} and {levels[-1] + 1} reach"


def _event(kind: EventType, name: str, account_id: str, at: Instant) -> Event:
    return Event(
        id=str(uuid5(EVENT_NAMESPACE, f"{kind.value}/{name}")),
        type=kind,
        occurred_at=at,
        account_id=account_id,
        session_id=None,
        handoff_id=None,
        version=1,
        actor=None,
        title=None,
        data={},
    )
