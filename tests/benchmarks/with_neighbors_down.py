"""How soon the deployed webhook route answers while the PSA hangs and the AI fails, and while both are well."""

import time

import httpx2

from infra.local.demo.psa_link import WEBHOOK_SECRET, link_psa
from infra.local.deployed import DeployedStack
from infra.local.psa_sandbox.faults import PsaFault
from infra.local.psa_sandbox.ticket_store import Ticket, now
from infra.local.psa_sandbox.webhooks import Hook, autotask_delivery
from infra.local.rehearsal_model.faults import Fault
from infra.local.site import Site
from tests.benchmarks.paired import Pair, in_ms
from tests.benchmarks.table import Row
from tests.support.scenarios.http import a_handoff
from tests.support.stack.psa_control import Sandbox
from tests.support.stack.rehearsal_switch import RehearsalSwitch

ROUNDS = 4
DELIVERIES = 25
BUDGET = 1.25
SLOW = PsaFault(kind="slow", delay_s=25)
"""Longer than any call to a PSA is waited for."""


def rows(stack: DeployedStack, site: Site) -> list[Row]:
    """Some rounds of both, in turns."""
    link_psa(stack, site)
    sandbox, rehearsal = Sandbox(site.psa_url), RehearsalSwitch(site.rehearsal_url)
    opened = sandbox.open_ticket("autotask", "Everything is slow")
    ticket = Ticket(opened["id"], opened["number"], opened["summary"], now())
    hook = Hook(f"{stack.api_url}/webhooks/acme/autotask", WEBHOOK_SECRET)
    down, up = list[float](), list[float]()
    with stack.api("jane") as jane:
        _deliver_many(hook, ticket)  # the functions are warm after this
        for _ in range(ROUNDS):
            up += _deliver_many(hook, ticket)
            with sandbox.showing(SLOW), rehearsal.showing(Fault(kind="500")):
                a_handoff(jane)
                down += _deliver_many(hook, ticket)
    pair = Pair(down, up)
    what = "a webhook while the PSA hangs and the AI fails, against both well"
    return [Row(what, in_ms(down), in_ms(up), pair.ratio, pair.n, BUDGET)]


def _deliver_many(hook: Hook, ticket: Ticket) -> list[float]:
    taken = []
    for _ in range(DELIVERIES):
        delivery = autotask_delivery(hook, ticket)
        began = time.perf_counter()
        answer = httpx2.post(delivery.url, content=delivery.body, headers=delivery.headers, timeout=60)
        taken.append(time.perf_counter() - began)
        if answer.status_code != 202:
            raise RuntimeError(f"the route answered {answer.status_code} {answer.text}")
    return taken
