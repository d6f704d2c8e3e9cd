"""The processes of a local stack: started in groups of their own, watched, and stopped together.

Each process inherits a lock on its pid file, so the file tells the truth after any crash: as long
as it is locked that very process lives, and once it is not, the number in it belongs to nobody.
"""

import contextlib
import fcntl
import os
import signal
import subprocess
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from pathlib import Path
from types import TracebackType
from typing import IO, Self
from uuid import uuid4

import httpx2

from infra.local.polling import attempts


class LocalTrouble(Exception):
    """A problem that a developer has to solve; the message says how."""


@dataclass(frozen=True)
class Service:
    """What to run, how long it may take to leave when asked to, and the folder that nobody needs after that."""

    name: str
    command: list[str]
    environment: Mapping[str, str]
    stop_timeout_s: float = 30
    scratch: Path | None = None


class Services:
    """Runs services and, on exit, stops them in the reverse order of their start."""

    def __init__(self, home: Path) -> None:
        self._home = home
        self._running: list[tuple[Service, subprocess.Popen[bytes]]] = []
        self._stops = contextlib.ExitStack()

    def __enter__(self) -> Self:
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        self._stops.__exit__(kind, error, trace)

    def start(self, service: Service) -> None:
        """Start the service, to be stopped on exit."""
        process = start(service, self._home)
        self._running.append((service, process))
        if service.scratch:
            self._stops.callback(discard, service.scratch)
        self._stops.callback(_stop, process.pid, lambda: process.poll() is None, service.stop_timeout_s)

    def wait_until(self, is_ready: Callable[[], bool], what: str, timeout_s: float = 60) -> None:
        """Return once `is_ready()`; raises LocalTrouble when a service dies first or time runs out."""
        wait_until(is_ready, what, timeout_s, meanwhile=self.require_alive)

    def require_alive(self) -> None:
        """Raise LocalTrouble, with the end of its log, when a service has died."""
        for service, process in self._running:
            if (code := process.poll()) is not None:
                raise LocalTrouble(
                    f"{service.name} stopped by itself (exit code {code}). "
                    f"Its log, {log_path(self._home, service.name)}, ends:\n{_tail(self._home, service.name)}"
                )


def wait_until(
    is_ready: Callable[[], bool], what: str, timeout_s: float, meanwhile: Callable[[], None] = lambda: None
) -> None:
    """Return once `is_ready()`; raises LocalTrouble, speaking of `what`, when time runs out."""
    for _ in attempts(timeout_s):
        if is_ready():
            return
        meanwhile()
    raise LocalTrouble(f"{what}: not there within {timeout_s:.0f} s")


def start(service: Service, home: Path) -> subprocess.Popen[bytes]:
    """Starts the service in a session of its own; raises LocalTrouble when it runs already."""
    log = log_path(home, service.name)
    log.parent.mkdir(parents=True, exist_ok=True)
    with hold_pid_file(home, service.name) as pid_file, log.open("ab") as log_file:
        process = subprocess.Popen(
            service.command,
            env=service.environment,
            stdin=subprocess.DEVNULL,
            stdout=log_file,
            stderr=subprocess.STDOUT,
            start_new_session=True,
            pass_fds=[pid_file.fileno()],
        )
        _write_pid(pid_file, process.pid)
    return process


def hold_pid_file(home: Path, name: str) -> IO[bytes]:
    """The named pid file, locked for as long as it stays open in this process or a child.

    It carries this process's id. Raises LocalTrouble when somebody else holds it.
    """
    path = home / "run" / f"{name}.pid"
    path.parent.mkdir(parents=True, exist_ok=True)
    pid_file = path.open("a+b")
    if not _lock(pid_file.fileno()):
        pid_file.close()
        raise LocalTrouble(f"the {name} is running already (pid {path.read_text()}); `make down` stops it")
    _write_pid(pid_file, os.getpid())
    return pid_file


def _write_pid(pid_file: IO[bytes], pid: int) -> None:
    pid_file.truncate(0)
    pid_file.write(str(pid).encode())
    pid_file.flush()


def answers(url: str) -> bool:
    """Whether an HTTP server is there and content."""
    try:
        return httpx2.get(url, timeout=2).is_success
    except httpx2.TransportError:
        return False


def is_running(home: Path, name: str) -> bool:
    """Whether the process that the pid file speaks of lives."""
    return _living_pid(home / "run" / f"{name}.pid") is not None


def stop(home: Path, name: str, timeout_s: float) -> None:
    """Stops the named service and its whole process group, no matter which command started it."""
    path = home / "run" / f"{name}.pid"
    if pid := _living_pid(path):
        _stop(pid, lambda: _living_pid(path) is not None, timeout_s)


def stop_all(home: Path, timeout_s: float = 30) -> None:
    """Stops every service of this home that is left, also those whose supervisor was killed."""
    for path in sorted((home / "run").glob("*.pid")):
        stop(home, path.stem, timeout_s)


def discard(path: Path) -> None:
    """Have the file or folder gone from its name at once, and from the disk when the disk gets to it.

    The emulator's scratch holds tens of thousands of files; on a busy disk their end takes longer than anyone waits.
    """
    condemned = path.rename(path.with_name(f".discarded-{path.name}-{uuid4().hex}"))
    os.posix_spawnp("rm", ["rm", "-rf", str(condemned)], {}, setpgroup=0)  # outlives the command that stops us


def log_path(home: Path, name: str) -> Path:
    """Where the named service's output goes."""
    return home / "logs" / f"{name}.log"


def _tail(home: Path, name: str, lines: int = 12) -> str:
    return "\n".join(log_path(home, name).read_text(errors="replace").splitlines()[-lines:])


def _lock(descriptor: int) -> bool:
    try:
        fcntl.flock(descriptor, fcntl.LOCK_EX | fcntl.LOCK_NB)
    except BlockingIOError:
        return False
    return True


def _living_pid(path: Path) -> int | None:
    if not path.exists():
        return None
    with path.open("r+b") as pid_file:
        return None if _lock(pid_file.fileno()) else int(pid_file.read())


def _stop(pid: int, is_alive: Callable[[], bool], timeout_s: float) -> None:
    """Asks the leader to leave, since it may have state to save; then ends what is left of its group."""
    if is_alive():
        os.kill(pid, signal.SIGTERM)
    for _ in attempts(timeout_s):
        if not is_alive():
            break
    with contextlib.suppress(ProcessLookupError):  # nothing of the group is left, which is what is wanted
        os.killpg(pid, signal.SIGKILL)
