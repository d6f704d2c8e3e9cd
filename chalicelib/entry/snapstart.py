"""What a process started from a snapshot must not share with the others that start from the same one.

Lambda SnapStart takes the snapshot after `app.py` was imported, once for each version. Importing opens and reads
nothing (a test holds it to that), so connections, settings, secrets, signing keys and times are all from after the
restore. What is left is Python's random generator, which is seeded by its own import: every copy would draw the same
numbers, and all retries would wait the same time. Ids and tokens come from the operating system, whose generator
Lambda reseeds (AWS Lambda developer guide, "Handling uniqueness with Lambda SnapStart").
"""

import random

from snapshot_restore_py import register_after_restore


def seed_after_restore() -> None:
    """Have Lambda seed the random generator again in each process that it starts from a snapshot."""
    register_after_restore(random.seed)
