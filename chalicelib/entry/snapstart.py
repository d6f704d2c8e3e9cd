"""What belongs in a snapshot of the process, and what the processes started from it must not share.

Lambda SnapStart takes the snapshot after `app.py` was imported and the hooks below have run, once for each version.
Importing opens and reads nothing (a test holds it to that), so connections, settings, secrets, signing keys and times
are all from after the restore. What is left is Python's random generator, which is seeded by its own import: every copy
would draw the same numbers, and all retries would wait the same time. Ids and tokens come from the operating system,
whose generator Lambda reseeds (AWS Lambda developer guide, "Handling uniqueness with Lambda SnapStart").
"""

import random
from importlib import import_module

from snapshot_restore_py import register_after_restore, register_before_snapshot

FIRST_NEEDED = ("aws_lambda_powertools.metrics", "cryptography.hazmat.primitives.asymmetric.rsa", "jwt")
"""What the functions import late, for a short cold start (ADR 0015): to log, and to verify a token."""


def prepare_for_snapshots() -> None:
    """Tell Lambda what to do before it takes a snapshot, and after each restore. Without SnapStart it does neither."""
    register_before_snapshot(import_what_requests_need)
    register_after_restore(random.seed)


def import_what_requests_need() -> None:
    """Import what a request without AI would import first, so that it is there after each restore."""
    for library in FIRST_NEEDED:
        import_module(library)
