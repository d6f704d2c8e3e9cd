"""What Lambda is told of a batch, for `ReportBatchItemFailures`."""

from collections.abc import Iterable

BatchAnswer = dict[str, list[dict[str, str]]]


def failures_of(failed: Iterable[str]) -> BatchAnswer:
    """Return the answer that names the messages or records to bring again; the others count as done."""
    return {"batchItemFailures": [{"itemIdentifier": one} for one in failed]}
