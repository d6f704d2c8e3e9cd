"""Failures as Autotask answers them."""

import re

from chalicelib.adapters.psa.answers import reason_in
from chalicelib.adapters.psa.http_client import Answer, PsaHttpClient, quoted
from chalicelib.domain.psa import PsaAccessRefused, PsaFault, PsaRefused, PsaUnavailable

_TRANSIENT = re.compile(r"(?i)time.?out|deadlock|try again|temporar|threshold|thread")
"""Words of errors that pass by themselves; any other error of `errors[]` stays."""


def fault_of(wire: PsaHttpClient, answer: Answer) -> PsaFault:
    """Say what an answer that is no success means. What Autotask will not do it answers with 500 and `errors[]`."""
    errors = answer.body.get("errors") if isinstance(answer.body, dict) else None
    said = reason_in(errors) if isinstance(errors, list) else ""
    if answer.status == 500 and said:
        detail = f"{wire.system} refuses this: {quoted(said)}"
        return PsaUnavailable(detail) if _TRANSIENT.search(said) else PsaRefused(detail)
    if answer.status == 401:
        detail = f"{wire.system} does not accept the credentials (401), or the database moved to another zone."
        return PsaAccessRefused(detail)
    return wire.fault_of(answer, said or reason_in(answer.body))
