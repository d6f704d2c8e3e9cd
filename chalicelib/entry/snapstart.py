"""What belongs in a snapshot of the process, and what the processes started from it must not share.

Lambda SnapStart takes the snapshot after `app.py` was imported and the hooks below have run, once for each version.
What is made before costs no request anything, so the routes are imported there, and their validators built, which a
process without a snapshot leaves to the requests that need them (ADR 0058).

None of it opens or reads anything (a test holds it to that), so connections, settings, secrets, signing keys and times
are all from after the restore. What is left is Python's random generator, which is seeded by its own import: every copy
would draw the same numbers, and all retries would wait the same time. Ids and tokens come from the operating system,
whose generator Lambda reseeds (AWS Lambda developer guide, "Handling uniqueness with Lambda SnapStart").
"""

import gc
import random
from collections.abc import Iterator
from importlib import import_module

from pydantic import BaseModel
from snapshot_restore_py import register_after_restore, register_before_snapshot

from chalicelib.entry.routing import api_of, routes_of_modules

FIRST_NEEDED = ("aws_lambda_powertools.metrics", "cryptography.hazmat.primitives.asymmetric.rsa", "jwt")
"""What the functions import late, for a short cold start (ADR 0015): to log, and to verify a token."""


def prepare_for_snapshots() -> None:
    """Tell Lambda what to do before it takes a snapshot, and after each restore. Without SnapStart it does neither."""
    register_before_snapshot(make_what_requests_need)
    register_after_restore(random.seed)


def make_what_requests_need() -> None:
    """Import and build what requests without AI would make first, so that it is there after each restore."""
    for library in FIRST_NEEDED:
        import_module(library)
    for module in routes_of_modules():
        api_of(module)
    for model in _models_below(BaseModel):
        if model.__module__.startswith("chalicelib."):
            model.model_rebuild()
    gc.collect()
    gc.freeze()


def _models_below(model: type[BaseModel]) -> Iterator[type[BaseModel]]:
    for each in model.__subclasses__():
        yield each
        yield from _models_below(each)
