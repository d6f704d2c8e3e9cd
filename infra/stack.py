"""One CloudFormation stack: changed by a change set, read for its outputs, asked why it failed."""

from collections.abc import Mapping
from itertools import takewhile
from typing import TYPE_CHECKING, Literal
from uuid import uuid4

from botocore.exceptions import ClientError, WaiterError

if TYPE_CHECKING:
    from mypy_boto3_cloudformation import CloudFormationClient
    from mypy_boto3_cloudformation.type_defs import (
        ParameterTypeDef,
        StackEventTypeDef,
        StackTypeDef,
        WaiterConfigTypeDef,
    )

#: What CloudFormation says when the new template changes nothing; it has no error code for it.
_NO_CHANGE = ("didn't contain changes", "No updates are to be performed")

_POLL: "WaiterConfigTypeDef" = {"Delay": 1, "MaxAttempts": 1800}


_Outcome = Literal["stack_create_complete", "stack_update_complete", "stack_delete_complete"]


class DeploymentFailed(Exception):
    """CloudFormation refused or rolled back; the text says what each failed resource answered."""


class Stack:
    """A stack by its name, there or not yet. Its tags reach every resource in it."""

    def __init__(self, client: "CloudFormationClient", name: str, tags: Mapping[str, str]) -> None:
        self._client = client
        self.name = name
        self._tags = tags

    def outputs(self) -> dict[str, str]:
        """The outputs by name; empty when there is no such stack."""
        found = self._find()
        outputs = found.get("Outputs", []) if found else []
        return {output["OutputKey"]: output["OutputValue"] for output in outputs}

    def parameters(self) -> dict[str, str]:
        """The values of the parameters by name; empty when there is no such stack, or none that ever came up."""
        found = self._find()
        if found is None or found["StackStatus"] == "ROLLBACK_COMPLETE":
            return {}
        return {item["ParameterKey"]: item["ParameterValue"] for item in found.get("Parameters", [])}

    def apply(self, template_url: str, parameters: Mapping[str, str], declared: frozenset[str]) -> None:
        """Bring the stack to the template and wait until it is there.

        A parameter that is `declared` by the template and not given keeps the value it has, else takes its default.
        Raises DeploymentFailed when CloudFormation refuses the change or rolls it back.
        """
        self._forget_failed_creation()
        before = self._find()
        change_set_id, stack_id = self._propose(template_url, before, _parameters(before, parameters, declared))
        if self._has_changes(change_set_id):
            self._client.execute_change_set(ChangeSetName=change_set_id)
            self._wait(stack_id, "stack_update_complete" if before else "stack_create_complete")
        else:
            self._client.delete_change_set(ChangeSetName=change_set_id)

    def _find(self) -> "StackTypeDef | None":
        try:
            found = self._client.describe_stacks(StackName=self.name)["Stacks"][0]
        except ClientError as refusal:
            if "does not exist" in _message(refusal):
                return None
            raise
        # A change set that was never run leaves a stack without resources behind; it has still to be created.
        return None if found["StackStatus"] == "REVIEW_IN_PROGRESS" else found

    def _forget_failed_creation(self) -> None:
        """CloudFormation refuses every change of a stack whose creation failed, except to delete it."""
        found = self._find()
        if found and found["StackStatus"] == "ROLLBACK_COMPLETE":
            self._client.delete_stack(StackName=self.name)
            self._wait(found["StackId"], "stack_delete_complete")

    def _propose(
        self, template_url: str, before: "StackTypeDef | None", parameters: "list[ParameterTypeDef]"
    ) -> tuple[str, str]:
        try:
            proposed = self._client.create_change_set(
                StackName=self.name,
                ChangeSetName=f"deploy-{uuid4().hex}",
                ChangeSetType="UPDATE" if before else "CREATE",
                TemplateURL=template_url,
                Parameters=parameters,
                Capabilities=["CAPABILITY_IAM", "CAPABILITY_AUTO_EXPAND"],
                Tags=[{"Key": name, "Value": value} for name, value in self._tags.items()],
            )
        except ClientError as refusal:
            raise DeploymentFailed(f"{self.name}: the change was refused: {_message(refusal)}") from refusal
        return proposed["Id"], proposed["StackId"]

    def _has_changes(self, change_set_id: str) -> bool:
        try:
            self._client.get_waiter("change_set_create_complete").wait(ChangeSetName=change_set_id, WaiterConfig=_POLL)
        except WaiterError as failure:
            reason = self._client.describe_change_set(ChangeSetName=change_set_id).get("StatusReason", str(failure))
            if any(words in reason for words in _NO_CHANGE):
                return False
            raise DeploymentFailed(f"{self.name}: the change was refused: {reason}") from failure
        return True

    def _wait(self, stack_id: str, outcome: _Outcome) -> None:
        try:
            self._client.get_waiter(outcome).wait(StackName=stack_id, WaiterConfig=_POLL)
        except WaiterError as failure:
            raise DeploymentFailed(self._why(stack_id)) from failure

    def _why(self, stack_id: str) -> str:
        """The failed steps of this attempt, oldest first; the first is the cause and the rest mostly follow."""
        pages = self._client.get_paginator("describe_stack_events").paginate(StackName=stack_id)
        newest_first = (event for page in pages for event in page["StackEvents"])
        failures = [
            f"  {event.get('LogicalResourceId')} ({event.get('ResourceType')}): {event.get('ResourceStatusReason')}"
            for event in takewhile(_is_not_the_start, newest_first)
            if event.get("ResourceStatus", "").endswith("_FAILED")
        ]
        return "\n".join([f"{self.name} was rolled back:", *reversed(failures)])


def _is_not_the_start(event: "StackEventTypeDef") -> bool:
    is_of_the_stack = event.get("PhysicalResourceId") == event["StackId"]
    return not (is_of_the_stack and event.get("ResourceStatus") in {"CREATE_IN_PROGRESS", "UPDATE_IN_PROGRESS"})


def _parameters(
    before: "StackTypeDef | None", given: Mapping[str, str], declared: frozenset[str]
) -> "list[ParameterTypeDef]":
    if unknown := sorted(given.keys() - declared):
        raise DeploymentFailed(f"the template has no parameter {', '.join(unknown)}")
    held = {parameter["ParameterKey"] for parameter in before.get("Parameters", [])} if before else set()
    kept = sorted((held & declared) - given.keys())
    changed: list[ParameterTypeDef] = [
        {"ParameterKey": name, "ParameterValue": value} for name, value in sorted(given.items())
    ]
    unchanged: list[ParameterTypeDef] = [{"ParameterKey": name, "UsePreviousValue": True} for name in kept]
    return changed + unchanged


def _message(refusal: ClientError) -> str:
    return str(refusal.response["Error"]["Message"])
