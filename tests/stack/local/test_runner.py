"""`make up` as a newcomer meets it, in a folder and on ports of its own."""

import json
import os
import subprocess
import sys
from collections.abc import Iterator
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import httpx2
import pytest

from infra.local.bring_up import WEB, is_page_built
from infra.local.clock import run_clock
from infra.local.demo.cases import CASES, PRINTER, VPN
from infra.local.demo.clock_cases import DIRECTED, OVERDUE, QUIET, WAITING
from infra.local.demo.seed import play
from infra.local.deployed import DeployedStack, emulator_session
from infra.local.services import wait_until
from infra.local.site import ROOT, Site, site_of_its_own
from tests.support.stack.queues import delayed_in, send_without_delay

FIRST_REQUESTS = 25


@dataclass(frozen=True)
class Newcomer:
    """Somebody who types commands."""

    site: Site

    def types(self, command: str) -> "subprocess.CompletedProcess[str]":
        settings = {
            "FLOWPILOT_HOME": str(self.site.home),
            "FLOWPILOT_EMULATOR_PORT": str(self.site.emulator_port),
            "FLOWPILOT_REHEARSAL_PORT": str(self.site.rehearsal_port),
            "FLOWPILOT_WEB_PORT": str(self.site.web_port),
            "FLOWPILOT_PSA_PORT": str(self.site.psa_port),
            "FLOWPILOT_POST_OFFICE_PORT": str(self.site.post_office_port),
            "FLOWPILOT_MAIL_PORT": str(self.site.mail_port),
            "AI_PROVIDER": "rehearsal",
            "AWS_ENDPOINT_URL": "",
        }
        command_line = [sys.executable, "-m", "infra.local", command]
        return subprocess.run(  # noqa: S603 - our own interpreter, our own words
            command_line, cwd=ROOT, env={**os.environ, **settings}, capture_output=True, text=True, check=False
        )


@pytest.fixture(scope="module")
def page() -> None:
    """Have the page built, as `make up` has it before it starts anything; a runner without a page serves none."""
    if not is_page_built():
        subprocess.run(["npm", "--prefix", str(WEB), "run", "build"], check=True)  # noqa: S603, S607


@pytest.fixture(scope="module")
def newcomer(page: None, tmp_path_factory: pytest.TempPathFactory) -> Iterator[Newcomer]:
    newcomer = Newcomer(site_of_its_own(tmp_path_factory.mktemp("newcomer")))
    started = newcomer.types("up")
    assert started.returncode == 0, started.stderr
    yield newcomer
    newcomer.types("clean")


@pytest.fixture
def stack_of(newcomer: Newcomer) -> DeployedStack:
    return DeployedStack.read(newcomer.site.stack_file)


def test_stack_file_says_where_things_are_and_who_can_sign_in(newcomer: Newcomer) -> None:
    told = json.loads(newcomer.site.stack_file.read_text())

    assert told.keys() == {
        "web_url", "api_url", "ws_url", "issuer", "jwks_url", "user_pool_id", "client_id", "endpoint_url", "region",
        "post_office_url", "users",
    }  # fmt: skip
    assert {user["email"] for user in told["users"]} >= {"jane@acme.example", "sam@acme.example", "hank@globex.example"}
    assert told["users"][0].keys() == {"email", "password", "role", "account_id", "name"}


def test_page_and_api_share_an_origin(newcomer: Newcomer, stack_of: DeployedStack) -> None:
    answer = httpx2.get(f"{stack_of.web_url}/api/me", headers={"Authorization": f"Bearer {stack_of.token('jane')}"})

    assert answer.json()["account_id"] == "acme"


def test_seniors_find_four_escalations_waiting(stack_of: DeployedStack) -> None:
    with stack_of.api("alex") as alex:
        waiting = alex.get("/escalations")["items"]

    found = [(item["psa_ticket_id"], item["priority"]) for item in waiting if item["psa_ticket_id"] != QUIET.ticket]
    assert found == [
        (OVERDUE.ticket, "high"),
        (VPN.ticket, "high"),
        (DIRECTED.ticket, "normal"),
        (PRINTER.ticket, "normal"),
    ]


def test_directed_and_waiting_cases_are_there_from_the_start(stack_of: DeployedStack) -> None:
    with stack_of.api("sam") as sam:
        directed = next(item for item in sam.get("/escalations")["items"] if item["psa_ticket_id"] == DIRECTED.ticket)
        held = next(item for item in sam.get("/sessions")["items"] if item["psa_ticket_id"] == WAITING.ticket)
        waiting = sam.get(f"/sessions/{held['id']}/handoffs")["items"][0]["waiting"]

    assert directed["to"]["name"] == "Sam Rivera"
    assert WAITING.handoff
    assert waiting["reason"] == WAITING.handoff.waits_for


def test_second_seed_changes_nothing(newcomer: Newcomer, stack_of: DeployedStack) -> None:
    wait_until_settled(stack_of)
    before, handoffs = everything_stored(stack_of), handoff_ids(stack_of)

    for case in CASES:
        play(case, stack_of)

    assert everything_stored(stack_of) == before
    assert handoff_ids(stack_of) == handoffs


def test_second_up_says_that_it_is_up(newcomer: Newcomer) -> None:
    refused = newcomer.types("up")

    assert refused.returncode == 1
    assert "it is up already" in refused.stderr


def test_data_survives_a_restart_and_nothing_runs_in_between(newcomer: Newcomer, stack_of: DeployedStack) -> None:
    wait_until_settled(stack_of)
    before = everything_stored(stack_of)

    newcomer.types("down")
    wait_until(lambda: not processes_of(newcomer.site), "the end of every process", timeout_s=60)
    restarted = newcomer.types("up")

    assert processes_of(newcomer.site)
    assert restarted.returncode == 0, restarted.stderr
    assert everything_stored(DeployedStack.read(newcomer.site.stack_file)) == before


def test_many_first_requests_at_once_are_answered_by_workers_that_share_their_code(
    newcomer: Newcomer, stack_of: DeployedStack
) -> None:
    with ThreadPoolExecutor(FIRST_REQUESTS) as pool:
        statuses = list(pool.map(lambda _: status_of_me(stack_of), range(FIRST_REQUESTS)))

    own_files = {folder.name: bytes_in(folder) for folder in (newcomer.site.home / "tmp").glob("ministack-lambda-*")}
    assert statuses == [200] * FIRST_REQUESTS
    assert len(own_files) > 1
    assert max(own_files.values()) < 5_000_000


@pytest.fixture(scope="module")
def demo(newcomer: Newcomer) -> "subprocess.CompletedProcess[str]":
    return newcomer.types("demo")


def test_demo_walks_from_one_winner_to_the_notes_on_the_ticket(demo: "subprocess.CompletedProcess[str]") -> None:
    assert demo.returncode == 0, demo.stdout + demo.stderr
    assert demo.stdout.count("presses Start here and wins:") == 1
    assert demo.stdout.count("409 already_claimed:") == 1
    assert "(handoff_resolved)" in demo.stdout
    assert demo.stdout.count("has a new internal note:") == 3


def test_demo_tells_what_arrived_and_what_time_did(demo: "subprocess.CompletedProcess[str]") -> None:
    assert demo.returncode == 0, demo.stdout + demo.stderr
    assert demo.stdout.count("409 directed_elsewhere:") == 1
    for told in (" to Sam's phone: Escalation", "silently", " to Jane Cooper: Picked up", "in the channel: Picked up"):
        assert told in demo.stdout
    assert ": shown\n" in demo.stdout
    assert " by SMS: " in demo.stdout
    told_of_cases = demo.stdout.partition(OVERDUE.ticket)[2]
    assert all(told in told_of_cases for told in (" | Overdue", " | Directed to Sam", " | Sam Rivera waits"))


def status_of_me(stack: DeployedStack) -> int:
    headers = {"Authorization": f"Bearer {stack.token('jane')}"}
    return httpx2.get(f"{stack.api_url}/me", headers=headers, timeout=60).status_code


def bytes_in(folder: Path) -> int:
    return sum(path.stat().st_size for path in folder.rglob("*") if path.is_file())


def processes_of(site: Site) -> list[str]:
    """Of the site's services and of what they started: all of them inherit the site's folder as a setting."""
    mark = f"FLOWPILOT_HOME={site.home}".encode()
    return [path.parent.name for path in Path("/proc").glob("[0-9]*/environ") if mark in read_if_there(path)]


def read_if_there(path: Path) -> bytes:
    try:
        return path.read_bytes()
    except OSError:
        return b""  # it ended while we looked, or is somebody else's


def wait_until_settled(stack: DeployedStack) -> None:
    """What follows by itself would be mistaken for a change of the second seed's making."""
    run_clock(stack)  # its first look at each ladder, due at once
    copied: set[str] = set()

    def look() -> bool:
        claims = [one for one in delayed_in(stack, "psa-claims") if one["MessageId"] not in copied]
        send_without_delay(stack, "psa-claims", claims)
        copied.update(one["MessageId"] for one in claims)
        return is_settled(everything_stored(stack))

    wait_until(look, "all that follows by itself", timeout_s=90)


def is_settled(stored: dict[str, list[dict[str, Any]]]) -> bool:
    linked = {item["session_id"].removesuffix("#detail") for item in stored["sessions"] if "integration_id" in item}
    return all(
        "assessment_outcome" in handoff
        and not (handoff["status"] == "unclaimed" and handoff.get("is_level_assumed"))
        and notes_sent(stored, handoff) == (session_of(handoff) in linked) * notes_due(handoff)
        for handoff in stored["handoffs"]
    )


def notes_due(handoff: dict[str, Any]) -> int:
    """One that it was handed off, one that it was claimed."""
    return 1 + ("claimed_at" in handoff)


def notes_sent(stored: dict[str, list[dict[str, Any]]], handoff: dict[str, Any]) -> int:
    place = (f"{handoff['account_id']}#{handoff['handoff_id']}", "part#ticket_notes")
    ledgers = [part["ledger"] for part in stored["handoff_parts"] if (part["handoff_key"], part["part"]) == place]
    return sum(note["status"] == "sent" for ledger in ledgers for note in ledger["notes"])


def everything_stored(stack: DeployedStack) -> dict[str, list[dict[str, Any]]]:
    tables = emulator_session().resource("dynamodb", endpoint_url=stack.endpoint_url)
    names = ("sessions", "turns", "handoffs", "handoff_parts")
    stored = {name: tables.Table(f"flowpilot-local-{name}").scan()["Items"] for name in names}
    # kept events follow a change by way of the stream, some time later
    stored["handoff_parts"] = [part for part in stored["handoff_parts"] if not str(part["part"]).startswith("event#")]
    moving = moved_by_the_clock(stored)
    return {
        name: sorted((item for item in items if not any(one in repr(item) for one in moving)), key=repr)
        for name, items in stored.items()
    }


def moved_by_the_clock(stored: dict[str, list[dict[str, Any]]]) -> set[str]:
    """The ids of sessions and handoffs that change by themselves, a minute or two after the start."""
    tickets = {OVERDUE.ticket, QUIET.ticket}
    moving = {
        item["session_id"].partition("#")[0] for item in stored["sessions"] if item.get("psa_ticket_id") in tickets
    }
    assert len(moving) == len(tickets)
    return moving | {item["handoff_id"] for item in stored["handoffs"] if session_of(item) in moving}


def session_of(handoff: dict[str, Any]) -> str:
    """The session of a handoff's row."""
    return str(handoff["session_key"].rpartition("#")[2])


def handoff_ids(stack: DeployedStack) -> set[str]:
    table = emulator_session().resource("dynamodb", endpoint_url=stack.endpoint_url).Table("flowpilot-local-handoffs")
    return {str(item["handoff_id"]) for item in table.scan()["Items"]}
