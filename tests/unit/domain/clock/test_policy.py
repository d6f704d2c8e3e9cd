import json
from datetime import datetime
from typing import Any

import pytest
from pydantic import ValidationError

from chalicelib.domain.clock.client_key import ClientKey
from chalicelib.domain.clock.client_rules import ClientMatch, ClientRules, hours_phrase
from chalicelib.domain.clock.cover import preview
from chalicelib.domain.clock.ladder import LONGEST_MIN
from chalicelib.domain.clock.policy import Policy
from chalicelib.domain.clock.weekly_hours import WeeklyHours
from chalicelib.domain.errors import InvalidRequest
from chalicelib.domain.handoff import Priority
from tests.unit.domain.clock.calendars import OFFICE_DAYS

OFFICE = WeeklyHours(**OFFICE_DAYS)
ACORN = ClientKey.of(id="17", name="Acorn Ltd", contract="Gold", type="Managed")


def of_client(**rules: Any) -> Policy:
    return Policy.model_validate({"clients": [{"match": {"client": "Acorn Ltd"}, **rules}]})


def low(**rules: Any) -> dict[str, Any]:
    return {"priorities": {"low": {"ladder": [{"after_min": 0, "tell": ["seniors"]}], **rules}}}


def ladder(*steps: tuple[Any, list[str]]) -> dict[str, Any]:
    return low(ladder=[{"after_min": after, "tell": tell} for after, tell in steps])


@pytest.mark.parametrize(
    ("priority", "steps", "idle", "around_the_clock"),
    [
        (Priority.URGENT, [0, 5, 15], (30, 15), True),
        (Priority.HIGH, [0, 15, 60], (60, 30), False),
        (Priority.NORMAL, [0, 60, 240], (240, 60), False),
        (Priority.LOW, [0, 480], (None, None), False),
    ],
)
def test_policy_has_defaults_for_each_priority(
    priority: Priority, steps: list[int], idle: tuple[int | None, int | None], *, around_the_clock: bool
) -> None:
    cover = Policy().for_client(None, priority)

    assert [step.after_min for step in cover.ladder] == steps
    assert (cover.idle_after_min, cover.return_after_min) == idle
    assert cover.calendar.around_the_clock is around_the_clock
    assert cover.direct_for_min == 10


def test_policy_reads_back_from_its_json() -> None:
    policy = Policy.model_validate(
        {
            "time_zone": "America/Vancouver",
            "holidays": ["2026-12-25", "2026-12-24", "2026-12-25"],
            "clients": [{"match": {"type": "Managed"}, "senior": "sam", "ai": "off", "holidays": []}],
        }
    )

    written = policy.model_dump_json()

    assert Policy.model_validate_json(written) == policy
    assert json.loads(written)["holidays"] == ["2026-12-24", "2026-12-25"]
    assert json.loads(written)["working_hours"]["mon"] == [["08:00", "18:00"]]


BAD = [
    ({"time_zone": "Mars/Base"}, "time_zone", "'Mars/Base' is no time zone"),
    ({"direct_for_min": -1}, "direct_for_min", "greater than or equal to 1"),
    ({"direct_for_min": True}, "direct_for_min", "valid integer"),
    ({"unknown": 1}, "unknown", "not permitted"),
    (
        {"working_hours": {"mon": [["08:00", "18:00"], ["17:59", "19:00"]]}},
        "working_hours",
        "mon 08:00-18:00 overlaps mon 17:59-19:00",
    ),
    (
        {"working_hours": {"mon": [["22:00", "06:00"]], "tue": [["05:00", "07:00"]]}},
        "working_hours",
        "mon 22:00-06:00 overlaps tue 05:00-07:00",
    ),
    (
        {"working_hours": {"sun": [["22:00", "06:00"]], "mon": [["05:00", "07:00"]]}},
        "working_hours",
        "sun 22:00-06:00 overlaps mon 05:00-07:00",
    ),
    ({"working_hours": {"mon": [["08:00", "08:00"]]}}, "working_hours", "08:00-08:00 ends where it begins"),
    ({"working_hours": {"mon": [["24:00", "08:00"]]}}, "working_hours.mon.0.0", "'24:00' is no time of day"),
    ({"working_hours": {"mon": [["8:00", "18:00"]]}}, "working_hours.mon.0.0", "'8:00' is no time of day"),
    ({"working_hours": {"mon": [["08:00", "18:60"]]}}, "working_hours.mon.0.1", "'18:60' is no time of day"),
    ({"working_hours": {"mon": [["٠٨:00", "18:00"]]}}, "working_hours.mon.0.0", "is no time of day"),
    ({"working_hours": {"day": []}}, "working_hours.day", "not permitted"),
    ({"holidays": ["2026-02-30"]}, "holidays.0", "day"),
    ({"holidays": ["20261225"]}, "holidays.0", "YYYY-MM-DD"),
    ({"holidays": [20261225]}, "holidays.0", "YYYY-MM-DD"),
    (low(ladder=[]), "priorities.low.ladder", "at least 1 item"),
    (ladder((0, [])), "priorities.low.ladder.0.tell", "at least 1 item"),
    (ladder((-1, ["seniors"])), "priorities.low.ladder.0.after_min", "greater than or equal to 0"),
    (ladder((LONGEST_MIN + 1, ["seniors"])), "priorities.low.ladder.0.after_min", "less than or equal to 43200"),
    (ladder((1.5, ["seniors"])), "priorities.low.ladder.0.after_min", "valid integer"),
    (ladder((0, ["managers"])), "priorities.low.ladder.0.tell.0", "'managers' is no target; there are on_call"),
    (ladder((0, ["person:"])), "priorities.low.ladder.0.tell.0", "is no target"),
    (ladder((5, ["seniors"]), (5, ["admins"])), "priorities.low.ladder", "a step after 5 min follows one after 5 min"),
    (low(repeat=-1), "priorities.low.repeat", "greater than or equal to 0"),
    (low(repeat=10**9), "priorities.low.repeat", "less than or equal to 20"),
    (low(idle_after_min=5), "priorities.low", "set together"),
    (low(idle_after_min=0, return_after_min=5), "priorities.low.idle_after_min", "greater than or equal to 1"),
    ({"priorities": {"extreme": {}}}, "priorities.extreme", "not permitted"),
    ({"clients": [{"match": {}}]}, "clients.0.match", "would match no client"),
    ({"clients": [{"match": {"client": "  "}}]}, "clients.0.match", "would match no client"),
    (
        {"clients": [{"match": {"client": "A"}}, {"match": {"client": " a "}}]},
        "",
        "clients 0 and 1 have the same match",
    ),
    ({"clients": [{"match": {"client": "A"}, "ladder": []}]}, "clients.0.ladder", "at least 1 item"),
    ({"clients": [{"match": {"client": "A"}, "ai": "maybe"}]}, "clients.0.ai", "pattern"),
]


@pytest.mark.parametrize(("policy", "place", "said"), BAD, ids=[f"{place}: {said}" for _, place, said in BAD])
def test_policy_that_is_wrong_is_refused_where_it_is_wrong(policy: dict[str, Any], place: str, said: str) -> None:
    with pytest.raises(ValidationError) as refused:
        Policy.model_validate_json(json.dumps(policy))

    errors = {".".join(map(str, error["loc"])): error["msg"] for error in refused.value.errors()}
    assert said in errors[place]


def test_hours_that_meet_do_not_overlap() -> None:
    assert WeeklyHours(
        sun=(("20:00", "24:00"),), mon=(("00:00", "06:00"), ("06:00", "00:00")), tue=(("00:00", "24:00"),)
    )


@pytest.mark.parametrize(
    ("match", "is_met"),
    [
        ({"client": "acorn  LTD"}, True),
        ({"client": "17"}, True),
        ({"client": "Acorn"}, False),
        ({"contract": "gold", "type": "managed"}, True),
        ({"contract": "gold", "type": "Co-managed"}, False),
    ],
)
def test_client_match_needs_everything_it_names(match: dict[str, str], *, is_met: bool) -> None:
    assert ClientMatch(**match).is_met_by(ACORN) is is_met


def test_client_without_a_contract_matches_no_contract() -> None:
    assert not ClientMatch(contract="Gold").is_met_by(ClientKey.of(name="Birch"))


def test_first_client_rules_that_match_count_and_the_rest_is_the_accounts() -> None:
    policy = Policy.model_validate(
        {
            "holidays": ["2026-12-25"],
            "clients": [
                {"match": {"contract": "Gold"}, "holidays": []},
                {"match": {"client": "17"}, "around_the_clock": True},
            ],
        }
    )

    cover = policy.for_client(ACORN, Priority.HIGH)

    assert cover.calendar.holidays == ()
    assert not cover.calendar.around_the_clock
    assert cover.calendar.hours == policy.working_hours
    assert cover.ladder == Policy().for_client(None, Priority.HIGH).ladder


def test_two_clients_of_an_account_have_calendars_of_their_own() -> None:
    night: dict[str, Any] = {"working_hours": {"fri": [["18:00", "08:00"]]}}
    policy = Policy.model_validate({"clients": [{"match": {"client": "Acorn Ltd"}, **night}]})
    start = datetime.fromisoformat("2026-12-04T16:55:00+00:00")

    acorn, birch = (
        [step.at.isoformat() for step in preview(policy.for_client(client, Priority.HIGH), start)[:2] if step.at]
        for client in (ACORN, ClientKey.of(name="Birch"))
    )

    assert acorn == ["2026-12-04T17:00:00+00:00", "2026-12-04T17:15:00+00:00"]
    assert birch == ["2026-12-04T16:55:00+00:00", "2026-12-07T07:10:00+00:00"]


@pytest.mark.parametrize(
    ("steps", "tells"),
    [
        ([(0, ["on_call"]), (5, ["admins"])], [(0, ("person:sam",), ("on_call",)), (5, ("admins",), ())]),
        ([(10, ["on_call"])], [(0, ("person:sam",), ()), (10, ("on_call",), ())]),
        ([(0, ["on_call"])], [(0, ("person:sam", "on_call"), ())]),
    ],
)
def test_named_senior_comes_first_on_any_ladder(steps: list[Any], tells: list[Any]) -> None:
    own = [{"after_min": after, "tell": tell} for after, tell in steps]
    cover = of_client(senior="sam", ladder=own).for_client(ACORN, Priority.LOW)

    assert [(step.after_min, step.tell, step.otherwise) for step in cover.ladder] == tells


@pytest.mark.parametrize(
    ("policy", "pointer"),
    [
        (ladder((0, ["seniors", "person:gone"])), "/priorities/low/ladder/0/tell/1"),
        ({"clients": [{"match": {"client": "A"}, "senior": "gone"}]}, "/clients/0/senior"),
        (
            {"clients": [{"match": {"client": "A"}, "ladder": [{"after_min": 0, "tell": ["person:gone"]}]}]},
            "/clients/0/ladder/0/tell/0",
        ),
    ],
)
def test_policy_that_names_a_person_of_no_account_is_refused(policy: dict[str, Any], pointer: str) -> None:
    with pytest.raises(InvalidRequest, match="no engineer with the id gone") as refused:
        Policy.model_validate(policy).require_known_people({"sam"})

    assert refused.value.pointer == pointer


def test_policy_that_names_known_people_is_accepted() -> None:
    of_client(senior="sam").require_known_people({"sam"})


@pytest.mark.parametrize(
    ("rules", "sentence"),
    [
        ({"around_the_clock": True, "senior": "sam"}, "Acorn: nights covered, Sam first"),
        ({"around_the_clock": False, "ai": "off"}, "Acorn: working hours only, AI off"),
        ({"working_hours": OFFICE}, "Acorn: Mon-Fri 08:00-18:00"),
        (
            {"holidays": (), "ladder": ({"after_min": 0, "tell": ["admins"]},)},
            "Acorn: own holidays, own escalation steps",
        ),
        ({}, "Acorn: as the account"),
    ],
)
def test_cover_sentence_says_what_is_special(rules: dict[str, Any], sentence: str) -> None:
    own = ClientRules.model_validate({"match": {"client": "Acorn"}, **rules})

    assert own.cover_sentence("Acorn", "Sam") == sentence


def test_cover_sentence_is_one_readable_line() -> None:
    own = ClientRules(match=ClientMatch(client="A"), senior="sam")

    assert own.cover_sentence("A\u202ecorn\n\n", "S\u200bam") == "Acorn: Sam first"


def test_cover_sentence_leaves_out_a_senior_who_has_left() -> None:
    assert ClientRules(match=ClientMatch(client="A"), senior="sam").cover_sentence("A", None) == "A: as the account"


@pytest.mark.parametrize(
    ("days", "phrase"),
    [
        ({}, "never open"),
        ({"mon": (("22:00", "06:00"),), "wed": (("22:00", "06:00"),)}, "Mon 22:00-06:00, Wed 22:00-06:00"),
        (
            {"sat": (("09:00", "12:00"), ("13:00", "17:00")), "sun": (("00:00", "24:00"),)},
            "Sat 09:00-12:00 and 13:00-17:00, Sun 00:00-24:00",
        ),
    ],
)
def test_hours_phrase_puts_days_that_are_alike_together(days: dict[str, Any], phrase: str) -> None:
    assert hours_phrase(WeeklyHours(**days)) == phrase
