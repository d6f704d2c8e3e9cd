import re
from typing import Any

import pytest

from chalicelib.domain.deliveries.ledger import TO_PEOPLE, DeliveryKind
from chalicelib.domain.deliveries.outcome import SendResult
from infra.dependencies import ROOT
from tests.unit.infra.functions import FUNCTIONS

OPERATIONS = (ROOT / "docs" / "operations.md").read_text("utf-8")

Template = dict[str, Any]


def alarms(resources: Template) -> dict[str, dict[str, Any]]:
    return {
        name: resource["Properties"]
        for name, resource in resources.items()
        if resource["Type"] == "AWS::CloudWatch::Alarm"
    }


def watched(resources: Template, metric: str) -> list[Any]:
    """The values of the first dimension of every alarm on `metric`."""
    found = [
        alarm["Dimensions"][0]["Value"] for alarm in alarms(resources).values() if alarm.get("MetricName") == metric
    ]
    return sorted(found, key=str)


@pytest.mark.parametrize("metric", ["Errors", "Throttles"])
def test_every_function_is_watched(resources: Template, metric: str) -> None:
    assert watched(resources, metric) == sorted(({"Ref": name} for name in FUNCTIONS), key=str)


def test_every_stream_function_is_watched_for_lag(resources: Template) -> None:
    assert watched(resources, "IteratorAge") == [{"Ref": "Announce"}, {"Ref": "AnnounceSession"}, {"Ref": "Enrich"}]


def test_dashboard_counts_the_errors_of_every_function(resources: Template) -> None:
    body = str(resources["Dashboard"]["Properties"]["DashboardBody"])

    names = {resources[name]["Properties"]["FunctionName"]["Fn::Sub"] for name in FUNCTIONS}
    assert {name for name in names if f"'Errors', 'FunctionName', {{'Fn::Sub': '{name}'}}" not in body} == set()


def test_every_dead_letter_queue_is_watched(resources: Template) -> None:
    queues = sorted(name for name in resources if name.endswith("DeadLetters"))

    assert watched(resources, "ApproximateNumberOfMessagesVisible") == [
        {"Fn::GetAtt": [queue, "QueueName"]} for queue in sorted([*queues, "Notifications"])
    ]


def test_dead_letter_that_is_taken_at_once_is_seen_too(resources: Template) -> None:
    taken = {
        source["Properties"]["Queue"]["Fn::Sub"].removeprefix("${").removesuffix(".Arn}")
        for name in FUNCTIONS
        for source in resources[name]["Properties"].get("Events", {}).values()
        if source["Type"] == "SQS"
    }

    assert watched(resources, "NumberOfMessagesReceived") == [
        {"Fn::GetAtt": [queue, "QueueName"]} for queue in sorted(taken) if queue.endswith("DeadLetters")
    ]


@pytest.mark.parametrize("name", ["EnrichDeadLettersAlarm", "PsaPushesGivenUpAlarm"])
def test_one_dead_letter_is_enough(resources: Template, name: str) -> None:
    alarm = alarms(resources)[name]

    assert (alarm["ComparisonOperator"], alarm["Threshold"]) == ("GreaterThanThreshold", 0)


def test_assessments_are_watched_by_every_outcome_but_ready(resources: Template) -> None:
    (query,) = alarms(resources)["AssessmentsUnavailableAlarm"]["Metrics"]

    assert query["Expression"]["Fn::Sub"] == (
        "SELECT SUM(Assessments) FROM \"FlowPilot\" WHERE Stage = '${Stage}' AND Outcome != 'ready'"
    )


def test_messages_to_people_are_watched_by_every_outcome_that_is_a_failure(resources: Template) -> None:
    (query,) = alarms(resources)["MessagesFailingAlarm"]["Metrics"]

    left_out = re.findall(r"(Kind|Outcome) != '(\w+)'", query["Expression"]["Fn::Sub"])
    kinds = {value for name, value in left_out if name == "Kind"}
    outcomes = {value for name, value in left_out if name == "Outcome"}
    assert kinds == set(DeliveryKind) - TO_PEOPLE
    assert {one.name.lower() for one in SendResult} - outcomes == {"retry", "refused", "unknown"}


def test_every_alarm_is_told_to_somebody(resources: Template) -> None:
    untold = [name for name, alarm in alarms(resources).items() if alarm["AlarmActions"] != [{"Ref": "AlarmTopic"}]]

    assert untold == []


def test_silence_is_no_alarm_but_of_the_clock(resources: Template) -> None:
    nervous = [name for name, alarm in alarms(resources).items() if alarm["TreatMissingData"] != "notBreaching"]

    assert nervous == ["ClockLateAlarm"]  # the clock says every minute how late it is


def test_claim_that_is_watched_is_a_route(resources: Template) -> None:
    dimensions = {item["Name"]: item["Value"] for item in alarms(resources)["ClaimLatencyAlarm"]["Dimensions"]}

    paths = resources["RestAPI"]["Properties"]["DefinitionBody"]["paths"]
    assert dimensions["Method"].lower() in paths[dimensions["Resource"]]


def test_dashboard_shows_every_number_that_the_product_keeps(resources: Template) -> None:
    body = str(resources["Dashboard"]["Properties"]["DashboardBody"])

    sources = "".join(path.read_text() for path in (ROOT / "chalicelib").rglob("*.py"))
    kept = set(re.findall(r"\b(?:count|record_seconds)\(\s*\"(\w+)\"", sources))
    assert "ClaimsWon" in kept
    assert {metric for metric in kept if f'MetricName="{metric}"' not in body} == set()


def test_every_alarm_is_documented(resources: Template) -> None:
    (section,) = re.findall(r"(?ms)^## Alarms\n(.*?)^## ", OPERATIONS)
    documented = re.findall(r"`([A-Za-z]+|…[A-Za-z]+)`", "".join(re.findall(r"(?m)^\|[^|]*", section)))
    patterns = [re.compile(name.replace("…", "[A-Za-z]*")) for name in documented]

    names = [name.removesuffix("Alarm") for name in alarms(resources)]
    assert [name for name in names if not any(pattern.fullmatch(name) for pattern in patterns)] == []
    assert [pattern.pattern for pattern in patterns if not any(map(pattern.fullmatch, names))] == []


def test_every_metric_is_documented() -> None:
    code = "".join(path.read_text("utf-8") for path in (ROOT / "chalicelib").rglob("*.py"))
    counted = set(re.findall(r'log\.(?:count|record_seconds)\(\s*"(\w+)"', code))

    assert {metric for metric in counted if f"`{metric}`" not in OPERATIONS} == set()
    assert "ClaimsWon" in counted
