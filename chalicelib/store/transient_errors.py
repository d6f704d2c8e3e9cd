"""What DynamoDB, or another service of AWS, fails with for now."""

from botocore.exceptions import ClientError, ConnectionError, HTTPClientError
from pynamodb.exceptions import PynamoDBException, TransactWriteError

_FOR_NOW = {
    "InternalServerError",
    "ProvisionedThroughputExceeded",
    "ProvisionedThroughputExceededException",
    "RequestLimitExceeded",
    "ServiceUnavailable",
    "ThrottlingError",
    "ThrottlingException",
    "TransactionInProgressException",
}
"""Codes of answers, and of the reasons for which a transaction was cancelled, after which the same may succeed.

Source: DynamoDB's developer guide, "Error handling", and its API reference, "TransactWriteItems".
"""


def is_outage(failure: Exception) -> bool:
    """Whether the service was out of reach or had too much to do, and not the request wrong."""
    cause = failure.cause if isinstance(failure, PynamoDBException) else failure
    if isinstance(cause, ClientError):
        return (_reasons_of(failure) or {cause.response["Error"]["Code"]}) <= _FOR_NOW
    return isinstance(cause, HTTPClientError | ConnectionError)


def error_code(failure: PynamoDBException) -> str | None:
    """Return the code that DynamoDB refused a request with, None where it did not answer.

    `cause_response_code` of pynamodb 6.1 raises AttributeError for a request that timed out, which hides the timeout.
    """
    return failure.cause.response["Error"]["Code"] if isinstance(failure.cause, ClientError) else None


def _reasons_of(failure: Exception) -> set[str]:
    reasons = failure.cancellation_reasons if isinstance(failure, TransactWriteError) else []
    return {reason.code for reason in reasons if reason}
