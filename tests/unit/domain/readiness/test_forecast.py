"""Who would be reached how: accounts made by hand."""

from datetime import UTC, date, datetime, timedelta
from typing import Any

from chalicelib.domain.availability import Availability, Presence
from chalicelib.domain.clock.policy import Policy
from chalicelib.domain.clock.rota import Handover, Rota
from chalicelib.domain.deliveries.ledger import DeliveryKind
from chalicelib.domain.deliveries.mail_feedback import EmailTrouble, FeedbackKind
from chalicelib.domain.deliveries.reach_marks import COUNTS_FOR, email_place, phone_place
from chalicelib.domain.people import Role
from chalicelib.domain.readiness.contacts import LOOK_AHEAD, Missing, Reachable
from chalicelib.domain.readiness.forecast import AccountReach, LadderForecast, forecast
from chalicelib.domain.readiness.ladders import MOST_LADDERS, count_ladders
from tests.unit.domain.readiness.outlooks import KINDS, MONDAY, NUMBER, contact, saved

END = MONDAY + LOOK_AHEAD
WEEK_NIGHTS = Rota(
    time_zone="Europe/Brussels",
    people=("sam", "ada"),
    handover=Handover(weekday="wed", time="18:00"),
    starts_on=date(2026, 11, 25),
)
SAM, ADA, EVE = contact("sam"), contact("ada"), contact("eve", Role.ADMIN)


def look(*people: Reachable, policy: dict[str, Any] | None = None, priority: str = "urgent") -> LadderForecast:
    """The account's forecast for a priority, with a rota of Sam and Ada."""
    found = look_at_all(*people, policy=policy)
    return next(each for each in found if each.ladder.priority == priority and not each.ladder.clients)


def look_at_all(*people: Reachable, policy: dict[str, Any] | None = None) -> tuple[LadderForecast, ...]:
    rules = Policy.model_validate(policy or {})
    account = AccountReach(policy=rules, contacts=people, rotas=(saved(WEEK_NIGHTS),), kinds=KINDS)
    return forecast(account, MONDAY, END)


def reached(found: LadderForecast) -> list[tuple[str, str, list[list[str]]]]:
    """Each span, and whom each of its steps reaches."""
    return [
        (
            f"{span.begins_at:%a %H:%M}",
            f"{span.ends_at:%a %H:%M}",
            [[each.id for each in step.reached] for step in span.steps],
        )
        for span in found.spans
    ]


def test_span_ends_where_the_person_on_call_changes() -> None:
    found = look(SAM, ADA, EVE)

    assert reached(found) == [
        ("Mon 09:00", "Wed 17:00", [["sam"], ["sam", "ada"], ["eve"]]),
        ("Wed 17:00", "Mon 09:00", [["ada"], ["sam", "ada"], ["eve"]]),
    ]


def test_ladder_in_working_hours_has_spans_of_working_hours() -> None:
    found = look(SAM, ADA, EVE, priority="high")

    assert [each[:2] for each in reached(found)] == [
        ("Mon 09:00", "Mon 17:00"),
        ("Tue 07:00", "Tue 17:00"),
        ("Wed 07:00", "Wed 17:00"),
        ("Wed 17:00", "Wed 17:01"),
        ("Thu 07:00", "Thu 17:00"),
        ("Fri 07:00", "Fri 17:00"),
        ("Mon 07:00", "Mon 09:00"),
    ]
    assert [step.id for step in found.spans[3].steps[0].reached] == ["ada"], "told in the minute after closing"


def test_mark_stops_to_count_after_30_days() -> None:
    lapses = MONDAY + timedelta(hours=2)
    sam = contact("sam", reached={email_place("sam@acme.example"): lapses - COUNTS_FOR})

    found = look(sam, EVE)

    first, second = found.spans[:2]
    assert (first.ends_at, second.steps[0].missed[0].why) == (lapses, Missing.UNPROVEN)
    assert (first.steps[0].is_wrong, second.steps[0].is_wrong) == (False, True)


def test_new_address_is_not_proven_by_the_old_one() -> None:
    sam = contact("sam", email="sam@new.example", reached={email_place("sam@acme.example"): MONDAY})

    found = look(sam, EVE)

    assert found.spans[0].steps[0].missed[0].why is Missing.UNPROVEN


def test_device_that_was_removed_reaches_nobody() -> None:
    only_push = {"ladder": {"email": None, "push": "low"}, "escalations": {"email": None, "push": "low"}}
    sam = contact("sam", reached={"phone": MONDAY}, rules=only_push)

    found = look(sam, EVE)

    assert found.spans[0].steps[0].missed[0].why is Missing.NO_DEVICE


ONLY_SMS = {sort: {"email": None, "sms": "low"} for sort in ("ladder", "escalations")}


def test_number_that_was_confirmed_reaches_its_person_and_another_does_not() -> None:
    confirmed = contact("sam", number=NUMBER, reached={phone_place(NUMBER): MONDAY}, rules=ONLY_SMS)
    changed = contact("sam", number="+12025550124", reached={phone_place(NUMBER): MONDAY}, rules=ONLY_SMS)

    assert look(confirmed, EVE).spans[0].steps[0].reached[0].by == (DeliveryKind.SMS,)
    assert look(changed, EVE).spans[0].steps[0].missed[0].why is Missing.UNPROVEN


def test_who_chose_sms_and_has_no_number_is_missed() -> None:
    found = look(contact("sam", reached={}, rules=ONLY_SMS), EVE)

    assert found.spans[0].steps[0].missed[0].why is Missing.NO_PHONE


def test_device_that_showed_a_message_reaches_its_person() -> None:
    sam = contact("sam", devices=("phone", "laptop"), reached={"laptop": MONDAY})

    found = look(sam, EVE)

    assert found.spans[0].steps[0].reached[0].by == (DeliveryKind.PUSH,)


def test_address_that_mail_came_back_from_reaches_nobody() -> None:
    trouble = EmailTrouble(address="sam@acme.example", why=FeedbackKind.BOUNCED, at=MONDAY)
    sam = SAM.model_copy(update={"person": SAM.person.model_copy(update={"email_trouble": trouble})})

    assert look(sam, EVE).spans[0].steps[0].is_wrong


def test_kind_that_the_stack_does_not_send_reaches_nobody() -> None:
    account = AccountReach(policy=Policy(), contacts=(SAM, EVE), rotas=(saved(WEEK_NIGHTS),), kinds=())

    found = forecast(account, MONDAY, END)[0]

    assert all(step.is_wrong for span in found.spans for step in span.steps)


def test_step_without_anybody_passes_to_the_next_one() -> None:
    away = Availability(presence=Presence.AWAY, until=MONDAY + timedelta(days=1))
    sam, ada = contact("sam", availability=away), contact("ada")

    found = look(sam, ada, EVE)

    today = found.spans[0]
    assert (today.ends_at, today.steps[0].passed_to) == (away.until, 1)
    assert [each.id for each in today.steps[0].reached] == ["ada"]
    assert found.spans[1].steps[0].passed_to is None


def test_people_away_are_told_when_nobody_else_is_left() -> None:
    away = Availability(presence=Presence.AWAY)

    found = look(contact("sam", availability=away), contact("eve", Role.ADMIN, availability=away))

    assert [(step.is_away, step.passed_to, step.is_wrong) for step in found.spans[0].steps] == [(True, None, False)] * 3


def test_account_without_anybody_is_wrong_at_each_step() -> None:
    found = look()

    assert [(span.begins_at, span.ends_at) for span in found.spans] == [(MONDAY, END)]
    assert [step.is_wrong for step in found.spans[0].steps] == [True, True, True]


def test_choice_of_all_is_no_fault_where_the_case_can_wait() -> None:
    quiet = {"time_zone": "Europe/Brussels", "begins": "00:00", "ends": "23:59"}
    everybody = [contact(name, role, quiet=quiet) for name, role in (("sam", Role.SENIOR), ("eve", Role.ADMIN))]

    by_priority = {each: look(*everybody, priority=each).spans[0].steps[1] for each in ("urgent", "high", "normal")}

    assert {name: (step.reached_count == 0, step.is_wrong) for name, step in by_priority.items()} == {
        "urgent": (False, False),
        "high": (True, True),
        "normal": (True, False),
    }


def test_first_step_of_a_ladder_that_repeats_needs_the_rule_for_ladders_too() -> None:
    sam = contact("sam", rules={"escalations": {"email": "low", "push": None}, "ladder": {"email": None, "push": None}})
    once = {"around_the_clock": True, "ladder": [{"after_min": 0, "tell": ["on_call"]}], "repeat": 0}

    at_once = look(sam, EVE, policy={"priorities": {"urgent": once}})
    again = look(sam, EVE, policy={"priorities": {"urgent": {**once, "repeat": 1}}})

    assert (at_once.spans[0].steps[0].reached_count, again.spans[0].steps[0].reached_count) == (1, 0)


def test_clients_with_a_ladder_of_their_own_have_their_own_forecast() -> None:
    clients = [
        {"match": {"client": "Acorn"}, "senior": "ada"},
        {"match": {"client": "Birch", "contract": "Gold"}, "senior": "ada"},
        {"match": {"client": "Cedar"}, "ai": "off"},
    ]

    found = look_at_all(SAM, ADA, EVE, policy={"clients": clients})

    urgent = [each for each in found if each.ladder.priority == "urgent"]
    assert [each.ladder.clients for each in urgent] == [(), ("Acorn", "Birch, Gold")]
    assert [each.id for each in urgent[1].spans[0].steps[0].reached] == ["ada"]


def test_rules_behind_others_that_match_the_same_client_are_looked_at() -> None:
    clients = [
        {"match": {"client": "Acorn"}, "ai": "off"},
        {"match": {"client": "Acorn", "contract": "Gold"}, "around_the_clock": True},
    ]

    found = look_at_all(SAM, ADA, EVE, policy={"clients": clients})

    assert [each.ladder.clients for each in found if each.ladder.priority == "low"] == [(), ("Acorn, Gold",)]


def test_first_people_are_named_and_the_others_counted() -> None:
    seniors = [contact(f"senior-{place}") for place in range(9)]

    step = look(*seniors, EVE).spans[0].steps[1]

    assert (len(step.reached), step.reached_count) == (5, 9)


def test_ladders_are_looked_at_up_to_a_number_urgent_ones_first() -> None:
    clients = [
        {"match": {"client": f"client-{each}"}, "ladder": [{"after_min": each, "tell": ["admins"]}]}
        for each in range(300)
    ]
    policy = {"clients": clients}

    found = look_at_all(EVE, policy=policy)

    assert (len(found), count_ladders(Policy.model_validate(policy))) == (MOST_LADDERS, 4 * 301)
    assert {each.ladder.priority.value for each in found} == {"urgent"}


def test_handover_in_the_hour_that_clocks_skip_is_found() -> None:
    begin = datetime(2027, 3, 27, 12, tzinfo=UTC)
    quiet = {"time_zone": "Europe/Brussels", "begins": "02:30", "ends": "05:00"}
    sam = contact("sam", quiet=quiet, reached={email_place("sam@acme.example"): begin})
    policy = {"priorities": {"high": {"around_the_clock": True, "ladder": [{"after_min": 0, "tell": ["seniors"]}]}}}
    account = AccountReach(policy=Policy.model_validate(policy), contacts=(sam,), rotas=(), kinds=KINDS)

    found = next(each for each in forecast(account, begin, begin + timedelta(days=1)) if each.ladder.priority == "high")

    gaps = [(span.begins_at, span.ends_at) for span in found.spans if span.steps[0].reached_count == 0]
    assert gaps == [(datetime(2027, 3, 28, 1, tzinfo=UTC), datetime(2027, 3, 28, 3, tzinfo=UTC))]


def test_quiet_hours_in_the_hour_that_clocks_show_twice_come_twice() -> None:
    begin = datetime(2026, 10, 24, 12, tzinfo=UTC)
    quiet = {"time_zone": "Europe/Brussels", "begins": "02:30", "ends": "02:45"}
    sam = contact("sam", quiet=quiet, reached={email_place("sam@acme.example"): begin})
    policy = {"priorities": {"high": {"around_the_clock": True, "ladder": [{"after_min": 0, "tell": ["seniors"]}]}}}
    account = AccountReach(policy=Policy.model_validate(policy), contacts=(sam,), rotas=(), kinds=KINDS)

    found = next(each for each in forecast(account, begin, begin + timedelta(days=1)) if each.ladder.priority == "high")

    gaps = [f"{span.begins_at:%H:%M}-{span.ends_at:%H:%M}" for span in found.spans if span.steps[0].reached_count == 0]
    assert gaps == ["00:30-00:45", "01:30-01:45"]
