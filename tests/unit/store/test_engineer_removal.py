"""Removing people from the directory and their coming back, beside others who write the same row."""

import pytest
from pynamodb.exceptions import PynamoDBException

from chalicelib.actions.people.remove_engineer import remove_engineer
from chalicelib.actions.people.save_device import add_device
from chalicelib.contracts.devices import DeviceRequest
from chalicelib.domain.deliveries.device import Devices
from chalicelib.domain.errors import RemovedFromDirectory, Unavailable
from chalicelib.domain.people import Caller, Departure
from chalicelib.store import departures, devices, engineers
from tests.support.builders import ACME, ALEX, JANE, OLGA, SAM, minute
from tests.support.dynamodb.faults import as_sent, conflict, lose_answer, meanwhile, time_out
from tests.support.dynamodb.recorder import Recorder
from tests.support.push import SUBSCRIPTION

pytestmark = pytest.mark.usefixtures("tables")

REMOVED_AT = minute(10)


@pytest.fixture(autouse=True)
def people(tables: None) -> None:
    for one in (SAM, ALEX):
        engineers.enter(one)


def remove(who: Caller = SAM, at_minute: int = 10) -> None:
    remove_engineer(who.id, by=OLGA, at=minute(at_minute))


def signed_in(at_minute: int, who: Caller = SAM) -> Caller:
    return who.model_copy(update={"signed_in_at": minute(at_minute)})


def directory() -> list[str]:
    return [one.id for one in engineers.read_all(ACME)]


def subscribe(who: Caller) -> None:
    add_device(DeviceRequest.model_validate({"name": "Phone", **SUBSCRIPTION}), by=who, at=minute(0))


def test_name_and_time_are_kept_of_who_was_removed() -> None:
    remove()

    assert departures.find(ACME, SAM.id) == Departure(name="Sam", removed_at=REMOVED_AT)
    assert departures.read_all(ACME) == {SAM.id: Departure(name="Sam", removed_at=REMOVED_AT)}
    assert departures.read_names(ACME) == {ALEX.id: "Alex", SAM.id: "Sam (removed)"}
    assert directory() == [ALEX.id]


def test_removing_again_keeps_the_first_time() -> None:
    remove()
    remove(at_minute=30)

    assert departures.find(ACME, SAM.id) == Departure(name="Sam", removed_at=REMOVED_AT)


@pytest.mark.parametrize("fault", [lose_answer, conflict("TransactWriteItems")])
def test_removal_survives_a_lost_answer_and_a_conflict(recorder: Recorder, fault: object) -> None:
    recorder.tamper("TransactWriteItems", fault)  # type: ignore[arg-type]

    remove()

    assert directory() == [ALEX.id]


def test_removal_that_died_before_its_sockets_were_forgotten_is_finished_by_the_next(recorder: Recorder) -> None:
    recorder.tamper("Query", time_out, time_out, time_out)
    with pytest.raises(PynamoDBException):
        remove()
    recorder.forget()

    remove()

    assert ("Query" in recorder.operations, directory()) == (True, [ALEX.id])


def test_person_who_gets_another_name_meanwhile_is_removed_under_that(recorder: Recorder) -> None:
    renamed = SAM.model_copy(update={"name": "Samuel"})
    recorder.tamper("TransactWriteItems", meanwhile(lambda: engineers.enter(renamed)))

    remove()

    assert departures.find(ACME, SAM.id) == Departure(name="Samuel", removed_at=REMOVED_AT)


def test_removal_of_somebody_whose_name_changes_all_the_time_is_given_up(recorder: Recorder) -> None:
    for number in range(5):
        renamed = SAM.model_copy(update={"name": f"Sam {number}"})
        recorder.tamper("TransactWriteItems", meanwhile(lambda who=renamed: engineers.enter(who)))  # type: ignore[misc]

    with pytest.raises(Unavailable):
        remove()

    assert SAM.id in directory()


def test_entry_under_way_does_not_undo_a_removal(recorder: Recorder) -> None:
    promoted = signed_in(5).model_copy(update={"name": "Samuel"})
    recorder.tamper("UpdateItem", meanwhile(remove))

    with pytest.raises(RemovedFromDirectory):
        engineers.enter(promoted)

    assert directory() == [ALEX.id]


@pytest.mark.parametrize(("at_minute", "comes_back"), [(9, False), (10, False), (11, True)])
def test_person_comes_back_by_a_sign_in_after_the_removal_alone(at_minute: int, comes_back: bool) -> None:  # noqa: FBT001
    remove()

    if comes_back:
        assert engineers.enter(signed_in(at_minute)).skills == ()
    else:
        with pytest.raises(RemovedFromDirectory):
            engineers.enter(signed_in(at_minute))

    assert (SAM.id in directory(), departures.find(ACME, SAM.id) is None) == (comes_back, comes_back)


def test_caller_of_whom_no_sign_in_is_known_does_not_come_back() -> None:
    remove()

    with pytest.raises(RemovedFromDirectory):
        engineers.enter(SAM)


def test_person_can_be_removed_again_after_coming_back() -> None:
    remove()
    engineers.enter(signed_in(11))

    remove(at_minute=20)

    with pytest.raises(RemovedFromDirectory):
        engineers.enter(signed_in(11))


def test_entry_under_way_does_not_undo_a_second_removal(recorder: Recorder) -> None:
    def come_back_and_be_removed() -> None:
        engineers.enter(signed_in(12))
        remove(at_minute=20)

    remove()
    recorder.tamper("UpdateItem", meanwhile(come_back_and_be_removed))

    with pytest.raises(RemovedFromDirectory):
        engineers.enter(signed_in(11))

    assert directory() == [ALEX.id]


def test_device_added_during_the_removal_is_gone_once_its_person_comes_back(recorder: Recorder) -> None:
    recorder.tamper("PutItem", meanwhile(remove))
    subscribe(SAM)
    late = devices.load(ACME, SAM.id)

    engineers.enter(signed_in(11))

    assert (len(late.items), devices.load(ACME, SAM.id)) == (1, Devices())


def test_reads_that_are_not_about_the_directory_need_no_entry(recorder: Recorder) -> None:
    remove()
    recorder.tamper("UpdateItem", as_sent)

    engineers.mark_opened(SAM, "a-handoff", minute(12))

    assert (directory(), departures.find(ACME, SAM.id) is not None) == ([ALEX.id], True)
    assert engineers.find(ACME, JANE.id) is None
