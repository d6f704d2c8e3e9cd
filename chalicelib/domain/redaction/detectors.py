"""All detectors, in the order in which they have a say about what a secret is called."""

from collections.abc import Callable, Iterable, Iterator
from typing import NamedTuple

from chalicelib.domain.redaction import (
    addresses,
    columns,
    commands,
    headers,
    key_blocks,
    labelled,
    network_devices,
    registries,
    services,
)
from chalicelib.domain.redaction.spans import Span


class Detector(NamedTuple):
    """A named way to find secrets in folded text, in time that grows with its length."""

    name: str
    find: Callable[[str], Iterable[Span]]


DETECTORS = (
    Detector("key blocks", key_blocks.find),
    Detector("addresses", addresses.find),
    Detector("registries", registries.find),
    Detector("headers", headers.find),
    Detector("network devices", network_devices.find),
    Detector("commands", commands.find),
    Detector("columns", columns.find),
    Detector("labels", labelled.find),
    Detector("services", services.find),
)


def detect(text: str) -> Iterator[tuple[str, Span]]:
    """Yield what each detector finds in folded text, with the detector's name."""
    for detector in DETECTORS:
        for span in detector.find(text):
            yield detector.name, span
