"""National holidays, as they are asked for and answered."""

from typing import Annotated

from pydantic import Field

from chalicelib.contracts.shape import OneLine, StrictModel
from chalicelib.domain.clock.national_holidays import NationalHolidays
from chalicelib.domain.clock.weekly_hours import LocalDate

Code = Annotated[str, Field(min_length=1, max_length=40)]


class HolidaysQuery(StrictModel):
    """The country whose holidays to list, a part of it, categories besides the public ones, and how many years."""

    country: Code | None = None
    part: Code | None = None
    also: Annotated[
        str | None, Field(max_length=200, pattern=r"^[a-z_]+(,[a-z_]+)*$", description="Categories, parted by commas.")
    ] = None
    years: Annotated[int, Field(ge=1, le=5)] = 3

    @property
    def categories(self) -> tuple[str, ...]:
        """The categories besides the public holidays."""
        return tuple(dict.fromkeys(self.also.split(","))) if self.also else ()


class CountryPartView(StrictModel):
    """A part of a country with holidays of its own."""

    code: str
    name: OneLine


class NationalHolidayView(StrictModel):
    """A national holiday."""

    date: LocalDate
    name: OneLine


class NationalHolidaysView(StrictModel):
    """The countries there are, by two letters; of the one asked for its parts, categories by choice and holidays."""

    countries: list[str]
    parts: list[CountryPartView]
    also: list[str]
    items: list[NationalHolidayView]

    @classmethod
    def of(cls, found: NationalHolidays) -> "NationalHolidaysView":
        """Show what was found."""
        return cls.model_validate(found.model_dump())
