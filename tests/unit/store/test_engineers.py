import pytest
from pynamodb.exceptions import PynamoDBException

from chalicelib.domain.errors import InvalidRequest, NotFound
from chalicelib.domain.instants import format_instant
from chalicelib.domain.pagination import PageRequest
from chalicelib.domain.people import Caller, Engineer, Role
from chalicelib.store import accounts, engineers
from chalicelib.store.cursors import encode_cursor
from chalicelib.store.keys import ACCOUNTS
from chalicelib.store.rows.engineers import EngineerRow
from tests.support.builders import ACME, ALEX, GINA, GLOBEX, JANE, JOE, OLGA, SAM, a_caller, minute
from tests.support.dynamodb.faults import conflict, meanwhile, time_out
from tests.support.dynamodb.recorder import Recorder

pytestmark = pytest.mark.usefixtures("tables")

ALL = PageRequest(100)


def entry(caller: Caller, *skills: str) -> Engineer:
    """The caller's entry of the directory."""
    return Engineer(id=caller.id, name=caller.name, email=caller.email, role=caller.role, skills=skills)


def directory(account_id: str = ACME) -> list[Engineer]:
    return engineers.list_all(account_id, ALL).items


def test_new_engineer_is_entered_in_the_directory() -> None:
    assert engineers.enter(JANE) == entry(JANE)

    assert directory() == [entry(JANE)]


def test_known_engineer_is_only_read(recorder: Recorder) -> None:
    engineers.enter(JANE)
    recorder.exchanges.clear()

    engineers.enter(JANE)

    assert recorder.operations == ["GetItem"]


def test_account_of_people_entered_before_accounts_were_listed_is_listed_when_one_comes_back(
    recorder: Recorder,
) -> None:
    engineers.enter(JANE)
    accounts.delete(ACCOUNTS, ACME, accounts.AccountItem({}, 1))
    EngineerRow(ACME, JANE.id).update([EngineerRow.is_listed.remove()])

    engineers.enter(JANE)
    recorder.exchanges.clear()
    engineers.enter(JANE)

    assert (accounts.list_accounts(), recorder.operations[0]) == ([ACME], "GetItem")


def test_account_is_listed_before_its_first_person_is_entered(recorder: Recorder) -> None:
    recorder.tamper("UpdateItem", time_out, time_out, time_out)
    with pytest.raises(PynamoDBException):
        engineers.enter(JANE)

    assert accounts.list_accounts() == [ACME]


@pytest.mark.parametrize(
    "changes", [{"name": "Jane Roe"}, {"email": "roe@acme.example"}, {"role": Role.SENIOR}], ids=str
)
def test_changed_claims_of_the_token_are_entered(changes: dict[str, object]) -> None:
    engineers.enter(JANE)
    changed = JANE.model_copy(update=changes)

    engineers.enter(changed)

    assert directory() == [entry(changed)]


def test_skills_outlive_a_new_name() -> None:
    engineers.enter(JANE)
    engineers.set_skills(ACME, JANE.id, ["Exchange"])

    again = engineers.enter(JANE.model_copy(update={"name": "Jane Roe"}))

    assert again.skills == ("Exchange",)


def test_skills_are_replaced() -> None:
    engineers.enter(JANE)
    engineers.set_skills(ACME, JANE.id, ["Exchange", "DNS"])

    assert engineers.set_skills(ACME, JANE.id, ["VPN"]) == entry(JANE, "VPN")
    assert directory() == [entry(JANE, "VPN")]


def test_skills_can_all_be_removed() -> None:
    engineers.enter(JANE)
    engineers.set_skills(ACME, JANE.id, ["VPN"])

    engineers.set_skills(ACME, JANE.id, [])

    assert directory() == [entry(JANE)]


@pytest.mark.parametrize("engineer_id", ["nobody", GINA.id])
def test_skills_of_somebody_who_is_not_in_the_directory_create_nobody(engineer_id: str) -> None:
    engineers.enter(GINA)

    with pytest.raises(NotFound):
        engineers.set_skills(ACME, engineer_id, ["VPN"])

    assert (EngineerRow.count(ACME), directory(GLOBEX)) == (0, [entry(GINA)])


def test_reading_notifications_enters_nobody_into_the_directory() -> None:
    engineers.mark_notifications_read(JANE, minute(5))

    with pytest.raises(NotFound):
        engineers.set_skills(ACME, JANE.id, ["VPN"])
    assert directory() == []


def test_reader_of_notifications_is_entered_later() -> None:
    engineers.mark_notifications_read(JANE, minute(5))

    engineers.enter(JANE)

    assert directory() == [entry(JANE)]
    assert engineers.read_marks(JANE).up_to == minute(5)


def test_notifications_are_unread_until_first_read() -> None:
    assert engineers.read_marks(JANE).up_to is None

    engineers.enter(JANE)
    assert engineers.read_marks(JANE).up_to is None


def test_notifications_stay_read_up_to_the_latest_time() -> None:
    for count in (5, 9, 7):
        engineers.mark_notifications_read(JANE, minute(count))

    assert engineers.read_marks(JANE).up_to == minute(9)


def test_notifications_read_are_kept_per_account() -> None:
    engineers.mark_notifications_read(JANE, minute(5))

    assert engineers.read_marks(a_caller("Jane", account_id=GLOBEX)).up_to is None


def test_what_was_opened_is_kept_with_the_time_of_the_last_opening() -> None:
    engineers.mark_opened(JANE, "one", minute(1))
    engineers.mark_opened(JANE, "two", minute(2))
    engineers.mark_opened(JANE, "one", minute(3))

    assert engineers.read_marks(JANE).opened == {"one": minute(3), "two": minute(2)}


def test_of_much_that_was_opened_the_last_two_hundred_are_kept() -> None:
    EngineerRow(ACME, JANE.id).update(
        [EngineerRow.opened_since.set([f"{format_instant(minute(number))}#{number}" for number in range(200)])]
    )

    engineers.mark_opened(JANE, "newest", minute(300))

    opened = engineers.read_marks(JANE).opened
    assert (len(opened), "0" in opened, "1" in opened, opened["newest"]) == (200, False, True, minute(300))


def test_what_was_opened_before_everything_was_read_is_forgotten() -> None:
    engineers.mark_opened(JANE, "old", minute(1))
    engineers.mark_notifications_read(JANE, minute(5))

    engineers.mark_opened(JANE, "new", minute(6))

    assert set(engineers.read_marks(JANE).opened) == {"new"}


def test_two_openings_at_once_are_both_kept(recorder: Recorder) -> None:
    engineers.mark_opened(JANE, "first", minute(1))
    recorder.tamper("UpdateItem", meanwhile(lambda: engineers.mark_opened(JANE, "second", minute(2))))

    engineers.mark_opened(JANE, "third", minute(3))

    assert set(engineers.read_marks(JANE).opened) == {"first", "second", "third"}


def test_directory_is_listed_part_by_part() -> None:
    for caller in (JANE, JOE, SAM, ALEX, OLGA, GINA):
        engineers.enter(caller)

    first = engineers.list_all(ACME, PageRequest(3))
    second = engineers.list_all(ACME, PageRequest(3, first.next_cursor))

    assert [*first.items, *second.items] == sorted(directory(), key=lambda engineer: engineer.id)
    assert len(directory()) == 5
    assert second.next_cursor is None


def test_reader_of_notifications_takes_no_place_in_a_page() -> None:
    for name in ("Aa", "Ab", "Ac"):
        engineers.mark_notifications_read(a_caller(name), minute(5))
    engineers.enter(JANE)

    assert engineers.list_all(ACME, PageRequest(1)).items == [entry(JANE)]


@pytest.mark.parametrize("cursor", ["x", encode_cursor(1), encode_cursor(None), encode_cursor("a", "b")])
def test_forged_cursor_is_refused(cursor: str) -> None:
    with pytest.raises(InvalidRequest):
        engineers.list_all(ACME, PageRequest(25, cursor))


def test_entry_that_runs_into_a_transaction_is_written_again(recorder: Recorder) -> None:
    recorder.tamper("UpdateItem", conflict("UpdateItem"))

    engineers.enter(JANE)

    assert directory() == [entry(JANE)]
