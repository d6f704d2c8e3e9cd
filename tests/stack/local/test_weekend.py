"""The Friday evening that `make demo` tells, on a stack whose clock it sets: what happens to whom until Monday."""

import os
import subprocess
import sys

import pytest

from infra.local.site import ROOT, Site

STORY = """
Fri 17:30 | #T20261127.0032 Escalation from Joe Park -> Alex Lindqvist (e-mail), Sam Rivera (e-mail, push)
Fri 17:31 | #T20261127.0032 Picked up by Alex Lindqvist
Alex Lindqvist | goes home, with the case in hand
Fri 17:55 | #T20261127.0047 Escalation from Jane Cooper -> Alex Lindqvist (e-mail), Sam Rivera (e-mail, push, SMS)
Fri 17:55 | #T20261127.0051 Escalation from Jane Cooper -> Alex Lindqvist (e-mail), Sam Rivera (e-mail, push)
Fri 17:55 | #T20261127.0058 Escalation from Jane Cooper
Fri 17:55 | #T20261127.0058 Directed to Alex Lindqvist by Jane Cooper -> Alex Lindqvist (e-mail)
Fri 18:00 | #T20261127.0047 (to come) The next step of the ladder is told
Mon 08:10 | #T20261127.0051 (to come) The next step of the ladder is told
Mon 08:05 | #T20261127.0058 (to come) It opens to all seniors
Fri 18:00 | #T20261127.0047 Overdue -> Alex Lindqvist (e-mail), Jane Cooper (e-mail), Sam Rivera (e-mail, push, SMS)
Fri 18:10 | #T20261127.0047 Overdue -> Jane Cooper (e-mail), Olga Novak (e-mail)
Olga Novak | calls Sam
Fri 18:12 | #T20261127.0047 Picked up by Sam Rivera
Fri 18:40 | #T20261127.0047 Resolved by Sam Rivera
Sat 12:00 | nothing is due, and nobody was disturbed since
Mon 08:10 | #T20261127.0051 (to come) The next step of the ladder is told
Mon 08:05 | #T20261127.0058 (to come) It opens to all seniors
Mon 08:31 | #T20261127.0032 (to come) Its holder is asked: still on it?
Mon 08:05 | #T20261127.0058 Open to all seniors -> Alex Lindqvist (e-mail), Sam Rivera (e-mail, push)
Mon 08:06 | #T20261127.0058 Picked up by Alex Lindqvist
Mon 08:10 | #T20261127.0051 Overdue -> Alex Lindqvist (e-mail), Jane Cooper (e-mail), Sam Rivera (e-mail, push)
Mon 08:12 | #T20261127.0051 Picked up by Sam Rivera
Mon 08:31 | #T20261127.0032 Still on it? -> Alex Lindqvist (e-mail)
Mon 09:02 | #T20261127.0032 Back in the queue -> Alex Lindqvist (e-mail), Sam Rivera (e-mail, push)
queue | waits for a senior: #T20261127.0032
"""


@pytest.mark.prove
def test_weekend_happens_to_whom_it_should(tmp_path_factory: pytest.TempPathFactory) -> None:
    site = Site(tmp_path_factory.mktemp("weekend"))
    settings = {"FLOWPILOT_HOME": str(site.home), "AWS_ENDPOINT_URL": ""}

    told = subprocess.run(
        [sys.executable, "-m", "infra.local", "weekend"],
        cwd=ROOT, env={**os.environ, **settings}, capture_output=True, text=True, check=False,
    )  # fmt: skip

    assert told.returncode == 0, told.stdout + told.stderr
    lines = [line.strip() for line in told.stdout.splitlines() if " | " in line]
    assert lines == STORY.strip().splitlines()
    assert not site.weekend_home.exists()
