"""The people of an account as the clock sees them at an instant."""

from collections.abc import Iterable
from datetime import datetime

from chalicelib.domain.clock.rota import on_call
from chalicelib.domain.clock.saved import SavedRota
from chalicelib.domain.clock.staff import Colleague, Staff
from chalicelib.domain.people import Engineer


def staff_of(people: Iterable[Engineer], saved: Iterable[SavedRota], at: datetime) -> Staff:
    """Return `people` as the clock sees them, with those whom the rotas name for `at`."""
    return Staff(people=colleagues(people), on_call=people_on_call(saved, at))


def colleagues(people: Iterable[Engineer]) -> tuple[Colleague, ...]:
    """Return what the clock knows of `people`."""
    return tuple(
        Colleague(id=one.id, role=one.role, skills=one.skills, availability=one.availability) for one in people
    )


def people_on_call(saved: Iterable[SavedRota], at: datetime) -> tuple[str, ...]:
    """Return the ids of those whom any rota names for `at`, each once."""
    named = (on_call(each.rota, at)[0] for each in saved)
    return tuple(dict.fromkeys(person for person in named if person))
