"""How many race for how many handoffs: enough to see a double winner in a test run, all with `RACE_HANDOFFS=100`.

`RACE_HANDOFFS=100 .venv/bin/pytest tests/concurrency/races tests/stack/races` takes some minutes. What `make prove`
adds is of one size: two hundred at once.
"""

import os
from typing import NamedTuple

ASKED = int(os.environ.get("RACE_HANDOFFS") or 0)

HTTP_SIZES = {2: ASKED, 10: ASKED, 50: ASKED} if ASKED else {2: 10, 10: 5}
"""Handoffs by seniors, over HTTP. The emulator starts a process for each request under way: 50 take their time."""

DENSE_SIZES = {2: ASKED, 16: ASKED, 50: ASKED} if ASKED else {2: 20, 16: 20, 50: 5}
"""Handoffs by seniors, in process."""

MANY = 200
"""Seniors who race for a handoff at once, in process and over HTTP, to the emulator's DynamoDB."""

HANDOFFS_OF_MANY = 3


class Kills(NamedTuple):
    """Processes, the seniors in each, and how many handoffs they race for."""

    processes: int
    each: int
    handoffs: int


KILLS, KILLS_OF_MANY = Kills(4, 6, 2), Kills(8, 25, 2)

TABLE_PREFIX = "race-"
"""Of the tables that the races in process have for themselves."""
