"""What lists about the clock hold: steps of a preview, shifts, and who is on call, with names and local times."""

from datetime import datetime
from typing import NamedTuple

from chalicelib.domain.clock.cover import StepPreview
from chalicelib.domain.clock.rota import Shift
from chalicelib.domain.people import Person


class PreviewedStep(NamedTuple):
    """A step, its time on the clocks of the policy's zone, and who would be told by what is known today."""

    step: StepPreview
    local_at: datetime | None
    people: tuple[Person, ...]


class NamedShift(NamedTuple):
    """A shift with its person, and when it begins and ends on the clocks of the rota's zone."""

    shift: Shift
    person: Person
    local_begins_at: datetime
    local_ends_at: datetime


class Duty(NamedTuple):
    """Who is on call in a rota, and until when, also on the clocks of its zone; with nobody, when somebody will be."""

    rota_id: str
    rota_name: str
    person: Person | None
    until: datetime | None
    local_until: datetime | None
