"""The demo's cases that time passes for, and the policy of minutes that it passes by. They are played first."""

from typing import Any

from infra.local.demo.case import Case, HandOff, Say, Step
from infra.local.psa_sandbox.ticket_store import ACORN

CLIENT = ACORN
"""A client with a ladder of its own: an escalation of theirs is overdue after a minute, at any hour."""

LADDER = ({"after_min": 0, "tell": ["seniors"]}, {"after_min": 1, "tell": ["admins"]})
DIRECT_FOR_MIN = 60

OVERDUE = Case(
    "acorn-scanners",
    "jane",
    "All label scanners of the night shift lost their session with the warehouse server at 02:10.",
    "Networking",
    "T20261123.0094",
    (
        Step("Pinged the server from a scanner", "narrowed", "answers, so the network is up"),
        Step("Restarted the session broker", "no_effect", "scanners connect and drop after a few seconds"),
    ),
    HandOff(
        "escalate",
        "high",
        'Trucks are loaded from paper lists. The broker logs "license pool exhausted"; I cannot see its server.',
    ),
    client=CLIENT,
)

DIRECTED = Case(
    "mail-loop",
    "joe",
    "Invoices that the accounts mailbox forwards to the new system come back as undeliverable.",
    "Microsoft 365",
    "T20261123.0098",
    (Step("Sent a test mail past the rule", "narrowed", "arrives; only what the transport rule touches comes back"),),
    HandOff(
        "escalate", "normal", "Sam built this transport rule in May and knows why it rewrites the sender.", to="sam"
    ),
)

WAITING = Case(
    "firewall-serial",
    "jane",
    "The branch firewall in York reboots every few hours since the thunderstorm on Saturday.",
    "Networking",
    "T20261121.0031",
    (
        Step("Swapped the power supply for the spare", "no_effect", "rebooted again after two hours"),
        Say("The vendor replaces it, but wants the serial number, which is on the underside of the device."),
    ),
    HandOff(
        "escalate",
        "normal",
        "Needs a replacement and the old configuration restored to it.",
        claimed_by="sam",
        waits_for="The customer reads the serial number off the device tomorrow.",
    ),
)

QUIET = Case(
    "shared-calendar",
    "joe",
    "The meeting room calendar shows bookings of last week twice on phones, once in Outlook.",
    "Microsoft 365",
    "T20261120.0102",
    (Step("Removed and added the calendar on one phone", "no_effect", "still twice"),),
    HandOff("escalate", "low", "Nobody is blocked; I have run out of ideas.", claimed_by="alex"),
)

CLOCK_CASES = (OVERDUE, DIRECTED, WAITING, QUIET)


def policy_of_minutes(policy: dict[str, Any]) -> dict[str, Any]:
    """Return `policy` with times short enough to watch, for what these cases need and nothing else.

    A claim of low priority is asked about after a minute in which its holder does nothing, and returned a minute later.
    """
    kept = policy["priorities"]
    quickly = {"around_the_clock": True, "idle_after_min": 1, "return_after_min": 1}
    acorn = {"match": {"client": CLIENT}, "around_the_clock": True, "ladder": list(LADDER)}
    priorities = {**kept, "high": {**kept["high"], "repeat": 0}, "low": {**kept["low"], **quickly}}
    return {**policy, "direct_for_min": DIRECT_FOR_MIN, "priorities": priorities, "clients": [acorn]}
