"""The mappings of the stream functions as `infra/template.yaml` and `.chalice/config.json` set them."""

import json
from typing import Any

from infra.dependencies import ROOT
from tests.support.dynamodb.stream_simulator import Mapping
from tests.support.template import template_resources


def mapping_of(function: str) -> Mapping:
    """The mapping of a stream function, named as in the template."""
    events = template_resources()[function]["Properties"]["Events"]
    settings: dict[str, Any] = events[f"{function}DynamodbEventSource"]["Properties"]
    return Mapping(
        batch_size=settings["BatchSize"],
        lanes=settings.get("ParallelizationFactor", 1),
        halves_on_error=settings["BisectBatchOnFunctionError"],
        reads_failures=settings["FunctionResponseTypes"] == ["ReportBatchItemFailures"],
        most_retries=settings["MaximumRetryAttempts"],
        oldest_s=settings["MaximumRecordAgeInSeconds"],
        patterns=tuple(json.loads(each["Pattern"]) for each in settings["FilterCriteria"]["Filters"]),
        timeout_s=_timeout_of(function.lower()),
    )


def _timeout_of(function: str) -> float:
    config = json.loads((ROOT / ".chalice" / "config.json").read_text())
    return float(config["lambda_functions"][function].get("lambda_timeout", config["lambda_timeout"]))
