"""Call a PSA unless its rate limit is in effect.

Its limits are shared by everything that its owner connects to it. So when it asks for a pause, no process of ours calls
it again before that is over, whichever note or ticket comes next: until when is kept with the integration. The same
goes for a PSA that refuses every call. Where one answers only so many calls at once, our processes share that many
slots.
"""

import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from datetime import datetime, timedelta

from chalicelib import log
from chalicelib.actions.integrations.integration_failures import end_failure, keep_failure, require_access
from chalicelib.domain.instants import to_milliseconds
from chalicelib.domain.integration import Integration, IntegrationPart, PsaKind
from chalicelib.domain.psa import PsaAccessRefused, PsaUnavailable
from chalicelib.store import call_slots, integrations

CALLS_AT_ONCE = {PsaKind.AUTOTASK: 3}
"""How many calls a system answers at once. Autotask: three per entity and tracking identifier; the fourth is refused
(the vendor's page on thread limits)."""

WAIT_S = 10.0
"""How long a slot is waited for; what has not got one then is tried again later."""

_STEP_S = 0.25


@contextmanager
def calling_psa(
    integration: Integration, clock: Callable[[], datetime], *, wait_s: float = WAIT_S, is_trial: bool = False
) -> Iterator[None]:
    """Let the PSA be called inside the block; all others that load it will know what it says of the whole integration.

    A block that ends without an error has called it, and shows that it accepts calls. Raises PsaUnavailable, before
    anything is called, while an earlier pause lasts, and when all slots of a system that answers only so many calls at
    once stay taken for `wait_s` seconds. Raises PsaAccessRefused while calls to a PSA that refuses every one are
    suspended, unless it `is_trial`.
    """
    if not is_trial:
        require_access(integration, clock())
    left_s = integration.rate_limit_left_s(clock())
    if left_s:
        raise PsaUnavailable(f"{integration.name} asked for a pause.", retry_after_s=left_s)
    with _slot(integration, clock, wait_s):
        try:
            yield
        except PsaAccessRefused as refusal:
            keep_failure(integration, IntegrationPart.ACCESS, str(refusal), clock())
            raise
        except PsaUnavailable as fault:
            if fault.retry_after_s:
                until = to_milliseconds(clock() + timedelta(seconds=fault.retry_after_s))
                integrations.set_rate_limit(integration, until)
                log.info("psa rests", integration_id=integration.id, for_s=fault.retry_after_s)
            raise
        end_failure(integration, IntegrationPart.ACCESS, clock())


@contextmanager
def _slot(integration: Integration, clock: Callable[[], datetime], wait_s: float) -> Iterator[None]:
    most = CALLS_AT_ONCE.get(integration.kind)
    if most is None:
        yield
        return
    account_id, ends_at = integration.account_id, time.monotonic() + wait_s
    while (slot := call_slots.take(account_id, integration.id, most, clock())) is None:
        if time.monotonic() >= ends_at:
            raise PsaUnavailable(f"{integration.name} is busy with {most} calls of ours.")
        time.sleep(_STEP_S)
    try:
        yield
    finally:
        call_slots.give_back(account_id, integration.id, slot)
