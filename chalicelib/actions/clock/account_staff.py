"""The people of an account as the clock sees them."""

from datetime import datetime

from chalicelib.domain.clock.rota import on_call
from chalicelib.domain.clock.saved import SavedRota
from chalicelib.domain.clock.staff import Colleague, Staff
from chalicelib.domain.people import Engineer
from chalicelib.store import engineers, rotas


def read_staff(account_id: str, at: datetime) -> Staff:
    """Return the account's people, and who is on call at `at`: one query of the directory, one of the rotas."""
    return staff_of(engineers.read_all(account_id), rotas.list_all(account_id), at)


def staff_of(people: list[Engineer], saved: list[SavedRota], at: datetime) -> Staff:
    """Return `people` as the clock sees them, with those whom the rotas name for `at`."""
    named = (on_call(each.rota, at)[0] for each in saved)
    return Staff(
        people=tuple(
            Colleague(id=one.id, role=one.role, skills=one.skills, availability=one.availability) for one in people
        ),
        on_call=tuple(dict.fromkeys(person for person in named if person)),
    )
