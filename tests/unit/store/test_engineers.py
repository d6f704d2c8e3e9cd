import pytest

from chalicelib.domain.errors import InvalidRequest, NotFound
from chalicelib.domain.pagination import PageRequest
from chalicelib.domain.people import Caller, Engineer, Role
from chalicelib.store import engineers
from chalicelib.store.cursors import encode_cursor
from chalicelib.store.rows.engineers import EngineerRow
from tests.support.builders import ACME, ALEX, GINA, GLOBEX, JANE, JOE, OLGA, SAM, a_caller, minute
from tests.support.dynamodb.recorder import Recorder

pytestmark = pytest.mark.usefixtures("tables")

ALL = PageRequest(100)


def entry(caller: Caller, *skills: str) -> Engineer:
    """The caller's entry of the directory."""
    return Engineer(id=caller.id, name=caller.name, email=caller.email, role=caller.role, skills=skills)


def directory(account_id: str = ACME) -> list[Engineer]:
    return engineers.list_all(account_id, ALL).items


def test_whoever_comes_for_the_first_time_is_entered() -> None:
    assert engineers.enter(JANE) == entry(JANE)

    assert directory() == [entry(JANE)]


def test_whoever_is_known_is_only_read(recorder: Recorder) -> None:
    engineers.enter(JANE)
    recorder.exchanges.clear()

    engineers.enter(JANE)

    assert recorder.operations == ["GetItem"]


@pytest.mark.parametrize(
    "changes", [{"name": "Jane Roe"}, {"email": "roe@acme.example"}, {"role": Role.SENIOR}], ids=str
)
def test_what_the_token_says_anew_is_entered(changes: dict[str, object]) -> None:
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


def test_all_skills_can_be_taken_away() -> None:
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


def test_reading_the_bell_enters_nobody_into_the_directory() -> None:
    engineers.mark_notifications_read(JANE, minute(5))

    with pytest.raises(NotFound):
        engineers.set_skills(ACME, JANE.id, ["VPN"])
    assert directory() == []


def test_whoever_read_the_bell_before_is_entered_all_the_same() -> None:
    engineers.mark_notifications_read(JANE, minute(5))

    engineers.enter(JANE)

    assert directory() == [entry(JANE)]
    assert engineers.notifications_read_up_to(JANE) == minute(5)


def test_the_bell_of_whoever_never_read_it_is_unread() -> None:
    assert engineers.notifications_read_up_to(JANE) is None

    engineers.enter(JANE)
    assert engineers.notifications_read_up_to(JANE) is None


def test_the_bell_stays_read_up_to_the_latest_time_told() -> None:
    for count in (5, 9, 7):
        engineers.mark_notifications_read(JANE, minute(count))

    assert engineers.notifications_read_up_to(JANE) == minute(9)


def test_the_same_person_in_another_account_has_another_bell() -> None:
    engineers.mark_notifications_read(JANE, minute(5))

    assert engineers.notifications_read_up_to(a_caller("Jane", account_id=GLOBEX)) is None


def test_the_directory_is_listed_part_by_part() -> None:
    for caller in (JANE, JOE, SAM, ALEX, OLGA, GINA):
        engineers.enter(caller)

    first = engineers.list_all(ACME, PageRequest(3))
    second = engineers.list_all(ACME, PageRequest(3, first.next_cursor))

    assert [*first.items, *second.items] == sorted(directory(), key=lambda engineer: engineer.id)
    assert len(directory()) == 5
    assert second.next_cursor is None


def test_whoever_only_read_the_bell_takes_no_place_in_a_part() -> None:
    for name in ("Aa", "Ab", "Ac"):
        engineers.mark_notifications_read(a_caller(name), minute(5))
    engineers.enter(JANE)

    assert engineers.list_all(ACME, PageRequest(1)).items == [entry(JANE)]


@pytest.mark.parametrize("cursor", ["x", encode_cursor(1), encode_cursor(None), encode_cursor("a", "b")])
def test_a_forged_cursor_is_refused(cursor: str) -> None:
    with pytest.raises(InvalidRequest):
        engineers.list_all(ACME, PageRequest(25, cursor))
