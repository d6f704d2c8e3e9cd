"""National holidays of years to come, to be chosen for a policy, which keeps them as dates."""

from datetime import date

from chalicelib.domain.frozen_model import FrozenModel


class CountryPart(FrozenModel):
    """A part of a country with holidays of its own, such as BY, Bayern; some parts have no name but their code."""

    code: str
    name: str


class NationalHoliday(FrozenModel):
    """A holiday and what it is called, in English where that is known."""

    date: date
    name: str


class NationalHolidays(FrozenModel):
    """What may be chosen, and the holidays of what was. `also` are categories that count only by choice."""

    countries: tuple[str, ...]
    parts: tuple[CountryPart, ...] = ()
    also: tuple[str, ...] = ()
    items: tuple[NationalHoliday, ...] = ()
