"""A process image that runs twice, as Lambda SnapStart runs it: `python -m tests.unit.infra.snapshot_image TOKEN`.

The app is imported and its hooks are run, then the snapshot is taken. Each copy of the process then gets credentials of
its own, runs the hooks for after a restore, and opens a session. What each did is printed as a JSON line.
"""

import ctypes
import json
import os
import random
import sys
from datetime import UTC, datetime

from chalice.test import Client
from snapshot_restore_py import get_after_restore, get_before_snapshot

from app import app

FORK = ctypes.PyDLL(None).fork
"""The system call itself: `os.fork` seeds Python's random generator again, which a restored snapshot does not."""


def restored(copy: str, token: str) -> dict[str, object]:
    """Go on from the snapshot as the copy of that name."""
    restored_at = datetime.now(UTC)
    os.environ |= {"AWS_ACCESS_KEY_ID": f"KEY-OF-{copy}", "AWS_SECRET_ACCESS_KEY": copy}
    for hook, arguments, named in get_after_restore():
        hook(*arguments, **named)
    body = json.dumps({"problem_summary": "No mail since noon."}).encode()
    headers = {"authorization": f"Bearer {token}", "content-type": "application/json"}
    answer = Client(app).http.post("/sessions", headers=headers, body=body)
    session = json.loads(answer.body)
    return {
        "status": answer.status_code,
        "id": session.get("id"),
        "is_later": datetime.fromisoformat(session["created_at"]) >= restored_at.replace(microsecond=0),
        "drawn": random.random(),  # noqa: S311  its seed is what is looked at
    }


def main() -> None:
    """Run the image twice, one copy after the other."""
    for hook, arguments, named in get_before_snapshot():
        hook(*arguments, **named)
    for copy in ("FIRST", "SECOND"):
        child = FORK()
        if child == 0:
            sys.stdout.write(json.dumps(restored(copy, sys.argv[1])) + "\n")
            sys.stdout.flush()
            os._exit(0)
        os.waitpid(child, 0)


if __name__ == "__main__":
    main()
