"""Lambda's partial batch response: which records of a batch come again."""

from collections.abc import Iterable

BatchResponse = dict[str, list[dict[str, str]]]


def batch_response(failed_ids: Iterable[str]) -> BatchResponse:
    """Return the response that has Lambda retry the named records, and no others.

    An id is the message id of an SQS record or the sequence number of a stream record. Source: the Lambda developer
    guide, `ReportBatchItemFailures`.
    """
    return {"batchItemFailures": [{"itemIdentifier": failed_id} for failed_id in failed_ids]}
