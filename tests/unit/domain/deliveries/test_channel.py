from datetime import timedelta

import pytest
from pydantic import ValidationError

from chalicelib.domain.deliveries.channel import ChannelFilter, ChannelHealth, is_channel_id
from chalicelib.domain.deliveries.plan import recipients_of
from chalicelib.domain.events import EventType
from chalicelib.domain.handoff import Priority
from chalicelib.domain.titles import domain_start
from tests.support.builders import a_handoff, an_event, minute
from tests.support.channels import a_channel

HANDOFF = a_handoff(priority=Priority.HIGH, problem_domain="E-Mail")


@pytest.mark.parametrize(
    ("chosen", "gets_it"),
    [
        (ChannelFilter(), True),
        (ChannelFilter(types=(EventType.CREATED, EventType.CLAIMED)), True),
        (ChannelFilter(types=(EventType.CLAIMED,)), False),
        (ChannelFilter(least_priority=Priority.HIGH), True),
        (ChannelFilter(least_priority=Priority.URGENT), False),
        (ChannelFilter(domains=("network", "e-mail")), True),
        (ChannelFilter(domains=("network",)), False),
    ],
)
def test_filter_lets_through_what_it_names(chosen: ChannelFilter, *, gets_it: bool) -> None:
    assert chosen.lets_through(an_event(EventType.CREATED), HANDOFF) is gets_it


def test_filter_knows_a_domain_that_is_too_long_for_a_row() -> None:
    domain = "Remote desktops of the branch offices and of people who work at home"
    handoff = a_handoff(problem_domain=domain_start(domain))

    assert handoff.problem_domain != domain
    assert ChannelFilter(domains=(domain,)).lets_through(an_event(), handoff)


def test_filter_by_domain_lets_nothing_through_that_has_none() -> None:
    without = a_handoff(problem_domain=None, snapshot=HANDOFF.snapshot.model_copy(update={"problem_domain": None}))

    assert not ChannelFilter(domains=("network",)).lets_through(an_event(), without)
    assert not ChannelFilter(domains=("network",)).lets_through(an_event(), None)


def test_recipients_are_the_channels_that_are_on() -> None:
    switched_off = ChannelHealth(switched_off_at=minute(1))
    channels = [a_channel(), a_channel(id="off", is_on=False), a_channel(id="dead", health=switched_off)]

    assert [recipient.id for recipient in recipients_of(an_event(), HANDOFF, channels)] == ["ops"]


def test_channel_is_switched_off_after_five_days_of_failures_and_not_before() -> None:
    health = ChannelHealth(failing_since=minute(0))

    assert not health.is_to_be_switched_off(minute(0) + timedelta(days=5, seconds=-1))
    assert health.is_to_be_switched_off(minute(0) + timedelta(days=5))
    assert not ChannelHealth().is_to_be_switched_off(minute(0))


@pytest.mark.parametrize("text", ["ops", "Ops-1_b", "a" * 64])
def test_id_of_a_channel_is_accepted(text: str) -> None:
    assert is_channel_id(text)


@pytest.mark.parametrize("text", ["", "-a", "a#b", "a/b", "a" * 65, "é", "a\n"])
def test_id_that_would_break_a_key_is_refused(text: str) -> None:
    assert not is_channel_id(text)


@pytest.mark.parametrize("text", [" ", "\n\t", "\u200b\u202e"])
def test_filter_refuses_a_domain_that_nobody_could_read(text: str) -> None:
    with pytest.raises(ValidationError, match="readable"):
        ChannelFilter(domains=("network", text))
