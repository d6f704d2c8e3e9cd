"""Show who is on call, now and over a span."""

from datetime import UTC, datetime, timedelta

from chalicelib.domain.clock.list_items import Duty, NamedShift
from chalicelib.domain.clock.rota import on_call, shifts
from chalicelib.domain.clock.zones import zone_named
from chalicelib.domain.people import Caller, Person
from chalicelib.store import departures, engineers, rotas

FOUR_WEEKS = timedelta(weeks=4)
LAST_BEGIN = datetime.max.replace(tzinfo=UTC) - FOUR_WEEKS


def list_duties(at: datetime, *, by: Caller) -> list[Duty]:
    """Return for each rota of the caller's account who is on call at `at`, and until when.

    A shift of somebody who is not in the directory has nobody on call, as for the clock.
    """
    names = {one.id: one.name for one in engineers.read_all(by.account_id)}
    duties = []
    for saved in rotas.list_all(by.account_id):
        person_id, until = on_call(saved.rota, at)
        person = _person(names, person_id) if person_id in names else None
        local = until.astimezone(zone_named(saved.rota.time_zone)) if until else None
        duties.append(Duty(rota_id=saved.id, rota_name=saved.name, person=person, until=until, local_until=local))
    return duties


def list_shifts(rota_id: str, begin: datetime, end: datetime | None, *, by: Caller) -> list[NamedShift]:
    """Return the shifts that have a part in [begin, end), in order; four weeks of them where no end is given.

    Raises NotFound, and InvalidRequest for a span that does not end after it begins or is longer than 400 days.
    """
    saved = rotas.load(by.account_id, rota_id)
    end = end or min(begin, LAST_BEGIN) + FOUR_WEEKS
    names, zone = departures.read_names(by.account_id), zone_named(saved.rota.time_zone)
    found = shifts(saved.rota, begin, end)
    return [
        NamedShift(each, _person(names, each.person), each.begins_at.astimezone(zone), each.ends_at.astimezone(zone))
        for each in found
    ]


def _person(names: dict[str, str], person_id: str) -> Person:
    """Return the person; one who never was in the directory has the id as name."""
    return Person(id=person_id, name=names.get(person_id, person_id))
