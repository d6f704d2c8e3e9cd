"""List people whom a policy or a rota names and who are not in the directory: nobody is told in their place."""

from collections.abc import Collection, Iterable, Iterator
from datetime import datetime
from enum import StrEnum
from itertools import islice

from chalicelib.domain.clock.ladder import LadderStep, person_in
from chalicelib.domain.clock.policy import Policy, PrioritiesRules
from chalicelib.domain.clock.saved import SavedRota
from chalicelib.domain.frozen_model import FrozenModel
from chalicelib.domain.readiness.ladders import called

MOST_ABSENTEES, MOST_PLACES = 50, 10
"""How many people are listed, and how many places of each; the next appear once some of these are replaced."""


class PlaceKind(StrEnum):
    """Where somebody is named."""

    LADDER = "ladder"
    """A step of the account's ladder of a priority."""
    CLIENT = "client"
    """The ladder of a client, or the senior of its rules."""
    ROTA = "rota"
    """A rota, in its order or by an override that is not over."""


class NamedPlace(FrozenModel):
    """A place where somebody is named: the priority, the client as the policy names it, or the rota's name."""

    kind: PlaceKind
    name: str


class Absentee(FrozenModel):
    """The id of somebody who is not in the directory, and where they are named."""

    id: str
    places: tuple[NamedPlace, ...]


def absentees(policy: Policy, rotas: Iterable[SavedRota], known: Collection[str], at: datetime) -> tuple[Absentee, ...]:
    """Return the people who are named at `at` and not in `known`, those of the policy first."""
    found: dict[str, dict[NamedPlace, None]] = {}
    for person, place in (*_in_policy(policy), *_in_rotas(rotas, at)):
        if person not in known:
            found.setdefault(person, {})[place] = None
    listed = islice(found.items(), MOST_ABSENTEES)
    return tuple(Absentee(id=person, places=tuple(places)[:MOST_PLACES]) for person, places in listed)


def _in_policy(policy: Policy) -> Iterator[tuple[str, NamedPlace]]:
    for name in PrioritiesRules.model_fields:
        place = NamedPlace(kind=PlaceKind.LADDER, name=name)
        yield from ((each, place) for each in _named(getattr(policy.priorities, name).ladder))
    for rules in policy.clients:
        place = NamedPlace(kind=PlaceKind.CLIENT, name=called(rules.match))
        yield from ((each, place) for each in _named(rules.ladder or ()))
        if rules.senior:
            yield rules.senior, place


def _in_rotas(rotas: Iterable[SavedRota], at: datetime) -> Iterator[tuple[str, NamedPlace]]:
    for saved in rotas:
        place = NamedPlace(kind=PlaceKind.ROTA, name=saved.name)
        yield from ((each, place) for each in saved.rota.people)
        yield from ((each.person, place) for each in saved.rota.overrides if each.ends_at > at)


def _named(ladder: Iterable[LadderStep]) -> Iterator[str]:
    yield from (person for step in ladder for target in step.tell if (person := person_in(target)))
