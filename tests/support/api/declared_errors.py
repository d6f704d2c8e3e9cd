"""The error answers that each route declares, as the measure of those it gives."""

import json
import re
from functools import cache

from chalicelib.entry.operations import Operation
from infra.openapi import OPERATIONS, codes_by_status


def assert_declared(method: str, path: str, status: int, body: bytes) -> None:
    """Fail for a problem document whose status and code the route does not declare; other paths are ignored."""
    operation = _operation_at(method, path.partition("?")[0])
    if operation is None or status < 400:
        return
    code = json.loads(body)["code"]
    assert code in codes_by_status(operation).get(status, {}), f"{operation.name} does not declare {status} {code}"


def _operation_at(method: str, path: str) -> Operation | None:
    found = [operation for operation in OPERATIONS if operation.method == method and _pattern(operation).match(path)]
    return found[0] if len(found) == 1 else None


@cache
def _pattern(operation: Operation) -> re.Pattern[str]:
    return re.compile(re.sub(r"{\w+}", "[^/]+", operation.path) + r"\Z")
