"""The warning of the day before: to admins, once, and only where something is wrong."""

from datetime import UTC, datetime, timedelta

import boto3
import pytest

from chalicelib.actions.deliveries.plan_deliveries import plan_deliveries
from chalicelib.actions.deliveries.send_to_person import send_to_person
from chalicelib.actions.deliveries.warn_of_gaps import LooksFailed, warn_all_of_gaps, warn_of_gaps
from chalicelib.adapters.aws import notifications_queue
from chalicelib.domain.clock.policy import Policy
from chalicelib.domain.clock.saved import SavedPolicy
from chalicelib.domain.deliveries.alert import Alert
from chalicelib.domain.deliveries.ledger import LedgerEntry
from chalicelib.domain.deliveries.mail_feedback import EmailTrouble, FeedbackKind
from chalicelib.domain.deliveries.notification_settings import KindRule, NotificationRules, NotificationSettings
from chalicelib.domain.deliveries.outcome import SendResult
from chalicelib.domain.deliveries.reach_marks import email_place
from chalicelib.domain.errors import Unavailable
from chalicelib.domain.instants import to_milliseconds
from chalicelib.domain.people import Caller
from chalicelib.store import (
    accounts,
    deliveries,
    email_trouble,
    engineers,
    notification_settings,
    policies,
    reach_marks,
)
from chalicelib.store.keys import ACCOUNTS
from tests.support.builders import ACME, GLOBEX, HANK, OLGA, SAM, an_event
from tests.support.dynamodb.recorder import recording_requests
from tests.support.environment import configure
from tests.support.tables import NOTIFICATIONS_QUEUE, NOTIFICATIONS_QUEUE_URL

NOW = datetime(2026, 11, 30, 6, tzinfo=UTC)
DAY = timedelta(days=1)


@pytest.fixture(autouse=True)
def _mail(tables: None, monkeypatch: pytest.MonkeyPatch) -> None:
    """A queue, a sender, an admin and a senior in the directory."""
    notifications_queue._client.cache_clear()
    boto3.client("sqs").create_queue(QueueName=NOTIFICATIONS_QUEUE)
    configure(monkeypatch, PAGE_URL="https://pilot.example.com/", EMAIL_SENDER="flowpilot@msp.example")
    for one in (OLGA, SAM):
        engineers.enter(one)


def reach(*people: Caller, at: datetime = NOW) -> None:
    for one in people:
        reach_marks.note(one.account_id, one.id, email_place(one.email), at)


def warnings(account_id: str = ACME) -> list[LedgerEntry]:
    return deliveries.all_of_subject(account_id, "admin")


def orders() -> int:
    waiting = boto3.client("sqs").get_queue_attributes(
        QueueUrl=NOTIFICATIONS_QUEUE_URL, AttributeNames=["ApproximateNumberOfMessages"]
    )
    return int(waiting["Attributes"]["ApproximateNumberOfMessages"])


def test_nobody_is_warned_where_each_step_reaches_somebody() -> None:
    reach(OLGA, SAM)

    assert (warn_of_gaps(ACME, at=NOW), warnings(), orders()) == (False, [], 0)


def test_admins_are_warned_of_steps_that_reach_nobody() -> None:
    reach(OLGA)

    assert warn_of_gaps(ACME, at=NOW)

    (entry,) = warnings()
    assert (entry.recipient.id, entry.recipient.kind.value, orders()) == (OLGA.id, "email", 1)
    lines = entry.event.data["lines"]
    assert lines[0] == ["Urgent", "Mon 07:00 to Wed 07:00: steps 1 and 2 reach nobody"]
    assert lines[1] == ["High", "Mon 08:00 to 18:00: steps 1 and 2 reach nobody"]


def test_warning_says_in_an_e_mail_what_is_wrong_and_where_to_look() -> None:
    reach(OLGA)
    warn_of_gaps(ACME, at=NOW)
    (entry,) = warnings()

    alert = Alert.of(entry.event, None, "https://pilot.example.com", NOW)

    assert alert.url == "https://pilot.example.com/readiness"
    assert alert.facts[0] == ("Urgent", "Mon 07:00 to Wed 07:00: steps 1 and 2 reach nobody")


def test_gap_is_told_of_a_day_before_it() -> None:
    lapses = NOW + DAY + timedelta(hours=2)
    reach(OLGA)
    reach(SAM, at=lapses - timedelta(days=30))

    assert [warn_of_gaps(ACME, at=NOW - DAY), warn_of_gaps(ACME, at=NOW)] == [False, True]


def test_same_days_warning_is_sent_once() -> None:
    for hours in (0, 1, 17):
        warn_of_gaps(ACME, at=NOW + timedelta(hours=hours))

    assert (len(warnings()), orders()) == (1, 3), "the order of an entry that nobody took comes again"


def test_warning_that_was_tried_is_not_ordered_again() -> None:
    warn_of_gaps(ACME, at=NOW)
    (entry,) = warnings()
    deliveries.take(entry, NOW)

    warn_of_gaps(ACME, at=NOW + timedelta(hours=1))

    assert orders() == 1


def test_next_day_warns_again_while_it_is_wrong() -> None:
    warn_of_gaps(ACME, at=NOW)
    warn_of_gaps(ACME, at=NOW + DAY)

    assert len(warnings()) == 2


def test_admin_who_switched_e_mail_off_is_not_warned() -> None:
    off = NotificationRules(**dict.fromkeys(("escalations", "mine", "ladder"), KindRule(email=None)))
    notification_settings.save(ACME, OLGA.id, NotificationSettings(rules=off, version=1), NotificationSettings())

    assert (warn_of_gaps(ACME, at=NOW), warnings()) == (False, [])


def test_admin_whose_address_is_switched_off_is_not_warned() -> None:
    trouble = EmailTrouble(address=OLGA.email, why=FeedbackKind.BOUNCED, at=to_milliseconds(NOW))
    email_trouble.switch_off(ACME, OLGA.id, trouble, NOW)

    assert (warn_of_gaps(ACME, at=NOW), warnings()) == (False, [])


def test_quiet_hours_do_not_hold_a_warning_back(monkeypatch: pytest.MonkeyPatch) -> None:
    quiet = {"time_zone": "UTC", "begins": "00:00", "ends": "23:59"}
    settings = NotificationSettings.model_validate({"quiet": quiet, "version": 1})
    notification_settings.save(ACME, OLGA.id, settings, NotificationSettings())
    boto3.client("sesv2").create_email_identity(EmailIdentity="flowpilot@msp.example")
    warn_of_gaps(ACME, at=NOW)
    (entry,) = warnings()

    outcome = send_to_person(entry, clock=lambda: NOW)

    assert outcome.result is SendResult.ACCEPTED


def test_stack_that_sends_no_e_mail_warns_nobody(monkeypatch: pytest.MonkeyPatch) -> None:
    configure(monkeypatch, EMAIL_SENDER=None)

    assert (warn_of_gaps(ACME, at=NOW), warnings()) == (False, [])


def test_every_account_is_looked_at() -> None:
    engineers.enter(HANK)
    engineers.enter(HANK.model_copy(update={"id": "sub-boss", "role": OLGA.role}))

    warned = warn_all_of_gaps(at=NOW)

    assert (accounts.list_accounts(), warned) == ([ACME, GLOBEX], 2)
    assert [len(warnings(one)) for one in (ACME, GLOBEX)] == [1, 1]


def test_account_that_nobody_opens_is_looked_at_once_anything_happens_in_it() -> None:
    accounts.delete(ACCOUNTS, ACME, accounts.AccountItem({}, 1))  # its people were entered before accounts were listed
    before = warn_all_of_gaps(at=NOW)

    with recording_requests() as recorder:
        for number in range(2):
            plan_deliveries(an_event(id=f"event-{number}", session_id=None), at=NOW)
    written = [exchange.asked for exchange in recorder.exchanges if exchange.operation == "PutItem"]

    assert (before, warn_all_of_gaps(at=NOW)) == (0, 1)
    assert sum(one["Item"].get("account_id") == {"S": ACCOUNTS} for one in written) == 1


def test_account_that_fails_stops_no_other(monkeypatch: pytest.MonkeyPatch) -> None:
    accounts.save(ACME, "rota#broken", {"name": "Nights"}, None)
    engineers.enter(OLGA.model_copy(update={"account_id": GLOBEX}))

    with pytest.raises(LooksFailed, match="1 accounts"):
        warn_all_of_gaps(at=NOW)

    assert [len(warnings(one)) for one in (ACME, GLOBEX)] == [0, 1]


def test_accounts_that_there_is_no_time_for_are_a_failure() -> None:
    with pytest.raises(LooksFailed):
        warn_all_of_gaps(at=NOW, is_time_left=lambda: False)

    assert warnings() == []


def test_queue_that_takes_nothing_leaves_the_warning_for_the_next_look(monkeypatch: pytest.MonkeyPatch) -> None:
    boto3.client("sqs").delete_queue(QueueUrl=NOTIFICATIONS_QUEUE_URL)
    with pytest.raises(Unavailable):
        warn_of_gaps(ACME, at=NOW)
    boto3.client("sqs").create_queue(QueueName=NOTIFICATIONS_QUEUE)

    warn_of_gaps(ACME, at=NOW + timedelta(minutes=1))

    assert (len(warnings()), orders()) == (1, 1)


def test_look_at_an_account_is_four_reads() -> None:
    reach(OLGA, SAM)
    policies.forget()

    with recording_requests() as recorder:
        warn_of_gaps(ACME, at=NOW)

    assert sorted(recorder.operations) == ["BatchGetItem", "GetItem", "Query", "Query"]


def test_many_gaps_are_named_up_to_ten_and_counted() -> None:
    clients = [{"match": {"client": f"Client {each}"}, "senior": f"gone-{each}"} for each in range(9)]
    policies.save(ACME, Policy.model_validate({"clients": clients}), SavedPolicy(policy=Policy(), version=0))

    warn_of_gaps(ACME, at=NOW)

    lines = warnings()[0].event.data["lines"]
    assert len(lines) == 11
    assert lines[-1][0] == "Besides"
