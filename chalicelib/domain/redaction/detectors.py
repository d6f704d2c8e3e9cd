"""All detectors, in the order in which they have a say about what a secret is called."""

from collections.abc import Callable, Iterable
from typing import NamedTuple

from chalicelib.domain.redaction import (
    addresses,
    columns,
    commands,
    default_logins,
    headers,
    key_blocks,
    labelled,
    network_devices,
    registries,
    sent_codes,
    services,
)
from chalicelib.domain.redaction.scan import Scan, scan
from chalicelib.domain.redaction.spans import Span


class Detector(NamedTuple):
    """A named way to find secrets in folded text, in time that grows with its length."""

    name: str
    find: Callable[[Scan], Iterable[Span]]


DETECTORS = (
    Detector("key blocks", key_blocks.find),
    Detector("addresses", addresses.find),
    Detector("registries", registries.find),
    Detector("headers", headers.find),
    Detector("network devices", network_devices.find),
    Detector("commands", commands.find),
    Detector("columns", columns.find),
    Detector("labels", labelled.find),
    Detector("sent codes", sent_codes.find),
    Detector("services", services.find),
    Detector("default logins", default_logins.find),
)


def detect(text: str) -> list[Span]:
    """Return what the detectors find in folded text, in their order; spans may overlap."""
    scanned = scan(text)
    return [span for detector in DETECTORS for span in detector.find(scanned)]
