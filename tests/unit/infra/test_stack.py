import json
from collections.abc import Iterator
from typing import Any

import pytest

from infra.artifacts import ArtifactBucket
from infra.cloud import Cloud
from infra.stack import DeploymentFailed, Stack

#: One queue with a name of our choice.
QUEUE: dict[str, Any] = {
    "Parameters": {"Name": {"Type": "String", "Default": "from-the-default"}},
    "Resources": {"Queue": {"Type": "AWS::SQS::Queue", "Properties": {"QueueName": {"Ref": "Name"}}}},
    "Outputs": {"Name": {"Value": {"Ref": "Name"}}},
}

#: The same with a second queue that cannot be made.
BROKEN = QUEUE | {
    "Resources": QUEUE["Resources"]
    | {"Broken": {"Type": "AWS::SQS::Queue", "Properties": {"QueueName": {"Fn::GetAtt": ["Queue", "Nonsense"]}}}}
}


@pytest.fixture
def queue_stack(cloud: Cloud) -> Iterator[Stack]:
    client = cloud.cloudformation()
    yield Stack(client, "queues", tags={"app": "flowpilot"})
    client.delete_stack(StackName="queues")
    client.get_waiter("stack_delete_complete").wait(StackName="queues", WaiterConfig={"Delay": 1})


def apply(queue_stack: Stack, cloud: Cloud, template: dict[str, Any], **parameters: str) -> None:
    bucket = ArtifactBucket(cloud)
    url = bucket.url_of(bucket.store(json.dumps(template).encode(), ".json"))
    queue_stack.apply(url, parameters, declared=frozenset(template["Parameters"]))


def changes_of(queue_stack: Stack, cloud: Cloud) -> int:
    return len(cloud.cloudformation().describe_stack_events(StackName=queue_stack.name)["StackEvents"])


def test_stack_that_is_not_there_has_no_outputs(queue_stack: Stack) -> None:
    assert queue_stack.outputs() == {}


def test_stack_is_created_with_the_parameters_given(queue_stack: Stack, cloud: Cloud) -> None:
    apply(queue_stack, cloud, QUEUE, Name="chosen")

    assert queue_stack.outputs() == {"Name": "chosen"}


def test_parameter_that_is_not_given_takes_its_default(queue_stack: Stack, cloud: Cloud) -> None:
    apply(queue_stack, cloud, QUEUE)

    assert queue_stack.outputs() == {"Name": "from-the-default"}


def test_parameter_that_is_not_given_again_keeps_its_value(queue_stack: Stack, cloud: Cloud) -> None:
    apply(queue_stack, cloud, QUEUE, Name="chosen")
    apply(queue_stack, cloud, QUEUE | {"Description": "something else"})

    assert queue_stack.outputs() == {"Name": "chosen"}


def test_parameter_that_is_given_again_changes(queue_stack: Stack, cloud: Cloud) -> None:
    apply(queue_stack, cloud, QUEUE, Name="chosen")
    apply(queue_stack, cloud, QUEUE, Name="changed")

    assert queue_stack.outputs() == {"Name": "changed"}


def test_template_that_changes_nothing_is_no_failure(queue_stack: Stack, cloud: Cloud) -> None:
    apply(queue_stack, cloud, QUEUE)
    before = changes_of(queue_stack, cloud)

    apply(queue_stack, cloud, QUEUE)

    assert changes_of(queue_stack, cloud) == before


def test_tags_reach_the_stack(queue_stack: Stack, cloud: Cloud) -> None:
    apply(queue_stack, cloud, QUEUE)

    (described,) = cloud.cloudformation().describe_stacks(StackName=queue_stack.name)["Stacks"]
    assert described["Tags"] == [{"Key": "app", "Value": "flowpilot"}]


def test_unknown_parameter_is_refused_by_name(queue_stack: Stack, cloud: Cloud) -> None:
    with pytest.raises(DeploymentFailed, match="the template has no parameter Color"):
        apply(queue_stack, cloud, QUEUE, Color="red")


def test_change_that_cloudformation_refuses_is_explained(queue_stack: Stack, cloud: Cloud) -> None:
    never = {"Assert": {"Fn::Equals": ["this", "that"]}, "AssertDescription": "This is not that."}
    forbidden = QUEUE | {"Rules": {"Never": {"Assertions": [never]}}}

    with pytest.raises(DeploymentFailed, match=r"queues: the change was refused: .*This is not that\."):
        apply(queue_stack, cloud, forbidden)


def test_resource_that_fails_is_named_with_its_reason(queue_stack: Stack, cloud: Cloud) -> None:
    with pytest.raises(DeploymentFailed, match=r"queues was rolled back:\n  Broken \(AWS::SQS::Queue\): .*Nonsense"):
        apply(queue_stack, cloud, BROKEN)


def test_creation_that_failed_can_be_tried_again(queue_stack: Stack, cloud: Cloud) -> None:
    with pytest.raises(DeploymentFailed):
        apply(queue_stack, cloud, BROKEN)

    apply(queue_stack, cloud, QUEUE, Name="fixed")

    assert queue_stack.outputs() == {"Name": "fixed"}


def test_failure_does_not_speak_of_an_earlier_one(queue_stack: Stack, cloud: Cloud) -> None:
    apply(queue_stack, cloud, QUEUE)
    for _ in range(2):
        with pytest.raises(DeploymentFailed) as failure:
            apply(queue_stack, cloud, BROKEN)

    assert str(failure.value).count("Broken (AWS::SQS::Queue)") == 1
