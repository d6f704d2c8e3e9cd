"""Preview whom a policy would notify, and when."""

from datetime import UTC, datetime

from chalicelib.domain.clock.client_rules import ClientFacts
from chalicelib.domain.clock.cover import StepPreview, preview
from chalicelib.domain.clock.list_items import PreviewedStep
from chalicelib.domain.clock.policy import Policy
from chalicelib.domain.clock.staff import TargetContext
from chalicelib.domain.clock.staff_at import staff_of
from chalicelib.domain.clock.working_time import YEARS
from chalicelib.domain.clock.zones import to_utc, zone_named
from chalicelib.domain.errors import InvalidRequest
from chalicelib.domain.handoff import Priority
from chalicelib.domain.people import Caller, Person
from chalicelib.store import engineers, rotas


def preview_policy(
    policy: Policy, priority: Priority, start: datetime, client: ClientFacts | None, domain: str | None, *, by: Caller
) -> list[PreviewedStep]:
    """Return the steps of a handoff that is made at `start` and that nobody takes, by the function that the clock uses.

    A `start` without an offset is a local time of the policy's zone. Raises InvalidRequest for one outside the years
    1970 to 2999.
    """
    zone = zone_named(policy.time_zone)
    instant = _instant_of(policy, start)
    people, saved = engineers.read_all(by.account_id), rotas.list_all(by.account_id)
    persons = {one.id: Person(id=one.id, name=one.name) for one in people}
    context = TargetContext(sender_id="", domain=domain)

    def people_of(step: StepPreview) -> tuple[Person, ...]:
        staff = staff_of(people, saved, step.at or instant)
        return tuple(persons[each] for each in staff.all_of(step.tell, context))

    steps = preview(policy.for_client(client.key if client else None, priority), instant)
    return [PreviewedStep(step, step.at.astimezone(zone) if step.at else None, people_of(step)) for step in steps]


def _instant_of(policy: Policy, start: datetime) -> datetime:
    try:
        instant = start.astimezone(UTC) if start.tzinfo else to_utc(start, zone_named(policy.time_zone))
    except OverflowError:
        instant = datetime.max.replace(tzinfo=UTC)
    if instant.year not in YEARS:
        raise InvalidRequest("/start", f"The start lies outside the years {YEARS[0]} to {YEARS[-1]}.")
    return instant
