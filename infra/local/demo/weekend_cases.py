"""What is handed off on the Friday evening whose weekend `make demo` tells. The policy is every account's default."""

from infra.local.demo.case import Case, HandOff, Step

LEFT_BEHIND = Case(
    "weekend-slow-files",
    "joe",
    "Opening drawings from the file server takes a minute since Thursday.",
    "Storage",
    "T20261127.0032",
    (Step("Copied a drawing to a local disk and opened it", "narrowed", "opens at once, so it is the server"),),
    HandOff("escalate", "high", "I cannot see the storage behind the file server."),
)
"""Claimed by Alex on Friday, who goes home."""

NIGHT_SHIFT = Case(
    "weekend-night-shift",
    "jane",
    "The production line's terminals cannot sign in; the night shift starts at 22:00.",
    "Identity",
    "T20261127.0047",
    (Step("Signed in at a terminal with a test account", "no_effect", "no logon server available"),),
    HandOff("escalate", "urgent", "Both domain controllers of the plant answer, but refuse the terminals."),
)
"""Urgent, so that the clock goes on through the night."""

MONDAY_IS_ENOUGH = Case(
    "weekend-scan-to-mail",
    "jane",
    "Scan to mail of the law firm's four copiers has failed since the certificate was replaced.",
    "Microsoft 365",
    "T20261127.0051",
    (Step("Sent a scan to an internal address", "no_effect", "TLS handshake failed"),),
    HandOff("escalate", "high", "They are closed until Monday, but need it then."),
)
"""High, so that it waits for the hours in which people work."""

FOR_ALEX = Case(
    "weekend-backup-report",
    "jane",
    "The backup report of the clinic lists a server that was removed in October.",
    "Backup",
    "T20261127.0058",
    handoff=HandOff("escalate", "high", "Alex removed that server and knows what is left of it.", to="alex"),
)
"""Directed to Alex by name, for ten working minutes."""

WEEKEND_CASES = (LEFT_BEHIND, NIGHT_SHIFT, MONDAY_IS_ENOUGH, FOR_ALEX)
