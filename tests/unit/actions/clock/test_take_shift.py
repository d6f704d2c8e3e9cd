"""A shift that somebody else takes: whose it was gets one e-mail that says so."""

from datetime import date, datetime, timedelta

import boto3
import pytest

from chalicelib.actions.clock.take_shift import take_over_shift
from chalicelib.actions.deliveries.send_to_person import send_to_person
from chalicelib.adapters.aws import notifications_queue
from chalicelib.domain.clock.rota import Handover, Rota, shift_at
from chalicelib.domain.clock.saved import SavedRota
from chalicelib.domain.deliveries.alert import Alert
from chalicelib.domain.deliveries.ledger import LedgerEntry
from chalicelib.domain.deliveries.notification_settings import KindRule, NotificationRules, NotificationSettings
from chalicelib.domain.deliveries.outcome import SendResult
from chalicelib.domain.errors import InvalidRequest
from chalicelib.domain.instants import format_instant
from chalicelib.store import deliveries, engineers, notification_settings, rotas
from tests.support.builders import ACME, ALEX, SAM, minute
from tests.support.dynamodb.faults import lose_answer
from tests.support.dynamodb.recorder import Recorder
from tests.support.environment import configure
from tests.support.table_contents import contents
from tests.support.tables import NOTIFICATIONS_QUEUE

NOW = minute(0)
WEEKLY = Rota(
    time_zone="Europe/Brussels",
    people=(SAM.id, ALEX.id),
    handover=Handover(weekday="mon", time="08:00"),
    starts_on=date(2026, 11, 16),
)


@pytest.fixture(autouse=True)
def queue(tables: None, monkeypatch: pytest.MonkeyPatch) -> str:
    """A queue, a sender, and two seniors who take turns week by week; Alex's runs."""
    notifications_queue._client.cache_clear()
    configure(monkeypatch, PAGE_URL="https://pilot.example.com/", EMAIL_SENDER="flowpilot@msp.example")
    for one in (SAM, ALEX):
        engineers.enter(one)
    saved = SavedRota(account_id=ACME, id="nights", name="Nights", rota=WEEKLY, updated_at=NOW, version=1)
    assert rotas.save(saved, None)
    return boto3.client("sqs").create_queue(QueueName=NOTIFICATIONS_QUEUE)["QueueUrl"]


def following() -> datetime:
    """When the shift after the one that runs begins."""
    running = shift_at(WEEKLY, NOW)
    assert running is not None
    assert running.person == ALEX.id
    return running.ends_at


def messages() -> list[LedgerEntry]:
    """The e-mails about shifts that were written down."""
    ids = [row["subject_key"]["S"] for row in contents()["deliveries"]]
    return [entry for each in ids for entry in deliveries.all_of_subject(ACME, each.removeprefix(f"{ACME}#"))]


def test_whose_shift_was_taken_gets_an_email() -> None:
    take_over_shift("nights", following(), by=ALEX, at=NOW)

    [entry] = messages()
    alert = Alert.of(entry.event, None, "https://pilot.example.com", NOW)
    assert (entry.recipient.kind, entry.recipient.id) == ("email", SAM.id)
    assert alert.title == "Alex has taken your shift on call"
    assert alert.facts == (
        ("Rota", "Nights"),
        ("From now on theirs", "Mon 30 Nov 08:00 to Mon 07 Dec 08:00, Europe/Brussels"),
    )
    assert alert.url == "https://pilot.example.com/rotas"


def test_email_about_a_shift_is_sent_in_quiet_hours_too() -> None:
    always = {"time_zone": "Europe/Brussels", "begins": "00:00", "ends": "23:59"}
    quiet = NotificationSettings.model_validate({"quiet": always})
    assert notification_settings.save(ACME, SAM.id, quiet, NotificationSettings())
    boto3.client("ses").verify_domain_identity(Domain="msp.example")
    take_over_shift("nights", following(), by=ALEX, at=NOW)

    [entry] = messages()

    assert send_to_person(entry, clock=lambda: NOW).result is SendResult.ACCEPTED


def test_shift_that_runs_is_told_from_now_on() -> None:
    running = shift_at(WEEKLY, NOW)
    assert running is not None

    take_over_shift("nights", running.begins_at, by=SAM, at=NOW)

    [entry] = messages()
    assert (entry.recipient.id, entry.event.occurred_at) == (ALEX.id, NOW)
    assert entry.event.data["lines"][1][1].startswith("Mon 23 Nov 10:00 to Mon 30 Nov")


def test_shift_that_was_not_taken_is_told_nobody() -> None:
    with pytest.raises(InvalidRequest):
        take_over_shift("nights", following(), by=SAM, at=NOW)

    assert messages() == []


def test_shift_taken_back_is_told_to_who_had_taken_it() -> None:
    take_over_shift("nights", following(), by=ALEX, at=NOW)
    take_over_shift("nights", following(), by=SAM, at=NOW + timedelta(minutes=1))

    assert sorted(entry.recipient.id for entry in messages()) == [ALEX.id, SAM.id]


def test_who_gets_no_email_gets_none() -> None:
    off = KindRule(email=None)
    rules = NotificationRules(escalations=off, mine=off, ladder=off)
    assert notification_settings.save(ACME, SAM.id, NotificationSettings(rules=rules), NotificationSettings())

    take_over_shift("nights", following(), by=ALEX, at=NOW)

    assert messages() == []


def test_queue_that_takes_nothing_undoes_no_shift(queue: str) -> None:
    boto3.client("sqs").delete_queue(QueueUrl=queue)

    taken = take_over_shift("nights", following(), by=ALEX, at=NOW)

    assert (taken.person, format_instant(taken.begins_at)) == (ALEX.id, "2026-11-30T07:00:00.000Z")
    assert rotas.load(ACME, "nights").version == 2


def test_shift_whose_answer_was_lost_is_taken_and_told_once(recorder: Recorder) -> None:
    recorder.tamper("PutItem", lose_answer)

    taken = take_over_shift("nights", following(), by=ALEX, at=NOW)

    assert (taken.person, taken.begins_at, rotas.load(ACME, "nights").version) == (ALEX.id, following(), 2)
    assert [entry.recipient.id for entry in messages()] == [SAM.id]
