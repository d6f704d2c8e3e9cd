"""The demo's tickets, as an MSP's engineers would write them. `seed.py` plays them over the API."""

from infra.local.demo.case import Case, HandOff, Say, Step
from infra.local.demo.clock_cases import CLOCK_CASES

DEMO_CASE = Case(
    "demo",
    "jane",
    "The site-to-site tunnel to the Bristol office is up, but large file copies stall.",
    "Networking",
    "T20261123.0081",
)
"""The case that `make demo` plays as a new session each time."""

OUTLOOK = Case(
    "outlook-sync",
    "jane",
    'Outlook has shown "Trying to connect" since the mailbox moved to Exchange Online last night; her phone syncs.',
    "Microsoft 365",
    "T20261123.0041",
    (
        Say(
            "Mailbox of the finance lead was migrated at 22:10. Webmail works, Outlook on her laptop does not connect."
        ),
        Step("Opened the mailbox in Outlook on the web", "narrowed", "all mail is there"),
        Step("Restarted Outlook in safe mode", "no_effect", "still trying to connect"),
        Step("Ran the Autodiscover connectivity test from another network", "unclear"),
    ),
)

VPN = Case(
    "vpn-after-update",
    "jane",
    "VPN connects and drops after about 30 seconds on three laptops since this month's Windows cumulative update.",
    "Networking",
    "T20261123.0057",
    (
        Say(
            "Three users in accounting, all on the same update ring. Error 809 in the event log, then a reconnect loop."
        ),
        Step("Compared installed updates with a laptop that works", "narrowed", "only the cumulative update differs"),
        Step("Reinstalled the WAN Miniport adapters", "no_effect"),
        Step(
            "Tried a phone hotspot instead of the office network", "narrowed", "the same drop, so not the office line"
        ),
        Step(
            "Removed the cumulative update on one laptop",
            "unclear",
            "held for ten minutes, then the user had to leave",
            "reported",
        ),
    ),
    HandOff(
        "escalate",
        "high",
        "Payroll closes tomorrow at noon and two of the three run it. On the laptop without the update the tunnel held "
        "for ten minutes, then the user had to leave, so I do not call that fixed. I have not touched the firewall.",
    ),
)

PRINTER = Case(
    "printer-gpo",
    "joe",
    "Warehouse PCs lose the label printer after every restart; the group policy that maps it reports success.",
    "Active Directory",
    "T20261122.0113",
    (
        Step("Ran gpresult on one PC", "narrowed", "the printer preference is applied without errors"),
        Step("Mapped the printer by hand", "no_effect", "prints, but is gone after a restart"),
        Say("Event 4098 appears once per boot with 0x80070709 (the printer name is invalid)."),
        Step("Moved one PC to a test OU without the old logon script", "unclear", "not restarted since"),
    ),
    HandOff(
        "escalate",
        "normal",
        "They map it by hand for now, about ten minutes per shift. I suspect the old logon script fights the "
        "preference item, but the test PC has not been restarted since.",
    ),
)

MFA = Case(
    "mfa-loop",
    "joe",
    "Sign-in to Microsoft 365 loops back to the MFA prompt for everyone in the Leeds branch since 08:30.",
    "Identity",
    "T20261123.0062",
    (
        Say("About 25 users. Head office is fine with the same conditional access policies."),
        Step("Signed in from the branch with a break-glass account", "narrowed", "no loop"),
        Step("Cleared browser cookies and tried a private window", "no_effect", evidence="reported"),
        Step("Checked Entra sign-in logs", "narrowed", "error 50097, device authentication required"),
    ),
    HandOff(
        "escalate",
        "urgent",
        "A whole branch cannot work. The named location of the branch still lists its old public address; the line was "
        "swapped yesterday. I have no rights to change conditional access.",
        claimed_by="sam",
    ),
)

BACKUP = Case(
    "backup-job",
    "jane",
    'The nightly backup of the file server fails at 62 % with "VSS snapshot could not be created".',
    "Backup",
    "T20261120.0088",
    (
        Step("vssadmin list writers", "narrowed", "SqlServerWriter in state failed"),
        Step("Restarted the writer's service and ran the job by hand", "no_effect"),
        Step("Freed 40 GB on the shadow copy volume", "not_done"),
    ),
    HandOff(
        "park",
        "low",
        "Waiting for the maintenance window on Saturday to free the shadow copy volume and restart the server. "
        "The copy of Thursday is good and was restored from as a test.",
    ),
)

TEAMS = Case(
    "teams-calls",
    "joe",
    "Teams calls of the sales team turn robotic every afternoon between two and three.",
    "Voice",
    "T20261123.0019",
    (
        Step("Looked at the call quality dashboard", "narrowed", "packet loss of 7 % upstream in the bad hour"),
        Say("The loss starts when the cloud backup of the designers uploads. Should I limit the backup first?"),
    ),
)

WIFI = Case(
    "scanner-wifi",
    "gina",
    "Handheld scanners lose Wi-Fi when they roam between aisles 4 and 5 of the new hall.",
    "Networking",
    "GX-3081",
    (
        Step("Walked the hall with a survey tool", "narrowed", "-81 dBm at the border of the two cells"),
        Step("Raised the transmit power of access point 5", "worse", "scanners now cling to it longer"),
    ),
    HandOff(
        "escalate", "high", "Picking runs on paper in that hall. I need someone who has tuned 802.11r on these before."
    ),
)

#: It comes last, as a single request: finding it shows that all the others are there.
AUTOPILOT = Case(
    "autopilot-stuck",
    "hank",
    'A new starter\'s laptop has been at "Device setup, 2 of 5" of Autopilot for an hour.',
    "Endpoint",
    "GX-3090",
)

CASES = (*CLOCK_CASES, OUTLOOK, VPN, PRINTER, MFA, BACKUP, TEAMS, WIFI, AUTOPILOT)
