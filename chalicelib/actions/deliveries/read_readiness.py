"""Forecast who in an account would be reached over the next days, and how."""

from datetime import datetime
from typing import NamedTuple

from chalicelib.actions.deliveries.sent_kinds import sent_kinds
from chalicelib.domain.people import Caller, Person
from chalicelib.domain.readiness.absentees import Absentee, absentees
from chalicelib.domain.readiness.contacts import LOOK_AHEAD, Reachable
from chalicelib.domain.readiness.forecast import AccountReach, LadderForecast, forecast
from chalicelib.domain.readiness.ladders import count_ladders
from chalicelib.store import addressees, departures, devices, policies, rotas


class Readiness(NamedTuple):
    """What comes of each ladder from `begins_at` to `ends_at`, the absentees, and all these people by their ids."""

    time_zone: str
    begins_at: datetime
    ends_at: datetime
    ladders: tuple[LadderForecast, ...]
    ladders_left_out: int
    absentees: tuple[Absentee, ...]
    people: dict[str, Person]


def read_readiness(*, by: Caller, at: datetime) -> Readiness:
    """Return who would be reached how in the next seven days: the reads of `read_account_reach`, however many days.

    One more query of the directory where there are absentees.
    """
    account, ends_at = read_account_reach(by.account_id), at + LOOK_AHEAD
    found = forecast(account, at, ends_at)
    people = {each.id: each.person.engineer.person for each in account.contacts}
    absent = absentees(account.policy, account.rotas, people, at)
    return Readiness(
        time_zone=account.policy.time_zone,
        begins_at=at,
        ends_at=ends_at,
        ladders=found,
        ladders_left_out=count_ladders(account.policy) - len(found),
        absentees=absent,
        people=people | _absent_people(by.account_id, absent),
    )


def _absent_people(account_id: str, found: tuple[Absentee, ...]) -> dict[str, Person]:
    """Return the people by id, with their last names in the directory; without one, the id is the name."""
    gone = departures.read_all(account_id) if found else {}
    names = {each.id: gone[each.id].name if each.id in gone else each.id for each in found}
    return {each: Person(id=each, name=name) for each, name in names.items()}


def read_account_reach(account_id: str) -> AccountReach:
    """Return what decides who is reached: the policy, two queries, and a batch read for each 100 people."""
    people = addressees.read_all(account_id)
    known = devices.load_many(account_id, [each.engineer.id for each in people])
    contacts = (
        Reachable(person=each, devices=known[each.engineer.id]) if each.engineer.id in known else Reachable(person=each)
        for each in people
    )
    return AccountReach(
        policy=policies.find(account_id),
        contacts=tuple(contacts),
        rotas=tuple(rotas.list_all(account_id)),
        kinds=tuple(sent_kinds()),
    )
