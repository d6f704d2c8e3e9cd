import asyncio
import threading

import pytest

from chalicelib.adapters.deadline import within


async def the_thread() -> str:
    return threading.current_thread().name


def test_work_in_time_gives_its_result() -> None:
    assert within(5, asyncio.sleep(0, "done")) == "done"


def test_deadline_passes_on_what_the_work_raises() -> None:
    async def fail() -> None:
        raise LookupError("nothing here")

    with pytest.raises(LookupError, match="nothing here"):
        within(5, fail())


def test_late_work_is_cancelled() -> None:
    cancelled = threading.Event()

    async def linger() -> None:
        try:
            await asyncio.sleep(60)
        except asyncio.CancelledError:
            cancelled.set()
            raise

    with pytest.raises(TimeoutError):
        within(0.05, linger())

    assert cancelled.wait(60)


def test_work_that_blocks_its_thread_is_left_too() -> None:
    release = threading.Event()

    with pytest.raises(TimeoutError):
        within(0.05, asyncio.to_thread(release.wait, 60))

    release.set()


def test_deadline_without_time_left_has_passed() -> None:
    with pytest.raises(TimeoutError):
        within(-1, asyncio.sleep(60))


@pytest.mark.parametrize("deadline_s", [0, -1])
def test_call_is_not_begun_without_time_left(deadline_s: float) -> None:
    begun = []

    async def begin() -> None:
        begun.append(True)

    for _ in range(300):
        with pytest.raises(TimeoutError):
            within(deadline_s, begin())
    within(5, asyncio.sleep(0))  # what was put on the loop before has run by now

    assert begun == []


def test_all_work_shares_one_thread_that_keeps_nothing_alive() -> None:
    names = {within(5, the_thread()) for _ in range(3)}

    threads = [thread for thread in threading.enumerate() if thread.name in names]
    assert len(threads) == 1
    assert threads[0].daemon
