"""The ladders of a policy: one for each priority, and more where clients have others."""

from collections.abc import Iterator

from chalicelib.domain.clock.client_rules import ClientMatch
from chalicelib.domain.clock.cover import Cover
from chalicelib.domain.clock.policy import Policy
from chalicelib.domain.frozen_model import FrozenModel
from chalicelib.domain.handoff import Priority

MOST_LADDERS = 200
"""How many ladders are looked at; a policy may name 500 clients, each with four of its own."""


class LadderOf(FrozenModel):
    """A ladder, its priority, and the `clients` of the policy that it is for; none: all without one of their own."""

    priority: Priority
    clients: tuple[str, ...]
    cover: Cover


def ladders_of(policy: Policy) -> tuple[LadderOf, ...]:
    """Return the ladders of `policy`, most urgent first, for each priority the account's before those of clients."""
    return tuple(_all_of(policy))[:MOST_LADDERS]


def count_ladders(policy: Policy) -> int:
    """Return how many ladders `policy` has."""
    return sum(1 for _ in _all_of(policy))


def _all_of(policy: Policy) -> Iterator[LadderOf]:
    for priority in sorted(Priority, key=lambda each: each.rank):
        covers: dict[Cover, list[str]] = {policy.cover_by(None, priority): []}
        accounts = next(iter(covers))
        for rules in policy.clients:
            cover = policy.cover_by(rules, priority)
            if cover != accounts:
                covers.setdefault(cover, []).append(called(rules.match))
        yield from (LadderOf(priority=priority, clients=tuple(who), cover=cover) for cover, who in covers.items())


def called(match: ClientMatch) -> str:
    """Return what the rules of a client are called."""
    return ", ".join(each for each in (match.client, match.contract, match.type) if each)
