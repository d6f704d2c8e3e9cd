"""The clock of a local stack: run at once, and set where the stack was started for that (ADR 0060)."""

import json
import shutil
from datetime import UTC, datetime
from pathlib import Path

from infra.local import moved_wall_clock
from infra.local.api import Json
from infra.local.deployed import DeployedStack, emulator_session
from infra.local.site import STAGE

WALL_CLOCK = Path("chalicelib", "entry", "wall_clock.py")
"""The module that the functions of a stack read the time from."""

EVERY_MINUTE: Json = {
    "version": "0",
    "id": "53dc4d37-cffa-4f76-80c9-8b7d4a4d2eaa",
    "detail-type": "Scheduled Event",
    "source": "aws.events",
    "account": "000000000000",
    "time": "2026-11-23T09:00:00Z",
    "region": "us-east-1",
    "resources": ["arn:aws:events:us-east-1:000000000000:rule/run-clock"],
    "detail": {},
}


def run_clock(stack: DeployedStack) -> Json:
    """Invoke the function as its schedule does."""
    function = emulator_session().client("lambda", endpoint_url=stack.endpoint_url)
    payload = json.dumps(EVERY_MINUTE)
    answer: Json = json.load(function.invoke(FunctionName=f"flowpilot-{STAGE}-run-clock", Payload=payload)["Payload"])
    return answer


def make_settable(code: Path) -> None:
    """Have the functions that import from the folder `code` read a time that can be set."""
    place = code / WALL_CLOCK
    place.unlink()  # a hard link to the file of the package, which stays as it is
    for compiled in (place.parent / "__pycache__").glob(f"{place.stem}.*.pyc"):
        compiled.unlink()  # it is never compared with its source
    shutil.copyfile(moved_wall_clock.__file__, place)


def set_clock(code: Path, at: datetime) -> None:
    """Have it be `at` now for the functions that import from the folder `code`; from there time goes on as ever."""
    offset_file = (code / WALL_CLOCK).with_name(moved_wall_clock.OFFSET_FILE.name)
    unfinished = offset_file.with_suffix(".tmp")
    unfinished.write_text(str((at - datetime.now(UTC)).total_seconds()), "ascii")
    unfinished.replace(offset_file)
