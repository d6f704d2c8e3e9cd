"""One CloudFormation stack: changed by a change set, read for its outputs, asked why it failed."""

from collections.abc import Mapping
from typing import TYPE_CHECKING
from uuid import uuid4

from botocore.exceptions import ClientError, WaiterError

if TYPE_CHECKING:
    from mypy_boto3_cloudformation import CloudFormationClient
    from mypy_boto3_cloudformation.type_defs import ParameterTypeDef, StackTypeDef, WaiterConfigTypeDef

#: What CloudFormation answers when the new template changes nothing; it has no error code of its own.
_NO_CHANGE = ("didn't contain changes", "No updates are to be performed")

_POLL: "WaiterConfigTypeDef" = {"Delay": 2, "MaxAttempts": 900}


class DeploymentFailed(Exception):
    """CloudFormation refused or rolled back; the text says what each failed resource answered."""


class Stack:
    """A stack by its name, there or not yet."""

    def __init__(self, client: "CloudFormationClient", name: str) -> None:
        """Speak of the stack called `name`; nothing is asked yet."""
        self._client = client
        self.name = name

    def outputs(self) -> dict[str, str]:
        """The outputs by name; empty when there is no such stack."""
        described = self._describe()
        outputs = described.get("Outputs", []) if described else []
        return {output["OutputKey"]: output["OutputValue"] for output in outputs}

    def apply(self, template_url: str, parameters: Mapping[str, str], declared: frozenset[str]) -> None:
        """Bring the stack to the template and wait until it is there.

        A parameter that is `declared` by the template and not given keeps the value it has, else takes its default.

        Raises:
            DeploymentFailed: CloudFormation refused the change or rolled it back.

        """
        before = self._describe()
        change_set = self._client.create_change_set(
            StackName=self.name,
            ChangeSetName=f"deploy-{uuid4().hex}",
            ChangeSetType="UPDATE" if before else "CREATE",
            TemplateURL=template_url,
            Parameters=_parameters(before, parameters, declared),
            Capabilities=["CAPABILITY_IAM", "CAPABILITY_AUTO_EXPAND"],
            Tags=[{"Key": "app", "Value": "flowpilot"}],
        )
        if self._has_changes(change_set["Id"]):
            self._client.execute_change_set(ChangeSetName=change_set["Id"])
            self._wait(change_set["StackId"], created=before is None)
        else:
            self._client.delete_change_set(ChangeSetName=change_set["Id"])

    def _describe(self) -> "StackTypeDef | None":
        try:
            described = self._client.describe_stacks(StackName=self.name)["Stacks"][0]
        except ClientError as refusal:
            if "does not exist" in str(refusal):
                return None
            raise
        # A change set that was never run leaves a stack without resources behind; it has still to be created.
        return None if described["StackStatus"] == "REVIEW_IN_PROGRESS" else described

    def _has_changes(self, change_set_id: str) -> bool:
        try:
            self._client.get_waiter("change_set_create_complete").wait(ChangeSetName=change_set_id, WaiterConfig=_POLL)
        except WaiterError as failure:
            reason = self._client.describe_change_set(ChangeSetName=change_set_id).get("StatusReason", str(failure))
            if any(words in reason for words in _NO_CHANGE):
                return False
            raise DeploymentFailed(f"{self.name}: the change was refused: {reason}") from failure
        return True

    def _wait(self, stack_id: str, *, created: bool) -> None:
        waiter = self._client.get_waiter("stack_create_complete" if created else "stack_update_complete")
        try:
            waiter.wait(StackName=stack_id, WaiterConfig=_POLL)
        except WaiterError as failure:
            raise DeploymentFailed(self._why(stack_id)) from failure

    def _why(self, stack_id: str) -> str:
        """The failed steps of the last attempt, oldest first; the first is the cause and the rest mostly follow."""
        pages = self._client.get_paginator("describe_stack_events").paginate(StackName=stack_id)
        failures = [
            f"  {event.get('LogicalResourceId')} ({event.get('ResourceType')}): {event.get('ResourceStatusReason')}"
            for page in pages
            for event in page["StackEvents"]
            if event.get("ResourceStatus", "").endswith("_FAILED")
        ]
        return "\n".join([f"{self.name} was rolled back:", *reversed(failures)])


def _parameters(
    before: "StackTypeDef | None", given: Mapping[str, str], declared: frozenset[str]
) -> "list[ParameterTypeDef]":
    unknown = sorted(given.keys() - declared)
    if unknown:
        raise DeploymentFailed(f"the template has no parameter {', '.join(unknown)}")
    held = {parameter["ParameterKey"] for parameter in before.get("Parameters", [])} if before else set()
    kept = sorted((held & declared) - given.keys())
    changed: list[ParameterTypeDef] = [
        {"ParameterKey": name, "ParameterValue": value} for name, value in sorted(given.items())
    ]
    unchanged: list[ParameterTypeDef] = [{"ParameterKey": name, "UsePreviousValue": True} for name in kept]
    return changed + unchanged
