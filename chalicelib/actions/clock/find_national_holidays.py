"""Find the holidays of a country, for an admin to take over into the policy."""

from datetime import datetime

from chalicelib.adapters.national_holidays import find_holidays, list_countries
from chalicelib.contracts.holidays import HolidaysQuery
from chalicelib.domain.clock.national_holidays import NationalHolidays


def find_national_holidays(asked: HolidaysQuery, *, at: datetime) -> NationalHolidays:
    """Return what may be chosen, and the holidays from this year on of the country that was, if any.

    Raises InvalidRequest naming the country, part or category that is not known.
    """
    if asked.country is None:
        return NationalHolidays(countries=list_countries())
    return find_holidays(asked.country, asked.part, asked.categories, range(at.year, at.year + asked.years))
