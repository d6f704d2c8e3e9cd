"""Accounts for tests of readiness: drawn at random near changes of clocks, and made by hand."""

from datetime import UTC, datetime, timedelta
from typing import Any

from hypothesis import strategies as st

from chalicelib.domain.availability import Availability, Presence
from chalicelib.domain.clock.policy import Policy
from chalicelib.domain.clock.rota import Handover, Override, Rota
from chalicelib.domain.clock.saved import SavedRota
from chalicelib.domain.clock.weekly_hours import WEEKDAYS
from chalicelib.domain.deliveries.device import Device, Devices
from chalicelib.domain.deliveries.ledger import DeliveryKind
from chalicelib.domain.deliveries.notification_settings import NotificationSettings
from chalicelib.domain.deliveries.people_told import Addressee
from chalicelib.domain.deliveries.phone import Phone
from chalicelib.domain.deliveries.reach_marks import COUNTS_FOR, email_place, phone_place
from chalicelib.domain.people import Engineer, Role
from chalicelib.domain.readiness.contacts import Reachable
from chalicelib.domain.readiness.forecast import AccountReach
from tests.unit.domain.clock.calendars import clock_changes

QUARTER = timedelta(minutes=15)
MONDAY = datetime(2026, 11, 30, 9, tzinfo=UTC)
"""10:00 in Brussels."""

KINDS = (DeliveryKind.EMAIL, DeliveryKind.PUSH, DeliveryKind.SMS)
NUMBER = "+12025550123"
ZONES = ("Europe/Brussels", "America/New_York", "Australia/Lord_Howe", "Asia/Beirut", "America/Santiago")
TARGETS = ("on_call", "skilled", "seniors", "admins", "sender", "person:ada", "person:sam", "person:nobody")
NAMES = ("ada", "ben", "eve", "joe", "sam")
LEAST = (None, "low", "normal", "high", "urgent")


def contact(
    name: str,
    role: Role = Role.SENIOR,
    *,
    devices: tuple[str, ...] = (),
    reached: dict[str, datetime] | None = None,
    availability: Availability | None = None,
    email: str | None = None,
    number: str | None = None,
    **settings: Any,
) -> Reachable:
    """Somebody whom an e-mail reached on Sunday, unless `reached` says what has."""
    address = f"{name}@acme.example" if email is None else email
    proven = {email_place(address): MONDAY - timedelta(days=1)} if reached is None else reached
    engineer = Engineer(
        id=name, name=name.title(), email=address, role=role, availability=availability or Availability()
    )
    known = tuple(
        Device(id=each, name=each, endpoint="https://x.example", p256dh="", auth="", added_at=MONDAY)
        for each in devices
    )
    phone = Phone(number=number, confirmed_at=MONDAY) if number else None
    chosen = NotificationSettings.model_validate(settings)
    person = Addressee(engineer=engineer, settings=chosen, phone=phone, reached=proven)
    return Reachable(person=person, devices=Devices(items=known))


def saved(rota: Rota) -> SavedRota:
    return SavedRota(account_id="acme", id="nights", name="Nights", rota=rota, updated_at=MONDAY, version=1)


def _clock_time(quarters: int) -> str:
    return f"{quarters // 4 % 24:02}:{quarters % 4 * 15:02}"


@st.composite
def contacts(draw: st.DrawFn, name: str, begin: datetime) -> Reachable:
    quarters = st.integers(-100, 700)
    until = draw(st.none() | quarters.map(lambda count: begin + count * QUARTER))
    said = Availability(presence=draw(st.sampled_from(Presence)), until=until)
    devices = draw(st.sampled_from(((), ("phone",), ("phone", "laptop"))))
    email = draw(st.sampled_from((f"{name}@acme.example", "", "no address")))
    marks = {
        place: begin - COUNTS_FOR + draw(quarters) * QUARTER
        for place in (email_place(email), phone_place(NUMBER), "phone", "laptop", "sold")
        if draw(st.booleans())
    }
    rules = {
        sort: {kind.value: draw(st.sampled_from(LEAST)) for kind in KINDS}
        for sort in draw(st.sets(st.sampled_from(("escalations", "ladder"))))
    }
    first, last = sorted(draw(st.lists(st.integers(0, 95), min_size=2, max_size=2, unique=True)))
    span = {"begins": _clock_time(first), "ends": _clock_time(last)}
    if draw(st.booleans()):
        span = {"begins": span["ends"], "ends": span["begins"]}
    quiet = draw(st.sampled_from((None, {"time_zone": draw(st.sampled_from(ZONES)), **span})))
    role = draw(st.sampled_from((Role.ENGINEER, Role.SENIOR, Role.SENIOR, Role.ADMIN)))
    number = draw(st.sampled_from((None, NUMBER, "+12025550124")))
    chosen = {"rules": rules, "quiet": quiet}
    return contact(name, role, devices=devices, reached=marks, availability=said, email=email, number=number, **chosen)


@st.composite
def rotas(draw: st.DrawFn, begin: datetime) -> SavedRota:
    spans = draw(st.lists(st.tuples(st.integers(-100, 700), st.integers(1, 300)), max_size=3))
    names = st.sampled_from((*NAMES, "gone"))
    overrides = tuple(
        Override(person=draw(names), begins_at=begin + first * QUARTER, ends_at=begin + (first + length) * QUARTER)
        for first, length in spans
    )
    handover = Handover(weekday=draw(st.sampled_from((None, "mon", "sun"))), time=_clock_time(draw(st.integers(0, 95))))
    rota = Rota(
        time_zone=draw(st.sampled_from(ZONES)),
        people=tuple(draw(st.lists(names, min_size=1, max_size=3))),
        handover=handover,
        starts_on=begin.date() + timedelta(days=draw(st.integers(-30, 5))),
        overrides=overrides,
    )
    return saved(rota)


def _ladders(draw: st.DrawFn) -> list[dict[str, Any]]:
    after = sorted(draw(st.sets(st.sampled_from((0, 5, 30, 480)), min_size=1, max_size=3)))
    tell = st.lists(st.sampled_from(TARGETS), min_size=1, max_size=2)
    return [{"after_min": each, "tell": draw(tell)} for each in after]


def _hours(draw: st.DrawFn) -> dict[str, Any]:
    open_days = draw(st.sets(st.sampled_from(WEEKDAYS)))
    begins, length = draw(st.integers(0, 95)), draw(st.integers(1, 80))
    return {day: [[_clock_time(begins), _clock_time(begins + length)]] for day in open_days}


@st.composite
def accounts(draw: st.DrawFn) -> tuple[AccountReach, datetime]:
    """An account, and a whole hour within a few days of a change of clocks."""
    zone = draw(st.sampled_from(ZONES))
    change = draw(st.sampled_from(clock_changes(zone, 2026, 2028)))
    begin = change.replace(minute=0) - timedelta(hours=draw(st.integers(0, 100)))
    priorities = {
        name: {
            "around_the_clock": draw(st.booleans()),
            "ladder": _ladders(draw),
            "repeat": draw(st.integers(0, 1)),
        }
        for name in ("urgent", "normal")
    }
    client = {
        "match": {"client": "Acorn"},
        "senior": draw(st.sampled_from((None, "sam"))),
        "working_hours": _hours(draw),
    }
    policy = {
        "time_zone": zone,
        "working_hours": _hours(draw),
        "holidays": [str((begin + timedelta(days=draw(st.integers(0, 6)))).date())],
        "priorities": priorities,
        "clients": draw(st.sampled_from(([], [client]))),
    }
    people = tuple(draw(contacts(name, begin)) for name in NAMES)
    kinds = draw(st.sampled_from((KINDS, KINDS, KINDS[:1])))
    found = tuple(draw(st.lists(rotas(begin), max_size=2)))
    account = AccountReach(policy=Policy.model_validate(policy), contacts=people, rotas=found, kinds=kinds)
    return account, begin
