"""National holidays by country and part, from the package `holidays`, whose releases change what they say.

So nothing here is asked when something is planned: what was found becomes dates of a policy. The package is 10 MB
unpacked, 3 MB in the archive, and takes 0.2 s to import: it is imported where it is asked.
"""

from collections.abc import Collection, Mapping
from datetime import date
from functools import partial

from chalicelib.domain.clock.national_holidays import CountryPart, NationalHoliday, NationalHolidays
from chalicelib.domain.display_text import one_line
from chalicelib.domain.errors import InvalidRequest

ALWAYS = "public"
ENGLISH = "en_US"
SUNDAY = 7


def list_countries() -> tuple[str, ...]:
    """Return the countries that are known, by their two letters (ISO 3166-1)."""
    from holidays.registry import COUNTRIES  # lazy: cold start (ADR 0015)

    return tuple(sorted({names[1] for names in COUNTRIES.values()}))


def find_holidays(country: str, part: str | None, also: Collection[str], years: range) -> NationalHolidays:
    """Return the public holidays of `country` in `years`, with those of `part`, and those of the categories `also`.

    Without a part those of the whole country alone are found, which in some countries lacks what most people have.
    Raises InvalidRequest naming the country, part or category that is not known.
    """
    countries = list_countries()
    if country not in countries:
        raise InvalidRequest("/country", f"No holidays are known of a country {country[:20]}.")
    from holidays import country_holidays  # lazy: cold start (ADR 0015)

    known = country_holidays(country, years=[])
    if part is not None and part not in known.subdivisions:
        raise InvalidRequest("/part", f"{country} has no part {part[:20]}. There are {_listed(known.subdivisions)}.")
    choices = tuple(category for category in known.supported_categories if category != ALWAYS)
    if unknown := [category for category in also if category not in choices]:
        raise InvalidRequest("/also", f"{country} has no category {unknown[0][:40]}. There are {_listed(choices)}.")
    # Without a language it answers in that of the process's environment.
    language = ENGLISH if ENGLISH in known.supported_languages else known.default_language
    asked = partial(country_holidays, country, subdiv=part, years=years, language=language, categories=(ALWAYS, *also))
    found = _with_sundays(asked(), asked(observed=False))
    names = {code: name for name, code in getattr(known, "subdivisions_aliases", {}).items()}
    return NationalHolidays(
        countries=countries,
        parts=tuple(CountryPart(code=code, name=names.get(code, code)) for code in known.subdivisions),
        also=choices,
        items=tuple(NationalHoliday(date=day, name=one_line(name)) for day, name in sorted(found.items())),
    )


def _with_sundays(observed: Mapping[date, str], fixed: Mapping[date, str]) -> dict[date, str]:
    """Add the holidays that a country drops when they fall on a Sunday, as Spain does: many support desks work then."""
    dropped = {
        day: name
        for day, name in fixed.items()
        if day.isoweekday() == SUNDAY
        and not any(name in other for at, other in observed.items() if at.year == day.year)
    }
    return dropped | dict(observed)


def _listed(choices: Collection[str]) -> str:
    return ", ".join(choices) or "none"
