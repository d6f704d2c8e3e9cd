"""Ask a PSA, unless it wants to be left alone.

Its limits are shared by everything that its owner connects to it. So when it asks for a pause, no process of ours calls
it again before that is over, whichever note or ticket comes next: until when is kept with the integration.
"""

from collections.abc import Callable, Iterator
from contextlib import contextmanager
from datetime import datetime, timedelta

from chalicelib import log
from chalicelib.domain.instants import to_milliseconds
from chalicelib.domain.integration import Integration
from chalicelib.domain.psa import PsaUnavailable
from chalicelib.store import integrations


@contextmanager
def calling_psa(integration: Integration, clock: Callable[[], datetime]) -> Iterator[None]:
    """Let the PSA be asked inside the block; when it asks for a pause there, all others that load it will know.

    Raises PsaUnavailable, before anything is asked, while an earlier pause lasts.
    """
    left_s = integration.rate_limit_left_s(clock())
    if left_s:
        raise PsaUnavailable(f"{integration.name} asked to be left alone for a while.", retry_after_s=left_s)
    try:
        yield
    except PsaUnavailable as fault:
        if fault.retry_after_s:
            integrations.set_rate_limit(integration, to_milliseconds(clock() + timedelta(seconds=fault.retry_after_s)))
            log.info("psa rests", integration_id=integration.id, for_s=fault.retry_after_s)
        raise
