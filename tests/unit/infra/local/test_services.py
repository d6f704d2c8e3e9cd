import os
import sys
from pathlib import Path

import pytest

from infra.local.services import (
    LocalTrouble,
    Service,
    Services,
    discard,
    hold_pid_file,
    is_running,
    start,
    stop_all,
    wait_until,
)

WAITS = "import signal; signal.pause()"
WAITS_WITH_A_CHILD = (
    f"import subprocess, sys; print(subprocess.Popen([sys.executable, '-c', {WAITS!r}]).pid, flush=True); "
)
DIES = "raise SystemExit('the disk is full')"


def python(code: str, name: str = "worker") -> Service:
    return Service(name, [sys.executable, "-c", code], os.environ, stop_timeout_s=10)


def has_ended(pid: int) -> bool:
    try:
        state = Path(f"/proc/{pid}/stat").read_text().rpartition(")")[2].split()[0]
    except FileNotFoundError:
        return True
    return state == "Z"  # a zombie has ended; that nobody has collected it yet is not our doing


def test_leaving_stops_a_service_and_what_it_started(tmp_path: Path) -> None:
    log = tmp_path / "logs" / "worker.log"
    with Services(tmp_path) as services:
        services.start(python(WAITS_WITH_A_CHILD + WAITS))
        services.wait_until(lambda: log.read_text().endswith("\n"), "the child")
        child = int(log.read_text())

    assert not is_running(tmp_path, "worker")
    wait_until(lambda: has_ended(child), "the child's end", timeout_s=60)


def test_service_that_dies_is_named_with_the_end_of_its_log(tmp_path: Path) -> None:
    with Services(tmp_path) as services:
        services.start(python(DIES))

        with pytest.raises(LocalTrouble, match=r"(?s)worker stopped by itself \(exit code 1\).*the disk is full"):
            services.wait_until(lambda: False, "the worker")


def test_service_left_by_a_killed_supervisor_is_found_and_stopped(tmp_path: Path) -> None:
    orphan = start(python(WAITS), tmp_path)

    stop_all(tmp_path)

    assert orphan.wait(timeout=10) != 0
    assert not is_running(tmp_path, "worker")


def test_stale_pid_file_is_nobodys(tmp_path: Path) -> None:
    pid_file = tmp_path / "run" / "worker.pid"
    pid_file.parent.mkdir()
    pid_file.write_text(str(os.getpid()))

    stop_all(tmp_path)

    assert not is_running(tmp_path, "worker")


def test_second_start_in_the_same_folder_is_refused(tmp_path: Path) -> None:
    with hold_pid_file(tmp_path, "supervisor"), pytest.raises(LocalTrouble, match="running already"):
        hold_pid_file(tmp_path, "supervisor")


def test_discarded_folder_is_gone_at_once_and_then_from_the_disk(tmp_path: Path) -> None:
    (tmp_path / "scratch" / "inner").mkdir(parents=True)

    discard(tmp_path / "scratch")

    assert not (tmp_path / "scratch").exists()
    wait_until(lambda: not list(tmp_path.iterdir()), "an empty folder", timeout_s=10)
