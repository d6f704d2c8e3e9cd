"""What an account's policy says about some of its clients only."""

from functools import cached_property
from typing import Annotated, Self

from pydantic import Field, model_validator

from chalicelib.domain.clock.client_key import ClientKey
from chalicelib.domain.clock.ladder import Ladder
from chalicelib.domain.clock.weekly_hours import WEEKDAYS, WeeklyHours
from chalicelib.domain.clock.working_time import Holidays
from chalicelib.domain.frozen_model import FrozenModel

Name = Annotated[str, Field(min_length=1, max_length=200)]
Switch = Annotated[str, Field(pattern="^(on|off)$")]


class ClientFacts(FrozenModel):
    """What is known of the client of a case; ticket systems say it, each in its own words."""

    id: str | None = None
    name: str | None = None
    contract: str | None = None
    type: str | None = None

    @property
    def key(self) -> ClientKey:
        """What of the client is compared."""
        return ClientKey.of(id=self.id, name=self.name, contract=self.contract, type=self.type)


class ClientMatch(FrozenModel):
    """Which clients a rule is for. Everything that it names must agree, as people read it: case apart."""

    client: Name | None = None
    contract: Name | None = None
    type: Name | None = None

    @cached_property
    def key(self) -> ClientKey:
        """The match as it is compared."""
        return ClientKey.of(name=self.client, contract=self.contract, type=self.type)

    def is_met_by(self, client: ClientKey) -> bool:
        """Whether the rule is for `client`; what the rule calls `client` may be its id or its name."""
        named = self.key
        return (
            (named.name is None or named.name in (client.id, client.name))
            and named.contract in (None, client.contract)
            and named.type in (None, client.type)
        )

    @model_validator(mode="after")
    def _require_something(self) -> Self:
        if self.key.packed is None:
            raise ValueError("a match names a client, a contract or a type; this one would match no client")
        return self


class ClientRules(FrozenModel):
    """Rules for the clients that `match` names. What is None is as the account has it."""

    match: ClientMatch
    working_hours: WeeklyHours | None = None
    holidays: Holidays | None = None
    around_the_clock: Annotated[bool, Field(strict=True)] | None = None
    ladder: Ladder | None = None
    senior: Annotated[str, Field(pattern=r"^\S{1,128}$")] | None = None
    ai: Switch | None = None

    def cover_sentence(self, client: str, senior: str | None) -> str:
        """Say in one line what is special about the cover of `client`, such as `Acorn: nights covered, Sam first`.

        `senior` is the name of the person with the id in `senior`, None when they are no longer known.
        """
        phrases = [
            self._hours_phrase(),
            "own holidays" if self.holidays is not None else None,
            "own escalation steps" if self.ladder is not None else None,
            f"{_one_line(senior)} first" if self.senior and senior else None,
            {"on": "AI on", "off": "AI off"}.get(self.ai or ""),
        ]
        return f"{_one_line(client)}: " + (", ".join(phrase for phrase in phrases if phrase) or "as the account")

    def _hours_phrase(self) -> str | None:
        if self.around_the_clock:
            return "nights covered"
        if self.working_hours is not None:
            return hours_phrase(self.working_hours)
        return "working hours only" if self.around_the_clock is False else None


def hours_phrase(hours: WeeklyHours) -> str:
    """Say opening hours in one line, days that are alike together: `Mon-Fri 08:00-18:00, Sat 09:00-12:00`."""
    runs: list[tuple[str, str, str]] = []
    last_day = ""
    for day in WEEKDAYS:
        text = " and ".join("-".join(interval) for interval in getattr(hours, day))
        if text and runs and runs[-1][1] == last_day and runs[-1][2] == text:
            runs[-1] = (runs[-1][0], day, text)
        elif text:
            runs.append((day, day, text))
        last_day = day
    parts = [
        f"{first.title() if first == last else f'{first.title()}-{last.title()}'} {text}" for first, last, text in runs
    ]
    return ", ".join(parts) or "never open"


def _one_line(text: str) -> str:
    """Fold white space and drop invisible and direction-changing characters, since names come from ticket systems."""
    return " ".join("".join(char for char in text if char.isprintable() or char.isspace()).split())[:200]
