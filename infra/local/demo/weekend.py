"""A Friday evening and the weekend after it, told over HTTP on a stack whose clock can be set."""

from collections.abc import Callable
from contextlib import ExitStack
from datetime import UTC, date, datetime, timedelta
from functools import partial
from zoneinfo import ZoneInfo

from infra.local.api import Api, Json
from infra.local.clock import run_clock
from infra.local.demo.case import Case
from infra.local.demo.narration import tell, wait_for
from infra.local.demo.passing_time import NEXT
from infra.local.demo.seed import play
from infra.local.demo.weekend_cases import FOR_ALEX, LEFT_BEHIND, MONDAY_IS_ENOUGH, NIGHT_SHIFT, WEEKEND_CASES
from infra.local.deployed import DeployedStack
from infra.local.people import PEOPLE
from infra.local.services import LocalTrouble

ACCOUNT = "acme"
ADMIN = "olga"
ZONE = ZoneInfo("Europe/Brussels")
"""The time zone of the policy that an account has without any set-up."""

FRIDAY, SATURDAY, MONDAY = 0, 1, 3
SETTLED_WITHIN_S = 90
WAYS = {"push": "push", "email": "e-mail", "sms": "SMS"}
OF_ASSESSMENTS = {"handoff_assessment_ready", "handoff_assessment_unavailable"}
ON_THEIR_WAY = {"pending", "sending", "gathered"}


def next_friday() -> date:
    """Return the next Friday that is wholly to come, so that time is only ever moved forward."""
    today = datetime.now(UTC).astimezone(ZONE).date()
    return today + timedelta(days=(4 - today.weekday() - 1) % 7 + 1)


def tell_weekend(stack: DeployedStack, set_clock: Callable[[datetime], None]) -> None:
    """Play the story on a stack that has no cases. Raises LocalTrouble where it should have gone on."""
    with ExitStack() as clients:
        handles = [person.handle for person in PEOPLE if person.account_id == ACCOUNT]
        weekend = Weekend(stack, {each: clients.enter_context(stack.api(each)) for each in handles}, set_clock)
        _friday_afternoon(weekend)
        _friday_evening(weekend)
        _saturday(weekend)
        _monday(weekend)


def _friday_afternoon(weekend: "Weekend") -> None:
    weekend.put_on_call(("sam", "alex"))
    weekend.set_clock(FRIDAY, "17:30")
    weekend.hand_off(LEFT_BEHIND)
    weekend.tell_news(LEFT_BEHIND, "handoff_created", {"Sam", "Alex"})
    weekend.set_clock(FRIDAY, "17:31")
    weekend.claim(LEFT_BEHIND, "alex")
    tell("alex", "goes home, with the case in hand")


def _friday_evening(weekend: "Weekend") -> None:
    for case in (NIGHT_SHIFT, MONDAY_IS_ENOUGH, FOR_ALEX):
        weekend.set_clock(FRIDAY, "17:55")
        weekend.hand_off(case)
    for case in (NIGHT_SHIFT, MONDAY_IS_ENOUGH):
        weekend.tell_news(case, "handoff_created", {"Sam", "Alex"})
    weekend.tell_news(FOR_ALEX, "handoff_created", set())
    weekend.tell_news(FOR_ALEX, "handoff_directed", {"Alex"})
    weekend.run_clock_at(FRIDAY, "17:56")
    weekend.tell_due(NIGHT_SHIFT, MONDAY_IS_ENOUGH, FOR_ALEX)
    weekend.run_clock_at(FRIDAY, "18:00")
    weekend.tell_news(NIGHT_SHIFT, "handoff_overdue", {"Jane", "Sam", "Alex"})
    weekend.run_clock_at(FRIDAY, "18:10")
    weekend.tell_news(NIGHT_SHIFT, "handoff_overdue", {"Jane", "Olga"})
    weekend.set_clock(FRIDAY, "18:12")
    tell("olga", "calls Sam")
    weekend.claim(NIGHT_SHIFT, "sam")
    weekend.set_clock(FRIDAY, "18:40")
    weekend.resolve(NIGHT_SHIFT, "sam", "Corrected the time of both domain controllers, which were nine minutes slow.")


def _saturday(weekend: "Weekend") -> None:
    weekend.run_clock_at(SATURDAY, "12:00")
    weekend.require_all_told(*WEEKEND_CASES)
    tell("Sat 12:00", "nothing is due, and nobody was disturbed since")
    weekend.tell_due(MONDAY_IS_ENOUGH, FOR_ALEX, LEFT_BEHIND)


def _monday(weekend: "Weekend") -> None:
    weekend.run_clock_at(MONDAY, "08:05")
    weekend.tell_news(FOR_ALEX, "handoff_opened", {"Sam", "Alex"})
    weekend.set_clock(MONDAY, "08:06")
    weekend.claim(FOR_ALEX, "alex")
    weekend.run_clock_at(MONDAY, "08:10")
    weekend.tell_news(MONDAY_IS_ENOUGH, "handoff_overdue", {"Jane", "Sam", "Alex"})
    weekend.set_clock(MONDAY, "08:12")
    weekend.claim(MONDAY_IS_ENOUGH, "sam")
    weekend.run_clock_at(MONDAY, "08:31")
    weekend.tell_news(LEFT_BEHIND, "handoff_idle", {"Alex"})
    weekend.run_clock_at(MONDAY, "09:02")
    weekend.tell_news(LEFT_BEHIND, "handoff_returned", {"Sam", "Alex"})
    waiting = [item["psa_ticket_id"] for item in weekend.apis["sam"].get("/escalations")["items"]]
    weekend.require_all_told(*WEEKEND_CASES)
    tell("queue", f"waits for a senior: {', '.join(f'#{ticket}' for ticket in waiting)}")


class Weekend:
    """The cases of the story, its people, and the clock that it sets on."""

    def __init__(self, stack: DeployedStack, apis: dict[str, Api], set_clock: Callable[[datetime], None]) -> None:
        self.apis = apis
        self._stack, self._set_clock, self._friday = stack, set_clock, next_friday()
        self._handoffs: dict[str, Json] = {}
        self._told: set[str] = set()

    def set_clock(self, day: int, time: str, seconds: int = 0) -> None:
        """Have it be that time of that day, counted from the Friday."""
        local = datetime.fromisoformat(f"{self._friday + timedelta(days=day)}T{time}").replace(tzinfo=ZONE)
        self._set_clock(local.astimezone(UTC) + timedelta(seconds=seconds))

    def run_clock_at(self, day: int, time: str) -> None:
        """Have the function run that looks what is due: half a minute later, as what people did took some seconds."""
        self.set_clock(day, time, seconds=30)
        run_clock(self._stack)

    def put_on_call(self, handles: tuple[str, ...]) -> None:
        """Save a rota of weeks from Monday 08:00, of which the first is the week of that Friday."""
        ids = [api.get("/me")["id"] for api in map(self.apis.__getitem__, handles)]
        for api in self.apis.values():
            api.get("/me")  # the first look at one's profile is what writes it into the directory
        handover = {"weekday": "mon", "time": "08:00"}
        monday = self._friday - timedelta(days=4)
        rota = {"time_zone": str(ZONE), "people": ids, "handover": handover, "starts_on": str(monday)}
        self.apis[ADMIN].put("/rotas/seniors", {"name": "Seniors", "rota": rota})

    def hand_off(self, case: Case) -> None:
        """Work a case up to its hand off."""
        made = play(case, self._stack)
        if made is None:
            raise ValueError(f"{case.key} is not handed off")
        self._handoffs[case.key] = made

    def claim(self, case: Case, handle: str) -> None:
        """Have somebody pick a case up."""
        self.apis[handle].post(f"{self._place(case)}/claim")
        self.tell_news(case, "handoff_claimed", set())

    def resolve(self, case: Case, handle: str, resolution: str) -> None:
        """Have its holder resolve a case."""
        place = f"/sessions/{self._handoffs[case.key]['session_id']}"
        epoch = self.apis[handle].get(place)["epoch"]
        body = {"resolution": resolution, "assessment_verdict": "unknown", "epoch": epoch}
        self.apis[handle].post(f"{place}/resolve", body)
        self.tell_news(case, "handoff_resolved", set())

    def tell_news(self, case: Case, kind: str, people: set[str]) -> None:
        """Wait for an event of that type, and until each of `people`, and nobody else, was told of it; tell both."""
        event = wait_for(partial(self._news, case, kind), SETTLED_WITHIN_S, f"{kind} of #{case.ticket}")
        self._told.add(event["id"])
        line = f"#{case.ticket} {event['title'].partition(' · #')[0]}"
        if people:
            ways = wait_for(partial(self._ways, case, event, people), SETTLED_WITHIN_S, f"what tells of: {line}")
            line += " -> " + ", ".join(f"{name} ({', '.join(how)})" for name, how in ways.items())
        tell(self._local(event["occurred_at"]), line)

    def tell_due(self, *cases: Case) -> None:
        """Tell what comes next of each case."""
        for case in cases:
            due = self.apis[ADMIN].get(self._place(case))["due"]
            tell(self._local(due["at"]), f"#{case.ticket} (to come) {NEXT[due['what']]}")

    def require_all_told(self, *cases: Case) -> None:
        """Raise LocalTrouble when more has happened to the cases than was printed."""
        for case in cases:
            if more := [event for event in self._untold(case) if event["type"] not in OF_ASSESSMENTS]:
                raise LocalTrouble(f"#{case.ticket}: {more[0]['title']} at {self._local(more[0]['occurred_at'])}")

    def _news(self, case: Case, kind: str) -> Json | None:
        return next((event for event in self._untold(case) if event["type"] == kind), None)

    def _untold(self, case: Case) -> list[Json]:
        events = self.apis[ADMIN].get(f"{self._place(case)}/history")["items"]
        return [event for event in events if event["id"] not in self._told]

    def _ways(self, case: Case, event: Json, people: set[str]) -> dict[str, list[str]] | None:
        """By which messages each was told, once all of them have gone out."""
        found = [
            item
            for item in self.apis[ADMIN].get(f"{self._place(case)}/deliveries")["items"]
            if item["event_id"] == event["id"] and item["kind"] in WAYS
        ]
        ways: dict[str, list[str]] = {}
        for item in sorted(found, key=lambda item: (item["recipient"]["name"], item["kind"])):
            ways.setdefault(item["recipient"]["name"], []).append(WAYS[item["kind"]])
        is_settled = all(item["state"] not in ON_THEIR_WAY for item in found)
        return ways if is_settled and {name.split()[0] for name in ways} == people else None

    def _place(self, case: Case) -> str:
        handoff = self._handoffs[case.key]
        return f"/sessions/{handoff['session_id']}/handoffs/{handoff['id']}"

    @staticmethod
    def _local(instant: str) -> str:
        return f"{datetime.fromisoformat(instant).astimezone(ZONE):%a %H:%M}"
