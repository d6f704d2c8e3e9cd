"""The people of an account as the clock sees them: who is present, on call, skilled, and whom a step tells."""

from collections.abc import Iterable
from datetime import datetime
from functools import cached_property

from pydantic import Field

from chalicelib.domain.availability import Availability, Presence
from chalicelib.domain.clock.ladder import ADMINS, ON_CALL, SENDER, SENIORS, SKILLED, person_in
from chalicelib.domain.frozen_model import FrozenModel
from chalicelib.domain.people import Role
from chalicelib.domain.titles import comparable_domain


class Colleague(FrozenModel):
    """A person of the account's directory."""

    id: str
    role: Role
    skills: tuple[str, ...] = ()
    availability: Availability = Field(default_factory=Availability)


class TargetContext(FrozenModel):
    """The facts of a case that decide which people the targets of a step are."""

    sender_id: str
    domain: str | None


class Staff(FrozenModel):
    """All people of an account, and the ids of those whom any of its rotas names for now."""

    people: tuple[Colleague, ...]
    on_call: tuple[str, ...] = ()

    def is_away(self, person_id: str, at: datetime) -> bool:
        """Whether the person is away at `at`, or not in the directory at all."""
        person = self._by_id.get(person_id)
        return person is None or person.availability.is_away_at(at)

    def present_of(self, targets: Iterable[str], context: TargetContext, at: datetime) -> tuple[str, ...]:
        """Return the ids of those in `targets` who are not away at `at`, each once, in the order of the targets."""
        away = {person.id for person in self._marked_away if person.availability.is_away_at(at)}
        return tuple(each for each in self.all_of(targets, context) if each not in away)

    def all_of(self, targets: Iterable[str], context: TargetContext) -> tuple[str, ...]:
        """Return the ids of those in `targets`, away or not, each once, in the order of the targets.

        The sender, who may not claim their own escalation, counts only for the target `sender`.
        """
        found: dict[str, None] = {}
        for target in targets:
            if target == SENDER:
                found[context.sender_id] = None
            else:
                found.update((each, None) for each in self._members(target, context) if each != context.sender_id)
        return tuple(each for each in found if each in self._by_id)

    def _members(self, target: str, context: TargetContext) -> tuple[str, ...]:
        if person := person_in(target):
            return (person,)
        if target == SKILLED:
            return self._skilled.get(comparable_domain(context.domain), ())
        return {ON_CALL: self.on_call, SENIORS: self._seniors, ADMINS: self._admins}[target]

    @cached_property
    def _by_id(self) -> dict[str, Colleague]:
        return {person.id: person for person in self.people}

    @cached_property
    def _marked_away(self) -> tuple[Colleague, ...]:
        return tuple(person for person in self.people if person.availability.presence is Presence.AWAY)

    @cached_property
    def _seniors(self) -> tuple[str, ...]:
        return tuple(person.id for person in self.people if person.role is Role.SENIOR)

    @cached_property
    def _admins(self) -> tuple[str, ...]:
        return tuple(person.id for person in self.people if person.role is Role.ADMIN)

    @cached_property
    def _skilled(self) -> dict[str, tuple[str, ...]]:
        """The seniors with each skill; an admin is told as an admin."""
        skilled: dict[str, tuple[str, ...]] = {}
        for person in self.people:
            for skill in {comparable_domain(skill) for skill in person.skills} if person.role is Role.SENIOR else ():
                skilled[skill] = (*skilled.get(skill, ()), person.id)
        return skilled
