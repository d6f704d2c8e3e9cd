import json
from typing import Any

import pytest

from chalicelib.domain.handoff_change import CAME_BACK, HandoffChange
from chalicelib.domain.session_ticket_notes import SessionNotesChange
from chalicelib.domain.turn import Note
from chalicelib.store.session_ticket_notes import KIND

Template = dict[str, Any]

STREAM_FUNCTIONS = {"Enrich": "HandoffsTable", "Announce": "HandoffsTable", "AnnounceSession": "TurnsTable"}
"""The stream functions, and the table that each follows."""


def mapping_of(resources: Template, function: str) -> dict[str, Any]:
    events = resources[function]["Properties"]["Events"]
    properties: dict[str, Any] = events[f"{function}DynamodbEventSource"]["Properties"]
    return properties


@pytest.mark.parametrize("function", STREAM_FUNCTIONS)
def test_stream_function_has_one_mapping(resources: Template, function: str) -> None:
    assert list(resources[function]["Properties"]["Events"]) == [f"{function}DynamodbEventSource"]


@pytest.mark.parametrize("function", STREAM_FUNCTIONS)
def test_stream_function_follows_its_table_from_the_beginning(resources: Template, function: str) -> None:
    mapping = mapping_of(resources, function)

    assert (mapping["Stream"], mapping["StartingPosition"]) == (
        {"Fn::GetAtt": [STREAM_FUNCTIONS[function], "StreamArn"]},
        "TRIM_HORIZON",
    )


@pytest.mark.parametrize("function", STREAM_FUNCTIONS)
def test_bad_record_cannot_hold_up_the_others(resources: Template, function: str) -> None:
    mapping = mapping_of(resources, function)

    bounds = {name: mapping[name] for name in ("MaximumRetryAttempts", "MaximumRecordAgeInSeconds")}
    assert (mapping["BisectBatchOnFunctionError"], bounds) == (
        True,
        {"MaximumRetryAttempts": 3, "MaximumRecordAgeInSeconds": 3600},
    )


@pytest.mark.parametrize("function", STREAM_FUNCTIONS)
def test_function_may_name_the_records_that_failed(resources: Template, function: str) -> None:
    assert mapping_of(resources, function)["FunctionResponseTypes"] == ["ReportBatchItemFailures"]


@pytest.mark.parametrize("function", STREAM_FUNCTIONS)
def test_failed_record_goes_to_the_functions_own_queue(resources: Template, function: str) -> None:
    target = {"Type": "SQS", "Destination": {"Fn::GetAtt": [f"{function}DeadLetters", "Arn"]}}

    assert mapping_of(resources, function)["DestinationConfig"]["OnFailure"] == target


def test_hundred_assessments_run_at_once_per_shard(resources: Template) -> None:
    mapping = mapping_of(resources, "Enrich")

    assert mapping["BatchSize"] * mapping["ParallelizationFactor"] == 100


def test_enrich_is_called_for_the_changes_that_ask_for_an_assessment(resources: Template) -> None:
    (stream_filter,) = mapping_of(resources, "Enrich")["FilterCriteria"]["Filters"]

    asking = [HandoffChange.HANDED_OFF, HandoffChange.ASSESSMENT_REQUESTED, HandoffChange.ASSESSMENT_RENEWED]
    assert json.loads(stream_filter["Pattern"]) == {
        "eventName": ["INSERT", "MODIFY"],
        "dynamodb": {"NewImage": {"change": {"S": [*asking, *CAME_BACK]}}},
    }


def test_announce_is_called_for_every_change(resources: Template) -> None:
    (stream_filter,) = mapping_of(resources, "Announce")["FilterCriteria"]["Filters"]

    assert json.loads(stream_filter["Pattern"]) == {"eventName": ["INSERT", "MODIFY"]}


def test_announce_session_is_called_for_new_notes_and_changes_of_ticket_notes_that_tell_something(
    resources: Template,
) -> None:
    of_notes, of_ticket_notes = mapping_of(resources, "AnnounceSession")["FilterCriteria"]["Filters"]

    assert json.loads(of_notes["Pattern"]) == {
        "eventName": ["INSERT"],
        "dynamodb": {"NewImage": {"kind": {"S": [Note.model_fields["kind"].default]}}},
    }
    telling = [change for change in SessionNotesChange if change is not SessionNotesChange.LEASED]
    assert json.loads(of_ticket_notes["Pattern"]) == {
        "eventName": ["INSERT", "MODIFY"],
        "dynamodb": {"NewImage": {"kind": {"S": [KIND]}, "change": {"S": telling}}},
    }


@pytest.mark.parametrize("function", STREAM_FUNCTIONS)
def test_dead_letters_are_encrypted_and_kept_as_long_as_possible(resources: Template, function: str) -> None:
    queue = resources[f"{function}DeadLetters"]["Properties"]

    assert (queue["SqsManagedSseEnabled"], queue["MessageRetentionPeriod"]) == (True, 14 * 24 * 3600)
